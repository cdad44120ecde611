/**
 * Where are mistakes tried in the browser? In a thread of its own, that is ended when nobody waits any more.
 * Also called: web worker, ワーカーの起動.
 */
export const mistakesWorker = (): Worker =>
  new Worker(new URL('./mistakes.worker.ts', import.meta.url), { type: 'module' });
