/**
 * What is said of the rows of the table right now? Asks the worker whenever the table has been left alone for a moment.
 * Also called: live analysis, ライブ検査.
 */
import type { TableFinding } from '#engine/analysis/table-findings.ts';
import type { TableAsked } from './judged-table.ts';
import { tableWorker } from './table-worker.ts';
import type { TableAnswer, TableQuestion } from './table.worker.ts';

const calmMs = 120;

export class LiveTable {
  findings: readonly TableFinding[] = $state.raw([]);
  /** True once the table as it stands has been judged in whole. */
  isReady = $state(false);
  #worker: Worker | undefined;
  #number = 0;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  /** Call in the browser only; gives back how to stop. */
  start(): () => void {
    const worker = tableWorker();
    worker.onmessage = ({ data }: MessageEvent<TableAnswer>) => {
      if (data.number !== this.#number) return;
      this.findings = data.findings;
      this.isReady = data.isOver;
    };
    this.#worker = worker;
    return () => {
      clearTimeout(this.#waiting);
      worker.terminate();
      this.#worker = undefined;
    };
  }

  ask(asked: TableAsked): void {
    clearTimeout(this.#waiting);
    this.#number += 1;
    const question: TableQuestion = { number: this.#number, ...asked };
    this.#waiting = setTimeout(() => this.#worker?.postMessage(question), calmMs);
  }
}
