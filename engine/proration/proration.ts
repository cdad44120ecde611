/**
 * How much of a month's price is a part of the month? Also called: pro-rata, proration, 日割計算, 端数期間.
 *
 * A part is cut by the start of service, by its end, or by a change; each cut has its own policy in the ruleset.
 */
import type { Proration } from '#schemas/generated/types.ts';
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import { contains, days, type Period } from '#engine/calendar/period.ts';
import { dividedBy, exact, fromInteger, times, type Exact } from '#engine/money/exact.ts';

/** A part of a period, and what cut it on either side (null: the edge of the period itself). */
export interface CutPart {
  readonly period: Period;
  readonly cutBefore: 'start' | 'change' | null;
  readonly cutAfter: 'end' | 'change' | null;
}

/** `days` of `of` are charged; the two are equal when the whole price is due. */
export interface Share {
  readonly days: number;
  readonly of: number;
}

/** Whether the ruleset makes the whole period free: the one in which service begins, or the one in which it ends. */
export function isFreePeriod(service: Service, whole: Period, proration: Proration): boolean {
  if (proration.start === 'free' && contains(whole, service.startsOn)) return true;
  return proration.end === 'free' && service.endsOn !== null && contains(whole, addDays(service.endsOn, -1));
}

interface Service {
  readonly startsOn: CivilDate;
  readonly endsOn: CivilDate | null;
}

/**
 * The share of `whole` that is charged for `part`.
 * By the day, the first and the last day both count: from the 15th of a month of 30 days, 16 of 30.
 * With `fixed30` a whole period is the whole price and a part of it min(days, 30) of 30.
 */
export function shareOf(part: CutPart, whole: Period, proration: Proration): Share {
  const of = days(whole);
  const start = part.cutBefore === 'start' && proration.start === 'full' ? whole.start : part.period.start;
  const end = part.cutAfter === 'end' && proration.end === 'full' ? whole.end : part.period.end;
  const counted = days({ start, end });
  if (counted >= of) return { days: of, of };
  return proration.dayCount === 'fixed30' ? { days: Math.min(counted, 30), of: 30 } : { days: counted, of };
}

/**
 * The price of a share, not rounded, unless the daily rate is to be rounded first (`round`).
 * 4,200 for 16 of 30 days is 2,240. 756 for 23 of 30 days is 575 with the daily rate floored first (25 × 23), and
 * 579.6 otherwise.
 */
export function priceOfShare(price: Exact, share: Share, proration: Proration, round: (daily: Exact) => Exact): Exact {
  if (share.days === share.of) return price;
  const count = fromInteger(BigInt(share.days));
  const of = fromInteger(BigInt(share.of));
  if (proration.arithmetic === 'dailyRateFirst') return times(round(dividedBy(price, of)), count);
  return dividedBy(times(price, count), of);
}

/** `amount` shrunk to the days of `served` within `whole`. */
export function byDays(amount: string, served: number, whole: number): Exact {
  const full = exact(amount);
  return served >= whole ? full : dividedBy(times(full, fromInteger(BigInt(served))), fromInteger(BigInt(whole)));
}
