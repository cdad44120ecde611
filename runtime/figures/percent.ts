/**
 * How much is that in percent, or for each?
 * Whole minor units come in, decimal text goes out; nothing passes through a binary float. Also called: ratio, share, change, 構成比, 増減率, 前月比.
 */
import { dividedBy, fromInteger, times, toText, exact, type Exact } from '#engine/money/exact.ts';
import { roundToStep } from '#engine/money/rounding.ts';

const TENTH = exact('0.1');

/** `part` of `whole` in percent to one place, halves away from zero: 1 of 3 is '33.3'. Null of nothing. */
export function percentOf(part: bigint, whole: bigint): string | null {
  return whole === 0n ? null : toText(roundToStep(times(ratio(part, whole), fromInteger(100)), 'halfUp', TENTH));
}

/** By how much `now` is more than `before`, in percent of `before`: 90 after 100 is '-10'. Null after nothing. */
export function changeOf(now: bigint, before: bigint): string | null {
  return percentOf(now - before, before < 0n ? -before : before);
}

/** An amount in minor units for each of `count`, in whole minor units, halves away from zero; null for nobody. */
export function perHead(amount: bigint, count: number): bigint | null {
  if (count === 0) return null;
  return roundToStep(ratio(amount, BigInt(count)), 'halfUp', fromInteger(1)).n;
}

const ratio = (a: bigint, b: bigint): Exact => dividedBy(fromInteger(a), fromInteger(b));
