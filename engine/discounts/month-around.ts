/**
 * In which month's bill does a day lie, and does the month begin with it? Thousands of bills ask of the same days on which
 * campaigns were joined. Also called: 加入日の属する請求月.
 */
import { monthOfDate, periodOfMonth, type Closing } from '#engine/calendar/billing-cycle.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Period } from '#engine/calendar/period.ts';
import { preparedBy } from '#engine/rulesets/prepared.ts';

export interface MonthAround {
  readonly month: string;
  readonly period: Period;
}

/** For the closing days that many accounts have in common it is worked out once a day; for those of one account each time. */
export const monthAround = (closing: Closing, day: CivilDate): MonthAround =>
  typeof closing === 'number' ? ofCommonDay(commonDays[closing]!, day) : workedOut(closing, day);

const commonDays = Array.from({ length: 32 }, (_, closing) => ({ closing }));

const ofCommonDay = preparedBy(({ closing }: { readonly closing: number }, day: CivilDate) => workedOut(closing, day));

function workedOut(closing: Closing, day: CivilDate): MonthAround {
  const month = monthOfDate(day, closing);
  return { month, period: periodOfMonth(month, closing) };
}
