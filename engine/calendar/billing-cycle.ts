/**
 * Which days does a month's bill cover?
 * A month is text, '2026-11', and names the period whose closing day lies in it.
 * Also called: billing cycle, closing day, cut-off, 締め日, 月末締め, 20日締め, 請求期間.
 */
import {
  civilDate,
  dayOfMonth,
  daysInMonth,
  monthNumber,
  year,
  yearMonth,
  type CivilDate,
} from '#engine/calendar/civil-date.ts';
import type { Period } from '#engine/calendar/period.ts';

/**
 * The period that closes in `month`: the day after the closing day before, up to and with this closing day.
 * 31 is the end of the month; a month without that day closes on its last. '2026-11' closed on the 20th is
 * 21 October to 20 November, so its `end` is 2026-11-21.
 */
export function periodOfMonth(month: string, closingDay: number): Period {
  return { start: dayAfterClosing(monthsLater(month, -1), closingDay), end: dayAfterClosing(month, closingDay) };
}

/** The month whose period contains the day: 21 November, closed on the 20th, belongs to December's bill. */
export function monthOfDate(date: CivilDate, closingDay: number): string {
  const month = date.slice(0, 7);
  return dayOfMonth(date) > closingDay ? nextMonth(month) : month;
}

export function nextMonth(month: string): string {
  return monthsLater(month, 1);
}

/** The month `n` months later, or earlier when `n` is negative. */
export function monthsLater(month: string, n: number): string {
  const months = year(month) * 12 + monthNumber(month) - 1 + n;
  const toYear = Math.floor(months / 12);
  return yearMonth(toYear, months - toYear * 12 + 1);
}

/** How many months lie from `a` to `b`: one from a month to the next, negative when `b` is the earlier. */
export function monthsBetween(a: string, b: string): number {
  return (year(b) - year(a)) * 12 + monthNumber(b) - monthNumber(a);
}

function dayAfterClosing(month: string, closingDay: number): CivilDate {
  const [ofYear, number] = [year(month), monthNumber(month)];
  // The closing day of a shorter month is its last, and the day after that is the first of the next.
  return closingDay < daysInMonth(ofYear, number)
    ? civilDate(ofYear, number, closingDay + 1)
    : `${nextMonth(month)}-01`;
}
