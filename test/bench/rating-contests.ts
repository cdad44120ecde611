/** How fast are uses rated: against the loop written out by hand, with many rules, on two threads, from few uses to many? */
import type { Piscina } from 'piscina';
import {
  rateInThreads,
  ratingThreads,
  sharedAmounts,
  sharedColumns,
  USES_A_TASK,
} from '#runtime/rating/rate-in-threads.ts';
import type { Contest, Side } from './measure.ts';
import { eventsOf, KNOWN_TOTAL, rateByHand } from './rating-by-hand.ts';
import { microYen, prepared, rateOnce } from './rating-tariff.ts';

const MANY = 20_000_000;

/** A million uses of twenty thousand accounts; the checksum is the known one. */
export function rating(): Contest {
  const events = eventsOf();
  const [ours, theirs] = [new Float64Array(events.count), new Float64Array(events.count)];
  const byHand = (): string => String(rateByHand(events, theirs));
  if (byHand() !== String(KNOWN_TOTAL)) throw new Error('the loop by hand does not reach the known checksum');
  return {
    name: 'rating',
    unit: 'uses/s',
    against: 'a loop over typed arrays by hand',
    aim: 0.8,
    product: { size: events.count, run: rateOnce(prepared(events), ours) },
    reference: { size: events.count, run: byHand },
    sameChecksum: true,
  };
}

/** The same uses under three thousand plans, 27,000 prices in all, against three; thirty and three hundred plans between. */
export function rules(): Contest {
  const events = eventsOf();
  const amounts = new Float64Array(events.count);
  return {
    name: 'rules',
    unit: 'uses/s',
    against: '27 prices instead of 27,000',
    aim: 0.5,
    product: { size: events.count, run: rateOnce(prepared(events, 1_000), amounts) },
    reference: { size: events.count, run: rateOnce(prepared(events), amounts) },
    between: {
      '270': { size: events.count, run: rateOnce(prepared(events, 10), amounts) },
      '2,700': { size: events.count, run: rateOnce(prepared(events, 100), amounts) },
    },
    sameChecksum: false,
  };
}

/** Twenty million uses against a hundred thousand, a million and five million between: time grows no faster than the work. */
export function linear(): Contest {
  const [many, few] = [eventsOf(MANY), eventsOf(100_000)];
  const of = (count: number): Side => {
    const events = eventsOf(count);
    return { size: count, run: rateOnce(prepared(events), new Float64Array(count)) };
  };
  return {
    name: 'linear',
    unit: 'uses/s',
    against: 'a two-hundredth of the uses',
    aim: 0.9,
    product: { size: MANY, run: rateOnce(prepared(many), new Float64Array(MANY)) },
    reference: { size: few.count, run: rateOnce(prepared(few), new Float64Array(few.count)) },
    between: { 'a million': of(1_000_000), 'five million': of(5_000_000) },
    sameChecksum: false,
  };
}

/** Twenty million uses on two threads against one. */
export function workers(): Contest {
  const { rating: of, columns } = prepared(eventsOf(MANY));
  const shared = sharedColumns(columns);
  const pools = { one: ratingThreads(1), two: ratingThreads(2) };
  const amounts = sharedAmounts(MANY);
  const run = (pool: Piscina) => async (): Promise<string> =>
    microYen(await rateInThreads(pool, of, shared, USES_A_TASK, amounts));
  return {
    name: 'workers',
    unit: 'uses/s',
    against: 'one thread instead of two',
    aim: 1.6,
    product: { size: MANY, run: run(pools.two) },
    reference: { size: MANY, run: run(pools.one) },
    sameChecksum: true,
    threads: true,
    close: async () => void (await Promise.all([pools.one.destroy(), pools.two.destroy()])),
  };
}

/** Tasks with nothing in them against what a task's uses take: handing over costs less than a hundredth. */
export function tasks(): Contest {
  const { rating: of, columns } = prepared(eventsOf());
  const shared = sharedColumns(columns);
  const amounts = sharedAmounts(columns.count);
  const pool = ratingThreads(1);
  const nothing = { ...shared, count: 0 };
  const { tables, facts, source } = of;
  const work = {
    rating: { tables, facts, source },
    columns: nothing,
    slice: { from: 0, to: 0 },
    amounts: new Float64Array(new SharedArrayBuffer(0)),
  };
  const TASKS = 2_000;
  return {
    name: 'tasks',
    unit: 'tasks/s',
    against: `rating the ${USES_A_TASK.toLocaleString('en')} uses of a task`,
    aim: 100,
    product: {
      size: TASKS,
      run: async () => {
        for (let task = 0; task < TASKS; task += 1) await pool.run(work);
        return String(TASKS);
      },
    },
    reference: {
      size: shared.count / USES_A_TASK,
      run: async () => microYen(await rateInThreads(pool, of, shared, USES_A_TASK, amounts)),
    },
    sameChecksum: false,
    threads: true,
    close: () => pool.destroy(),
  };
}
