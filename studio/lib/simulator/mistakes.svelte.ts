/**
 * How far is the trying of mistakes, and what has come of it? Also called: mutation run state, 変異テストの進み具合.
 */
import type { MistakesToTry, MistakesTried } from './mistakes-tried.ts';
import { mistakesWorker } from './mistakes-worker.ts';
import type { MistakesTold } from './mistakes.worker.ts';

export class Mistakes {
  state: 'untried' | 'running' | 'stopped' | 'over' = $state('untried');
  tried: MistakesTried | undefined = $state.raw();
  /** The draft that was tried. */
  text: string | undefined = $state.raw();
  #worker: Worker | undefined;

  /** Begins anew. Call in the browser only. */
  start(toTry: MistakesToTry): void {
    this.#worker?.terminate();
    this.state = 'running';
    this.tried = undefined;
    this.text = toTry.text;
    this.#worker = mistakesWorker();
    this.#worker.onmessage = ({ data }: MessageEvent<MistakesTold>) => {
      this.tried = data.tried;
      if (data.isOver) this.#end('over');
    };
    this.#worker.onerror = () => this.#end('stopped');
    this.#worker.postMessage(toTry);
  }

  /** What was found so far stays. */
  stop(): void {
    if (this.state === 'running') this.#end('stopped');
  }

  #end(state: 'stopped' | 'over'): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.state = state;
  }
}
