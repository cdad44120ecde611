/**
 * Where does a day stand on the timeline of a customer?
 * Also called: time scale, 時間軸.
 */
import { addMonths, daysBetween, firstOfMonth } from '#engine/calendar/civil-date.ts';

export type TimeAxis = {
  readonly start: string;
  readonly end: string;
  /** The place of a day in percent of the whole width; days outside stand on the edge. */
  readonly at: (day: string) => number;
  /** First days of months to name, a handful of them. */
  readonly marks: readonly string[];
};

const MOST_MARKS = 8;

/** From the first of the given days to the last, in whole months. */
export function timeAxis(days: readonly string[]): TimeAxis {
  const sorted = days.toSorted();
  const start = firstOfMonth(sorted[0]!);
  const end = addMonths(firstOfMonth(sorted.at(-1)!), 1);
  const whole = daysBetween(start, end);
  const months: string[] = [];
  for (let day = start; day < end; day = addMonths(start, months.length)) months.push(day);
  const step = [1, 2, 3, 6, 12, 24, 60].find((each) => months.length / each <= MOST_MARKS) ?? 120;
  return {
    start,
    end,
    at: (day) => Math.min(100, Math.max(0, (daysBetween(start, day) / whole) * 100)),
    marks: months.filter((day) => (Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1) % step === 0),
  };
}
