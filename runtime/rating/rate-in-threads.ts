/**
 * How are millions of uses rated on all cores? Columns and tables lie in memory that threads share; a task is a range of
 * whole products. Also called: parallel rating, SharedArrayBuffer, 並列レーティング.
 */
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Slice, UsageColumns, Words } from '#engine/rating/columns.ts';
import { rated, type Rated, type Rating } from '#engine/rating/rate.ts';
import type { KernelTables } from '#engine/rating/tables.ts';
import type { RatedSlice, RatingWork } from '#runtime/workers/rating.worker.ts';

/**
 * Uses a task: enough that handing it over (30 µs or so) is less than a hundredth of rating them, few enough that the
 * last task of a core does not keep the others waiting. Measured by `bench batch`, which tries smaller and larger ones.
 */
export const USES_A_TASK = 500_000;

const worker = new URL('../workers/rating.worker.ts', import.meta.url).href;

/** Threads that rate. They end when nobody has asked for a while; `destroy` ends them at once. */
export function ratingThreads(threads: number = availableParallelism()): Piscina {
  return new Piscina({ filename: worker, minThreads: 0, maxThreads: threads, idleTimeout: 5_000 });
}

export const sharedAmounts = (count: number): Float64Array<SharedArrayBuffer> =>
  new Float64Array(new SharedArrayBuffer(count * Float64Array.BYTES_PER_ELEMENT));

/**
 * Rates all uses in `pool`, into `amounts`, which may be used again; whatever its threads leave to fractions is worked out
 * here.
 */
export async function rateInThreads(
  pool: Piscina,
  rating: Rating,
  columns: UsageColumns,
  usesATask: number = USES_A_TASK,
  amounts: Float64Array<SharedArrayBuffer> = sharedAmounts(columns.count),
): Promise<Rated> {
  const { facts, source } = rating;
  const prepared = { tables: sharedTables(rating.tables), facts, source };
  const shared = sharedColumns(columns);
  const slices = slicesOf(columns, usesATask);
  const done = (await Promise.all(
    slices.map((slice) => pool.run({ rating: prepared, columns: shared, slice, amounts } satisfies RatingWork)),
  )) as readonly RatedSlice[];
  const total = done.reduce((sum, slice) => sum + slice.total, 0n);
  return rated(rating, columns, amounts, { total, rest: done.flatMap(({ rest }) => [...rest]) });
}

/** Ranges of about so many uses, none of which parts the uses of a product. */
export function slicesOf({ count, product }: UsageColumns, usesATask: number): readonly Slice[] {
  const slices: Slice[] = [];
  for (let from = 0; from < count;) {
    let to = Math.min(from + usesATask, count);
    while (to < count && product[to] === product[to - 1]) to += 1;
    slices.push({ from, to });
    from = to;
  }
  return slices;
}

/** The columns in shared memory; those that are there already are not copied. */
export function sharedColumns(columns: UsageColumns): UsageColumns {
  const words = ({ codes, words: of }: Words): Words => ({ codes: shared(codes), words: of });
  return {
    ...columns,
    product: shared(columns.product),
    plan: words(columns.plan),
    meter: words(columns.meter),
    quantity: shared(columns.quantity),
    facts: Object.fromEntries(Object.entries(columns.facts).map(([fact, column]) => [fact, words(column)])),
  };
}

function sharedTables(tables: KernelTables): KernelTables {
  const entries = Object.entries(tables).map(([name, table]: [string, unknown]) => [
    name,
    ArrayBuffer.isView(table) ? shared(table as Float64Array) : table,
  ]);
  return { ...(Object.fromEntries(entries) as KernelTables), offsets: tables.offsets.map(shared) };
}

function shared<A extends Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array>(array: A): A {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const kind = array.constructor as new (buffer: SharedArrayBuffer) => A;
  const copy = new kind(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}
