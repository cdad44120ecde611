/**
 * How many uses is a task best given? The size that the product takes against the best of others, each tried before on two
 * threads, by the time of the processor: what a task costs besides its uses. (What waits for the last task is at most one task.)
 * Also called: batch size, chunk size, タスクの大きさ.
 */
import type { Piscina } from 'piscina';
import {
  rateInThreads,
  ratingThreads,
  sharedAmounts,
  sharedColumns,
  USES_A_TASK,
} from '#runtime/rating/rate-in-threads.ts';
import { processorTime, type Contest, type Side } from './measure.ts';
import { eventsOf } from './rating-by-hand.ts';
import { microYen, prepared } from './rating-tariff.ts';

const USES = 5_000_000;
const OTHERS = [20_000, 100_000, 250_000, 1_000_000, 2_500_000];
const TRIES = 4;

/** It is near the best while no other is a tenth faster. */
export async function batch(): Promise<Contest> {
  const { rating, columns } = prepared(eventsOf(USES));
  const [shared, amounts, pool] = [sharedColumns(columns), sharedAmounts(USES), ratingThreads(2)];
  const of = (usesATask: number): Side => ({
    size: USES,
    run: async () => microYen(await rateInThreads(pool, rating, shared, usesATask, amounts)),
  });
  const tried: { readonly size: number; readonly milliseconds: number }[] = [];
  for (const size of OTHERS) tried.push({ size, milliseconds: await fastest(of(size)) });
  const best = tried.reduce((one, other) => (other.milliseconds < one.milliseconds ? other : one));
  const rest = tried.filter(({ size }) => size !== best.size);
  return {
    name: 'batch',
    unit: 'uses/s in tasks of ' + USES_A_TASK.toLocaleString('en'),
    against: `tasks of ${best.size.toLocaleString('en')}`,
    aim: 0.9,
    product: of(USES_A_TASK),
    reference: of(best.size),
    between: Object.fromEntries(rest.map(({ size }) => [size.toLocaleString('en'), of(size)])),
    sameChecksum: true,
    close: () => destroyed(pool),
  };
}

const destroyed = async (pool: Piscina): Promise<void> => void (await pool.destroy());

async function fastest({ run }: Side): Promise<number> {
  let least = Infinity;
  for (let turn = 0; turn < TRIES; turn += 1) {
    const started = processorTime();
    await run();
    least = Math.min(least, processorTime() - started);
  }
  return least;
}
