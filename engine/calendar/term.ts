/**
 * When does a term of so many months end, and how long has a contract run?
 * Two rules that differ only for starts on the 29th to the 31st: a term ends by the Civil Code, an anniversary clamps.
 * Also called: minimum term, contract year, Civil Code 143, 契約期間, 契約年数, 満了日, 応当日, 民法143条.
 */
import {
  addDays,
  addMonths,
  dayOfMonth,
  daysInMonth,
  monthNumber,
  year,
  type CivilDate,
} from '#engine/calendar/civil-date.ts';

/**
 * The first day after a term of `months` (exclusive end) by Civil Code 143. The last day of a term is the day before
 * the corresponding day, or the last day of the month where there is no such day: twelve months from 2024-02-29 end
 * with 2025-02-28, so this gives 2025-03-01. Clamping and then taking the day before would end a day early.
 */
export function termEnd(start: CivilDate, months: number): CivilDate {
  const anniversary = addMonths(start, months);
  return dayOfMonth(anniversary) === dayOfMonth(start) ? anniversary : addDays(anniversary, 1);
}

/**
 * How many whole months have passed from `start` to the day `on`, by anniversaries that clamp to the month's end:
 * from 31 January, one month on 28 February, two on 31 March. Negative before the start.
 */
export function completeMonths(start: CivilDate, on: CivilDate): number {
  const months = (year(on) - year(start)) * 12 + monthNumber(on) - monthNumber(start);
  const anniversaryDay = Math.min(dayOfMonth(start), daysInMonth(year(on), monthNumber(on)));
  return dayOfMonth(on) >= anniversaryDay ? months : months - 1;
}

/** Which year of the contract the day lies in, 1 in the first. Year 2 begins on the first anniversary. */
export function contractYear(start: CivilDate, on: CivilDate): number {
  return Math.floor(completeMonths(start, on) / 12) + 1;
}
