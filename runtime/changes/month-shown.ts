/**
 * On which month's bill of a customer can a change be seen? Also called: first bill affected, 変更が現れる請求月.
 */
import { calendarOf } from '#engine/billing/account-calendar.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import type { Group } from '#engine/billing/draft.ts';
import { monthOfDate, nextMonth, periodOfMonth } from '#engine/calendar/billing-cycle.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { AccountFacts } from '#schemas/generated/types.ts';

/** How far ahead bills are computed to see a change of the far future. */
const MOST_MONTHS_AHEAD = 24;

/** From when a change can show: the day it is effective, and whether existing customers come under it only with a new period. */
export interface Begins {
  readonly from: CivilDate;
  readonly withNextPeriod: boolean;
}

/** The next month, or the first one whose bill the change can be seen on, for whoever closes on the day. */
export function monthShowing(next: string, closingDay: number, { from, withNextPeriod }: Begins): string {
  const begins = monthOfDate(from, closingDay);
  const isWhole = periodOfMonth(begins, closingDay).start === from;
  const shown = withNextPeriod && !isWhole ? nextMonth(begins) : begins;
  if (shown <= next) return next;
  let furthest = next;
  for (let ahead = 0; ahead < MOST_MONTHS_AHEAD && furthest < shown; ahead += 1) furthest = nextMonth(furthest);
  return furthest;
}

/** Whether the account's periods are other than those of the cycle that it is in today: it moves, or closes on a day of its own. */
export const hasOwnPeriods = ({ history, anchor, closingDay }: AccountFacts): boolean =>
  history !== undefined || anchor !== undefined || closingDay !== undefined;

/** The same for an account with periods of its own: of the cycle that it is in by then, closed on its own day. */
export function monthShowingFor(group: Group, account: AccountFacts, next: string, begins: Begins): string {
  const { from, withNextPeriod } = begins;
  let month = next;
  try {
    for (let ahead = 0; ahead < MOST_MONTHS_AHEAD; ahead += 1) {
      const { start, end } = calendarOf(group, account, month).period;
      if (withNextPeriod ? from <= start : from < end) return month;
      month = nextMonth(month);
    }
    return month;
  } catch (error) {
    // No rules are in force so far ahead: the bill of that month says so.
    if (error instanceof BillingProblem) return month;
    throw error;
  }
}
