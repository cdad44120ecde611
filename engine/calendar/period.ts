/**
 * Which days belong to a period, and what do two periods share?
 * Also called: date range, half-open interval, service period, 期間, 半開区間, 利用期間.
 */
import { addMonths, daysBetween, firstOfMonth, type CivilDate } from '#engine/calendar/civil-date.ts';

/** The days from `start` up to, and not including, `end`: neighbours meet without a gap and without an overlap. */
export type Period = { readonly start: CivilDate; readonly end: CivilDate };

export function contains(period: Period, date: CivilDate): boolean {
  return period.start <= date && date < period.end;
}

/** The days that both periods have, or nothing when they share none; `b` itself where `a` has all of them. */
export function overlap(a: Period, b: Period): Period | undefined {
  if (a.start <= b.start && b.end <= a.end) return b.start < b.end ? b : undefined;
  const start = a.start > b.start ? a.start : b.start;
  const end = a.end < b.end ? a.end : b.end;
  return start < end ? { start, end } : undefined;
}

/** The days of any of the periods, each once, as periods in order that do not meet. */
export function joinedDays(periods: readonly Period[]): readonly Period[] {
  const joined: Period[] = [];
  for (const period of periods.toSorted((a, b) => (a.start < b.start ? -1 : 1))) {
    const last = joined.at(-1);
    if (last === undefined || last.end < period.start) joined.push(period);
    else if (last.end < period.end) joined[joined.length - 1] = { start: last.start, end: period.end };
  }
  return joined;
}

/** How many days the period has: the whole of April 30, an empty period 0. */
export function days(period: Period): number {
  return daysBetween(period.start, period.end);
}

/** The calendar month that a day lies in, whatever the closing day. */
export function monthOf(date: CivilDate): Period {
  const start = firstOfMonth(date);
  return { start, end: addMonths(start, 1) };
}
