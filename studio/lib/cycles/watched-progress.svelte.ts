/**
 * How far is the cycle now? Asked again and again while it is being computed; the page is refreshed when it comes to rest.
 * Also called: live progress, polling, 進捗の更新.
 */
import { refreshAll } from '$app/navigation';
import type { ChunkSquare } from '#runtime/cycles/chunk-squares.ts';
import type { Counting } from '#runtime/cycles/compute-group.ts';
import type { CycleState } from './states.ts';

export interface Progress {
  readonly chunks: { readonly done: number; readonly total: number };
  readonly groups: { readonly done: number; readonly total: number };
  readonly bills: number;
  readonly usageRecords: number;
  readonly counting: Counting;
  readonly quarantined: number;
  readonly billsPerSecond: number | null;
  readonly secondsLeft: number | null;
  readonly isStalled: boolean;
}

interface Known {
  readonly state: CycleState;
  readonly progress: Progress;
  readonly squares: readonly ChunkSquare[];
}

interface Watched extends Known {
  readonly id: string;
}

const askAgainMs = 700;

/** `loaded` is what the page came with; `current` is the latest that is known. */
export function watchedProgress(loaded: () => Watched): {
  readonly current: Progress;
  readonly squares: readonly ChunkSquare[];
} {
  let latest: Known | undefined = $state.raw();

  $effect(() => {
    const { id, state } = loaded();
    latest = undefined;
    if (state !== 'rating') return;
    let stopped = false;
    const ask = async (): Promise<void> => {
      const response = await fetch(`/cycles/${id}/progress`).catch(() => undefined);
      if (stopped) return;
      if (response?.ok) {
        const now = (await response.json()) as Known;
        latest = now;
        if (now.state !== 'rating') return void refreshAll();
      }
      timer = setTimeout(() => void ask(), askAgainMs);
    };
    let timer = setTimeout(() => void ask(), askAgainMs);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  });

  return {
    get current() {
      return (latest ?? loaded()).progress;
    },
    get squares() {
      return (latest ?? loaded()).squares;
    },
  };
}
