/**
 * How does a guarded thread answer? It says that it is ready, then of each work its result, or the error it ended with.
 * Also called: worker side of the guard.
 */
import { parentPort } from 'node:worker_threads';
import type { Said } from './guard.ts';

export function answering<Work>(work: (given: Work) => unknown): void {
  const say = (said: Said): void => parentPort?.postMessage(said);
  parentPort?.on('message', (given: Work) => {
    const answer = async (): Promise<unknown> => work(given);
    answer().then(
      (result) => say({ result }),
      (error: unknown) => say({ failed: error instanceof Error ? error : new Error(String(error)) }),
    );
  });
  say({ ready: true });
}
