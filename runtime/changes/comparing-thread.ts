/**
 * Where are two releases compared, so that nobody waits for it who only opens a page?
 * In a thread of its own, which goes away when nobody has asked for a while. Also called: worker pool, 別スレッド計算.
 */
import { MessageChannel, type StructuredSerializeOptions } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { AmountsCompared } from '#runtime/changes/compare-amounts.ts';
import type { CompareWork } from '#runtime/workers/compare.worker.ts';

const worker = new URL('../workers/compare.worker.ts', import.meta.url).href;
const IDLE_MILLISECONDS = 60_000;

let pool: Piscina<CompareWork, Map<string, AmountsCompared>> | undefined;

/**
 * The amounts by key of each item. With `signal` the computation is given up when nobody wants the answer any more; `told` hears how
 * many items are done, in their order.
 */
export async function compareInThread(
  work: Omit<CompareWork, 'port'>,
  { signal, told }: { readonly signal?: AbortSignal | undefined; readonly told?: (done: number) => void } = {},
): Promise<Map<string, AmountsCompared>> {
  if (work.items.length === 0) return new Map();
  pool ??= new Piscina({ filename: worker, minThreads: 0, maxThreads: 1, idleTimeout: IDLE_MILLISECONDS });
  const { port1: here, port2: port } = new MessageChannel();
  here.on('message', (done: number) => told?.(done));
  try {
    // What the library types as the options of a transfer is its list.
    const transferList = [port] as StructuredSerializeOptions;
    const amounts = await pool.run({ ...work, port }, { transferList, ...(signal && { signal }) });
    // The answer may overtake what was told on the way.
    told?.(work.items.length);
    return amounts;
  } finally {
    here.close();
  }
}
