/**
 * How do closed months that are looked at again stand in the account document?
 * Pure. From the month after the last one whose facts all hold, to the last closed one; an account that was billed nothing in a
 * month had a bill of nothing. Also called: corrections, 遡及して見直す月.
 */
import { monthOfDate, nextMonth, periodOfMonth, type Closing } from '#engine/calendar/billing-cycle.ts';
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { BilledAgain } from '#runtime/cycles/billed-again.ts';
import type { Bill, BilledMonth } from '#schemas/generated/types.ts';

/** By what the periods of these accounts close, and the first month there can be. */
export type AgainFrame = { readonly closing: Closing; readonly firstMonth: string };

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
function firstEver({ changedFrom, closed, bills }: BilledAgain, { closing, firstMonth }: AgainFrame): string {
  const changed = monthOfDate(changedFrom, closing);
  const months = bills.map(({ period }) => monthOfDate(period.start, closing));
  return [closed[0]!.month, changed > firstMonth ? changed : firstMonth, ...months].reduce((a, b) => (a < b ? a : b));
}

function billOf(again: BilledAgain, account: string, month: string, frame: AgainFrame): Bill | undefined {
  const { bills, closed } = again;
  const period = periodOfMonth(month, frame.closing);
  const billed = bills.find((bill) => bill.account === account && bill.period.start === period.start);
  if (billed !== undefined) return billed;
  const lastDay = addDays(period.end, -1);
  const billedBy = (closed.find((row) => row.month === month) ?? closed[0])?.billing_cycle;
  // Billed elsewhere then, or not at all yet: it is for others to say what has changed.
  if (cycleIn(again, account, month, lastDay) !== billedBy) return undefined;
  const nothing = { net: '0', taxTotal: '0', total: '0', lines: [], tax: [] };
  return { account, period, kind: 'regular', currency: bills[0]?.currency ?? 'JPY', dueOn: lastDay, ...nothing };
}

/** The billing cycle of an account in a month: as on the month's first calendar day, or the first that begins in it. */
function cycleIn({ settings }: BilledAgain, account: string, month: string, lastDay: CivilDate): string | null {
  const begun = settings.filter(({ account_id: of, from }) => of === account && from <= lastDay);
  return (begun.findLast(({ from }) => from <= `${month}-01`) ?? begun[0])?.billingCycle ?? null;
}
