/**
 * How far is a cycle, how fast, and how long to go?
 * Pure. Also called: progress bar, throughput, ETA, 進捗, 処理速度, 残り時間.
 */
import type { Counting } from '#runtime/cycles/compute-group.ts';

export type ChunkTotals = {
  readonly chunks: number;
  readonly chunksDone: number;
  readonly groups: number;
  readonly groupsDone: number;
  readonly bills: number;
  readonly usageRecords: number;
  readonly counting: Counting;
  readonly quarantined: number;
  /** Chunks that a live worker holds at this moment. */
  readonly beingComputed: number;
  /** What was finished since the latest run began, and how many seconds that is. */
  readonly billsOfRun: number;
  readonly groupsOfRun: number;
  readonly secondsOfRun: number;
  /** Seconds since a chunk was last finished, or the run begun. */
  readonly idleSeconds: number;
};

export type CycleProgress = {
  readonly chunks: { readonly done: number; readonly total: number };
  readonly groups: { readonly done: number; readonly total: number };
  readonly bills: number;
  readonly usageRecords: number;
  readonly counting: Counting;
  readonly quarantined: number;
  /** Whole bills a second in this run; null before the first chunk. */
  readonly billsPerSecond: number | null;
  /** Whole seconds to go at the pace of this run; null before the first chunk and when nobody is computing. */
  readonly secondsLeft: number | null;
  /** The cycle is being rated, but for some time no live worker has held a chunk: run it again to go on. */
  readonly isStalled: boolean;
};

/** Between two chunks a worker holds none, for a moment. */
const STALLED_AFTER_SECONDS = 5;

export function progressOf(totals: ChunkTotals, isRating: boolean): CycleProgress {
  const { chunks, chunksDone, groups, groupsDone, bills, usageRecords, counting, quarantined, secondsOfRun } = totals;
  const isStalled = isRating && totals.beingComputed === 0 && totals.idleSeconds > STALLED_AFTER_SECONDS;
  const hasPace = totals.groupsOfRun > 0 && secondsOfRun > 0;
  const secondsLeft = Math.ceil(((groups - groupsDone) * secondsOfRun) / Math.max(totals.groupsOfRun, 1));
  return {
    chunks: { done: chunksDone, total: chunks },
    groups: { done: groupsDone, total: groups },
    bills,
    usageRecords,
    counting,
    quarantined,
    billsPerSecond: hasPace ? Math.round(totals.billsOfRun / secondsOfRun) : null,
    secondsLeft: hasPace && isRating && !isStalled ? secondsLeft : null,
    isStalled,
  };
}
