/**
 * How much does a discount take off an amount? Also called: discount effect, 割引額の計算.
 *
 * Rounded on the discount (3,333 at 5 % is 166.65: 166 off, 3,167 to pay) or on what is left to pay (3,166).
 */
import type { DiscountRounding, Effect } from '#schemas/generated/types.ts';
import { exact, minus, times, type Exact } from '#engine/money/exact.ts';
import { preparedOnce } from '#engine/rulesets/prepared.ts';

/** How an amount being worked out becomes minor units. */
export type Round = (amount: Exact, rounding: DiscountRounding) => bigint;

type PercentOff = Extract<Effect, { op: 'percentOff' }>;

/** What is taken off `base`, exact and rounded. For percentages; the other effects are shared over several lines. */
export function percentOff(
  base: Exact,
  baseMinor: bigint,
  effect: PercentOff,
  rounding: DiscountRounding,
  round: Round,
): { readonly exact: Exact; readonly off: bigint } {
  const worked = times(base, shareOf(effect));
  const off = rounding.on === 'discount' ? round(worked, rounding) : baseMinor - round(minus(base, worked), rounding);
  return { exact: worked, off };
}

/** Whether the effect is so much a month, and less for less of it. */
export const isByDay = (effect: Effect): boolean => effect.op === 'amountOff' && effect.prorated === true;

/** What the effect takes off in all, of lines that add up to `sum`; percentages are a share of each line instead. */
export function amountInAll(effect: Exclude<Effect, { op: 'percentOff' }>, sum: Exact): Exact {
  switch (effect.op) {
    case 'amountOff':
      return exact(effect.amount);
    case 'fixedPrice':
      return minus(sum, exact(effect.price));
    case 'free':
      return sum;
  }
}

const shareOf = preparedOnce(({ percent }: PercentOff): Exact => times(exact(percent), HUNDREDTH));

const HUNDREDTH: Exact = { n: 1n, d: 100n };

/** The one figure of an effect, for its sentence. */
export function figureOf(effect: Effect): Record<string, string> {
  switch (effect.op) {
    case 'percentOff':
      return { percent: effect.percent };
    case 'amountOff':
      return { amount: effect.amount };
    case 'fixedPrice':
      return { price: effect.price };
    case 'free':
      return {};
  }
}
