/**
 * Does a decimal written as text lie below, on or above a bound that a rule names?
 * Most facts are small whole numbers: those are compared without a fraction being made of them.
 * Also called: decimal comparison, 数値の比較.
 */
import { compare, exact, floorOfSafe, type Exact } from '#engine/money/exact.ts';

/** A bound made ready to be compared with often. */
export interface DecimalBound {
  readonly exact: Exact;
  /** The greatest whole number not above the bound; NaN where that is no safe integer. */
  readonly floor: number;
  readonly isWhole: boolean;
}

export function decimalBound(text: string): DecimalBound {
  const bound = exact(text);
  return { exact: bound, floor: floorOfSafe(bound), isWhole: bound.d === 1n };
}

/** -1 below the bound, 0 on it, 1 above it. Text that is no decimal throws. */
export function orderOf(text: string, bound: DecimalBound): -1 | 0 | 1 {
  const whole = wholeNumberIn(text);
  if (whole < 0 || Number.isNaN(bound.floor)) return compare(exact(text), bound.exact);
  if (whole !== bound.floor) return whole < bound.floor ? -1 : 1;
  return bound.isWhole ? 0 : -1;
}

/** The number that up to fifteen digits say; -1 for any other text, which `exact` is asked about. */
export function wholeNumberIn(text: string): number {
  const { length } = text;
  if (length === 0 || length > 15) return -1;
  let number = 0;
  for (let at = 0; at < length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}
