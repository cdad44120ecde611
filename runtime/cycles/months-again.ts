/**
 * How do closed months that are looked at again stand in the account document?
 * Pure. From the month after the last one whose facts all hold, to the last closed one; an account that was billed nothing in a
 * month had a bill of nothing. Also called: corrections, 遡及して見直す月.
 */
import { monthOfDate, nextMonth, periodOfMonth } from '#engine/calendar/billing-cycle.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import type { BilledAgain } from '#runtime/cycles/billed-again.ts';
import type { Bill, BilledMonth } from '#schemas/generated/types.ts';

export type AgainFrame = { readonly closingDay: number; readonly firstMonth: string };

/** The months in order, those before the first bill left out; empty when there was none. */
export function monthsAgain(
  again: BilledAgain,
  accounts: readonly string[],
  frame: AgainFrame,
): readonly BilledMonth[] {
  const { before, closed } = again;
  const first = before === undefined ? firstEver(again, frame) : nextMonth(before.month);
  const last = closed.at(-1)!.month;
  const months: BilledMonth[] = [];
  for (let month = first; month <= last; month = nextMonth(month)) {
    const bills = accounts.flatMap((account) => billOf(again, account, month, frame) ?? []);
    if (months.length === 0 && bills.length === 0) continue;
    months.push({ month, bills, stateBefore: month === first ? (before?.state ?? null) : null });
  }
  return months;
}

/** The first cycle of a group may have billed several months; and now it may turn out to have begun earlier still. */
function firstEver({ changedFrom, closed, bills }: BilledAgain, { closingDay, firstMonth }: AgainFrame): string {
  const changed = monthOfDate(changedFrom, closingDay);
  const months = bills.map(({ period }) => monthOfDate(period.start, closingDay));
  return [closed[0]!.month, changed > firstMonth ? changed : firstMonth, ...months].reduce((a, b) => (a < b ? a : b));
}

function billOf({ bills, settings }: BilledAgain, account: string, month: string, frame: AgainFrame): Bill | undefined {
  const period = periodOfMonth(month, frame.closingDay);
  const billed = bills.find((bill) => bill.account === account && bill.period.start === period.start);
  if (billed !== undefined) return billed;
  const lastDay = addDays(period.end, -1);
  const setting = settings
    .filter(({ account_id: of, from, to }) => of === account && from <= lastDay && (to === null || lastDay < to))
    .at(-1);
  // Billed elsewhere then, or not at all yet: it is for others to say what has changed.
  if (setting?.here !== true) return undefined;
  const nothing = { net: '0', taxTotal: '0', total: '0', lines: [], tax: [] };
  return { account, period, kind: 'regular', currency: bills[0]?.currency ?? 'JPY', dueOn: lastDay, ...nothing };
}
