/**
 * How much of a month's price is a part of the month? Also called: pro-rata, proration, 日割計算, 端数期間.
 *
 * A part is cut by the start of service, by its end, or by a change; each cut has its own policy in the ruleset.
 */
import type { Proration } from '#schemas/generated/types.ts';
import { addDays, daysBetween, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { Section } from '#engine/calendar/billing-cycle.ts';
import { contains, days, overlap, type Period } from '#engine/calendar/period.ts';
import { dividedBy, exact, fromInteger, plus, times, type Exact } from '#engine/money/exact.ts';
import { preparedOnce } from '#engine/rulesets/prepared.ts';

/** A part of a period, and what cut it on either side (null: the edge of the period itself). */
export interface CutPart {
  readonly period: Period;
  readonly cutBefore: 'start' | 'change' | null;
  readonly cutAfter: 'end' | 'change' | null;
}

/** `days` of a month of `of` days are charged, which may be no whole number: 365/12. Or the whole price is due. */
export interface Share {
  readonly days: number;
  readonly of: Exact;
  readonly isWhole: boolean;
}

/** The first day that costs anything: that on which charging starts, or so many free days later, over month edges too. */
export const chargedFrom = ({ startsOn }: Pick<Service, 'startsOn'>, { freeDays = 0 }: Proration): CivilDate =>
  freeDays === 0 ? startsOn : addDays(startsOn, freeDays);

/** Whether the ruleset makes the whole period free: the one in which charging begins, or the one in which service ends. */
export function isFreePeriod(service: Service, whole: Period, proration: Proration): boolean {
  if (proration.start === 'free' && contains(whole, chargedFrom(service, proration))) return true;
  return proration.end === 'free' && service.endsOn !== null && contains(whole, addDays(service.endsOn, -1));
}

interface Service {
  readonly startsOn: CivilDate;
  readonly endsOn: CivilDate | null;
}

/**
 * The share of a month that is charged for `part` of `section`, which is the whole month unless the closing day has changed.
 * By the day, the first and the last day both count unless the ruleset leaves one out: from the 15th of a month of 30
 * days, 16 of 30. A whole period is the whole price whatever a month is taken for, and a part is never more than that.
 */
export function shareOf(part: CutPart, { period, of: whole }: Section, proration: Proration): Share {
  const { start, end } = daysCharged(part, period, proration);
  if (start <= whole.start && whole.end <= end) return wholeShare(whole);
  const counted = Math.max(0, daysBetween(start, end));
  const all = days(whole);
  if (counted >= all) return wholeShare(whole);
  switch (proration.dayCount ?? 'calendar') {
    case 'calendar':
      return { days: counted, of: fromInteger(all), isWhole: false };
    case 'fixed30':
      return atMost(counted, 30);
    case 'fixed28':
      return atMost(counted, 28);
    case 'thirty360':
      return atMost(counted === 0 ? 0 : dayOfThirty(end, whole) - dayOfThirty(start, whole), 30);
    case 'averageMonth':
      return { days: counted, of: AVERAGE_MONTH, isWhole: counted > 30 };
  }
}

/** All of a period: the period is the same for all whose month it is. */
const wholeShare = preparedOnce((whole: Period): Share => {
  const all = days(whole);
  return { days: all, of: fromInteger(all), isWhole: true };
});

/** A month of a year of 365 days. */
const AVERAGE_MONTH: Exact = { n: 365n, d: 12n };

const atMost = (counted: number, of: number): Share => ({
  days: Math.min(counted, of),
  of: fromInteger(of),
  isWhole: counted >= of,
});

/** How many days of a month of thirty have passed by the day: the 31st does not count, the end is always the thirtieth. */
const dayOfThirty = (day: CivilDate, whole: Period): number =>
  day >= whole.end ? 30 : Math.min(daysBetween(whole.start, day), 30);

function daysCharged({ period, cutBefore, cutAfter }: CutPart, whole: Period, proration: Proration): Period {
  const { firstDay, lastDay } = proration;
  const start = cutBefore === 'start' && firstDay === 'notCounted' ? addDays(period.start, 1) : period.start;
  const end = cutAfter === 'end' && lastDay === 'notCounted' ? addDays(period.end, -1) : period.end;
  return {
    start: cutBefore === 'start' && proration.start === 'full' ? whole.start : start,
    end: cutAfter === 'end' && proration.end === 'full' ? whole.end : end,
  };
}

/**
 * The price of a share, not rounded, unless the daily rate is to be rounded first (`round`).
 * 4,200 for 16 of 30 days is 2,240. 756 for 23 of 30 days is 575 with the daily rate floored first (25 × 23), and
 * 579.6 otherwise.
 */
export function priceOfShare(price: Exact, share: Share, proration: Proration, round: (daily: Exact) => Exact): Exact {
  if (share.isWhole) return price;
  const count = fromInteger(share.days);
  if (proration.arithmetic === 'dailyRateFirst') return times(round(dividedBy(price, share.of)), count);
  return dividedBy(times(price, count), share.of);
}

/** How many days a month is taken for, as it is written: '30', '365/12'. */
export const saidMonth = ({ of }: Share): string => (of.d === 1n ? String(of.n) : `${of.n}/${of.d}`);

/**
 * `amount` a month for the days of `served`: in each section so many days of its regular period. 1,000 for all of a bill from
 * 21 November to 31 December is 1,000 × 10 ÷ 30 and 1,000.
 */
export function ofMonths(amount: string, served: readonly Period[], sections: readonly Section[]): Exact {
  const full = exact(amount);
  return sections
    .map(({ period, of }) => {
      const shared = served.map((each) => overlap(each, period)).filter((part) => part !== undefined);
      const counted = shared.reduce((sum, part) => sum + days(part), 0);
      return byDays(full, counted, days(of));
    })
    .reduce(plus);
}

/** `amount` shrunk to so many days `served` of a month of `whole` days. */
export const byDays = (amount: Exact, served: number, whole: number): Exact =>
  served >= whole ? amount : dividedBy(times(amount, fromInteger(served)), fromInteger(whole));
