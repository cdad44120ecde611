/**
 * Which days does a month's bill cover?
 * A month is text, '2026-11', and names the period whose closing day lies in it.
 * Also called: billing cycle, closing day, cut-off, anniversary billing, 締め日, 月末締め, 20日締め, 応当日, 請求期間.
 */
import { civilDate, daysInMonth, monthNumber, year, yearMonth, type CivilDate } from '#engine/calendar/civil-date.ts';
import { overlap, type Period } from '#engine/calendar/period.ts';

/** The closing day, 1 to 31; or the day of the month on which periods begin, counted from the anchor (応当日). */
export type ClosingRule = number | { readonly anniversary: number };

/** By what the periods of an account close: one rule, or one after the other, each from the month it says. */
export type Closing = ClosingRule | ChangedClosing;

export interface ChangedClosing {
  readonly first: ClosingRule;
  /** In order of month. */
  readonly changes: readonly { readonly from: string; readonly to: ClosingRule }[];
}

/**
 * The period that closes in `month`: from where the one before it closes, up to and with this closing day.
 * 31 is the end of the month; a month without that day closes on its last. '2026-11' closed on the 20th is
 * 21 October to 20 November, so its `end` is 2026-11-21. Whatever the rules, every month closes within itself, so that
 * months never break or double: where the rule changes, one period is shorter or longer.
 */
export function periodOfMonth(month: string, closing: Closing): Period {
  const before = monthsLater(month, -1);
  return { start: closedOn(before, ruleIn(before, closing)), end: closedOn(month, ruleIn(month, closing)) };
}

/** The month whose period contains the day: 21 November, closed on the 20th, belongs to December's bill. */
export function monthOfDate(date: CivilDate, closing: Closing): string {
  const month = date.slice(0, 7);
  return date < closedOn(month, ruleIn(month, closing)) ? month : nextMonth(month);
}

/** Days of a bill that lie in one regular period, for which a month's price is meant. */
export interface Section {
  readonly period: Period;
  readonly of: Period;
}

/**
 * The period of a month cut where regular periods of its closing day meet: one section that is the period itself, unless the
 * rule has just changed. From month end to the 20th, November is 1 to 20 November of 21 October to 20 November; from the
 * 20th to month end, December is 21 to 30 November of November, and December.
 */
export function sectionsOfMonth(month: string, closing: Closing): readonly Section[] {
  const period = periodOfMonth(month, closing);
  const rule = ruleIn(month, closing);
  const regular = periodOfMonth(month, rule);
  if (regular.start === period.start) return [{ period, of: period }];
  const before = periodOfMonth(monthsLater(month, -1), rule);
  return [before, regular].flatMap((of) => {
    const shared = overlap(period, of);
    return shared === undefined ? [] : [{ period: shared, of }];
  });
}

function ruleIn(month: string, closing: Closing): ClosingRule {
  if (typeof closing === 'number' || !('first' in closing)) return closing;
  return closing.changes.findLast(({ from }) => from <= month)?.to ?? closing.first;
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

/** The first day after the period that closes in the month. */
function closedOn(month: string, rule: ClosingRule): CivilDate {
  if (typeof rule !== 'number') return anniversaryIn(month, rule.anniversary);
  const [ofYear, number] = [year(month), monthNumber(month)];
  // The closing day of a shorter month is its last, and the day after that is the first of the next.
  return rule < daysInMonth(ofYear, number) ? civilDate(ofYear, number, rule + 1) : `${nextMonth(month)}-01`;
}

/** Where the period after that of the month begins: from the 31st on 28 February and on 31 March; from the 1st a month is itself. */
function anniversaryIn(month: string, day: number): CivilDate {
  if (day === 1) return `${nextMonth(month)}-01`;
  const [ofYear, number] = [year(month), monthNumber(month)];
  return civilDate(ofYear, number, Math.min(day, daysInMonth(ofYear, number)));
}
