/**
 * Where are the rows of a table judged in the browser? In a thread of its own.
 * Also called: web worker, ワーカーの起動.
 */
export const tableWorker = (): Worker => new Worker(new URL('./table.worker.ts', import.meta.url), { type: 'module' });
