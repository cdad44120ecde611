/**
 * What runs in a worker thread while uses are rated? One loop over the columns it shares with whoever asked.
 * Tables come with each task, so a release that was published meanwhile is used from the next task on.
 * Also called: rating thread, hot reload, レーティングスレッド.
 */
import type { Slice, UsageColumns } from '#engine/rating/columns.ts';
import { kernelOf, rateSlice, type Kernel, type PreparedRating } from '#engine/rating/rate.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';

export type RatingWork = {
  readonly rating: PreparedRating;
  readonly columns: UsageColumns;
  readonly slice: Slice;
  /** Where the amounts go: memory that is shared. */
  readonly amounts: Float64Array<SharedArrayBuffer>;
};

export type RatedSlice = { readonly total: bigint; readonly rest: readonly number[] };

/** A source depends on shapes alone: few tariffs need one of their own. */
const kernels = new Map<string, Kernel>();
const MOST_KERNELS = 32;

export default function rateInThread({ rating, columns, slice, amounts }: RatingWork): RatedSlice {
  return rateSlice(rating, kernelFor(rating.source), columns, slice, amounts);
}

function kernelFor(source: string): Kernel {
  const known = kernels.get(source);
  if (known !== undefined) return known;
  const kernel = kernelOf(source, evaluateSource);
  for (const oldest of kernels.keys()) if (kernels.size >= MOST_KERNELS) kernels.delete(oldest);
  kernels.set(source, kernel);
  return kernel;
}
