/**
 * Where does the engine run in the browser? In a thread of its own.
 * Also called: web worker, ワーカーの起動.
 */
export const engineWorker = (): Worker =>
  new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });
