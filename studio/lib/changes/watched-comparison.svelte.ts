/**
 * How does the page come by the comparison, which takes a while? It asks once it is there, can stop asking, and can ask again.
 * Also called: lazy loading, abort, re-run, 比較の読み込み.
 */
import { onDestroy, onMount } from 'svelte';
import type { ReadDifference } from '#engine/diff/read-differences.ts';
import type { ComparisonProgress } from '#runtime/changes/compare.ts';
import { longWork } from '../ui/long-work.ts';
import type { ComparedBill, Tally } from './change-shown.ts';
import type { FindingShown } from './finding-shown.ts';

export interface Comparison {
  readonly against: number | null;
  readonly differences: readonly ReadDifference[] | null;
  readonly meaning: readonly FindingShown[] | null;
  readonly caseDifferences: readonly ReadDifference[];
  readonly amounts: {
    readonly cases: readonly ComparedBill[];
    readonly elsewhere: { readonly compared: number; readonly changed: readonly ComparedBill[] };
    readonly customers: readonly ComparedBill[];
    readonly tally: Tally;
  } | null;
}

export type Watched =
  /** Without progress while what is compared is still being read. */
  | { readonly state: 'working'; readonly progress?: ComparisonProgress }
  | { readonly state: 'stopped' }
  | { readonly state: 'failed' }
  | { readonly state: 'done'; readonly comparison: Comparison };

export function watchedComparison(draftId: () => string): {
  readonly now: Watched;
  run(): Promise<void>;
  stop(): void;
} {
  let now = $state.raw<Watched>({ state: 'working' });
  let asking: AbortController | undefined;

  async function run(): Promise<void> {
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    now = { state: 'working' };
    try {
      const ended = await longWork<ComparisonProgress, Comparison>({
        ...{ url: `/changes/${draftId()}/comparison`, stop: mine.signal },
        onstep: (progress) => (now = asking === mine ? { state: 'working', progress } : now),
      });
      if (asking !== mine) return;
      now = 'end' in ended ? { state: 'done', comparison: ended.end } : { state: 'failed' };
    } catch {
      if (asking === mine) now = { state: mine.signal.aborted ? 'stopped' : 'failed' };
    }
  }

  onMount(() => void run());
  onDestroy(() => asking?.abort());
  return {
    get now() {
      return now;
    },
    run,
    stop: () => asking?.abort(),
  };
}
