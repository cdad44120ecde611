/**
 * Where are two releases compared, so that nobody waits for it who only opens a page?
 * In a thread of its own, which goes away when nobody has asked for a while. Also called: worker pool, 別スレッド計算.
 */
import { Piscina } from 'piscina';
import type { AmountsCompared } from '#runtime/changes/compare-amounts.ts';
import type { CompareWork } from '#runtime/workers/compare.worker.ts';

const worker = new URL('../workers/compare.worker.ts', import.meta.url).href;
const IDLE_MILLISECONDS = 60_000;

let pool: Piscina<CompareWork, Map<string, AmountsCompared>> | undefined;

/** The amounts by key of each item. With `signal` the computation is given up when nobody wants the answer any more. */
export function compareInThread(work: CompareWork, signal?: AbortSignal): Promise<Map<string, AmountsCompared>> {
  if (work.items.length === 0) return Promise.resolve(new Map());
  pool ??= new Piscina({ filename: worker, minThreads: 0, maxThreads: 1, idleTimeout: IDLE_MILLISECONDS });
  return pool.run(work, signal === undefined ? {} : { signal });
}
