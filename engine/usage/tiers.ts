/**
 * Where do tiers begin and end? A tier's bound belongs to the tier; the last tier is open.
 * Also called: bands, brackets, 段階, 料金区分.
 */
import type { Tier } from '#schemas/generated/types.ts';
import { exact, ZERO, type Exact } from '#engine/money/exact.ts';
import { preparedOnce } from '#engine/rulesets/prepared.ts';

/** A tier with its bounds: the units above `above` up to and including `upTo` (null: all above). */
export interface TierSpan {
  readonly tier: Tier;
  readonly index: number;
  readonly above: Exact;
  readonly upTo: Exact | null;
}

export const spansOf = preparedOnce((tiers: readonly Tier[]): readonly TierSpan[] => {
  let above = ZERO;
  return tiers.map((tier, index) => {
    const span = { tier, index, above, upTo: tier.upTo === null ? null : exact(tier.upTo) };
    if (span.upTo !== null) above = span.upTo;
    return span;
  });
});
