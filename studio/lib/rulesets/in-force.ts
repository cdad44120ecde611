/**
 * Is a version in force today, still to come, or past?
 * Also called: effective status, 有効, 適用予定, 適用終了.
 */
import type { Tone } from '../ui/tone.ts';

export type InForce = 'now' | 'later' | 'past';

/** By its first day and the first day out of force. Dates compare as they stand. */
export function inForceOn(
  today: string,
  { effectiveFrom, effectiveTo }: { effectiveFrom: string; effectiveTo: string | null },
): InForce {
  if (today < effectiveFrom) return 'later';
  return effectiveTo === null || today < effectiveTo ? 'now' : 'past';
}

export const tones: Readonly<Record<InForce, Tone>> = { now: 'published', later: 'draft', past: 'neutral' };
