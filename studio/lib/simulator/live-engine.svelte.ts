/**
 * What does the engine say right now? Asks the worker whenever the text, the customer or the cases change.
 * Also called: live validation, live pricing, ライブ計算.
 */
import type { AccountDocument, Case, Diagnostic } from '#schemas/generated/types.ts';
import { engineWorker } from './engine-worker.ts';
import type { Answer, Asked } from './engine.worker.ts';
import type { CaseRun, Prices, Setting } from './engine-room.ts';

export class LiveEngine {
  prices: Prices | undefined = $state.raw();
  /** How long the last pricing took, in milliseconds. */
  tookMs = $state(0);
  cases: readonly CaseRun[] = $state.raw([]);
  checks: readonly Diagnostic[] = $state.raw([]);
  /** True once the first checks are in. */
  isReady = $state(false);
  #worker: Worker | undefined;
  #number = 0;
  /** A question is on its way; the newest that came since waits for its prices. */
  #busy = false;
  #next: Omit<Extract<Asked, { question: unknown }>['question'], 'number'> | undefined;

  /** Starts the worker with what is published. Call in the browser only; gives back how to stop. */
  start(setting: Setting): () => void {
    this.#worker = engineWorker();
    this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#hear(data);
    this.#send({ setting });
    if (this.#next !== undefined) this.#askNext();
    return () => {
      this.#worker?.terminate();
      this.#worker = undefined;
    };
  }

  ask(
    text: string,
    account: AccountDocument | undefined,
    cases: readonly { readonly id: string; readonly document: Case }[],
  ): void {
    this.#next = { text, account, cases };
    if (this.#worker !== undefined && !this.#busy) this.#askNext();
  }

  #askNext(): void {
    if (this.#next === undefined) return;
    this.#number += 1;
    this.#busy = this.#next.account !== undefined;
    this.#send({ question: { ...this.#next, number: this.#number } });
    this.#next = undefined;
  }

  #hear(answer: Answer): void {
    if ('prices' in answer) {
      this.#busy = false;
      this.prices = answer.prices;
      this.tookMs = answer.tookMs;
      this.#askNext();
      return;
    }
    // What was said of a text that has changed since is said again soon.
    if (answer.number !== this.#number) return;
    if ('cases' in answer) this.cases = answer.cases;
    else {
      this.checks = answer.checks;
      this.isReady = true;
    }
  }

  #send(message: Asked): void {
    this.#worker?.postMessage(message);
  }
}
