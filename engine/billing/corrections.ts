/**
 * What has changed about bills already closed? They are worked out again, and the differences billed once.
 * Also called: backdated change, re-rating, 遡及, 料金の見直し, 差額の調整. A closed bill is never edited.
 */
import type { AccountDocument, Bill, BillingResult, BillingState, BillLine } from '#schemas/generated/types.ts';
import { monthsLater } from '#engine/calendar/billing-cycle.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import { exact, minus, negated, plus, ZERO, type Exact } from '#engine/money/exact.ts';

/** A difference: of one charge of one product in one closed month. */
export interface Correction {
  readonly account: string;
  readonly month: string;
  readonly line: BillLine;
  readonly period: Bill['period'];
  readonly before: Exact;
  readonly after: Exact;
}

export interface Corrected {
  readonly corrections: readonly Correction[];
  /** The state that the months, worked out again, leave behind; undefined where there is nothing to look at again. */
  readonly state: BillingState | undefined;
}

const nothing: Corrected = { corrections: [], state: undefined };

/**
 * The differences of the months in `document.billed`, worked out again by `billAgain` under what is known now.
 * Each month begins with the state that the one before it leaves when worked out again. What later bills have already
 * corrected of a month counts as billed.
 */
export function correctionsOf(
  document: AccountDocument,
  billAgain: (document: AccountDocument) => BillingResult,
): Corrected {
  if (document.billed === undefined || document.billed.length === 0) return nothing;
  const months = [...document.billed].sort((a, b) => (a.month < b.month ? -1 : 1));
  const { billed: _closed, previousState: _later, ...facts } = document;
  const corrections: Correction[] = [];
  const start = months.flatMap(({ bills }) => bills.map(({ period }) => period.start)).sort()[0] ?? '';
  // Usage of before was billed late in one of these months, or is late now: no month that is worked out again bills it anew.
  const usage = facts.usage?.filter(({ startedAt }) => startedAt >= start);
  let state: BillingState | undefined;
  months.forEach(({ month, stateBefore, bills }, index) => {
    const follows = months[index - 1]?.month === monthsLater(month, -1);
    const before = follows ? state : (stateBefore ?? undefined);
    const again = billAgain({
      ...facts,
      ...(usage && { usage }),
      periods: { first: month, last: month },
      ...(before && { previousState: before }),
    });
    for (const bill of again.bills) {
      const billedBefore = bills.find((candidate) => candidate.account === bill.account);
      if (billedBefore === undefined) continue;
      const corrected = months.flatMap((later) => correctionLines(later.bills, bill));
      corrections.push(
        ...differences(month, ownLines(bill, start), [...ownLines(billedBefore, start), ...corrected], bill),
      );
    }
    state = again.nextState;
  });
  return { corrections, state };
}

/** What a bill asks for the months from `start` on, its corrections of others apart. */
const ownLines = (bill: Bill, start: CivilDate): readonly BillLine[] =>
  bill.lines.filter(({ why, servicePeriod }) => why.code !== 'line.correction' && servicePeriod.end > start);

/** What other bills of the account have already corrected of this one's period. */
const correctionLines = (bills: readonly Bill[], { account, period }: Bill): readonly BillLine[] =>
  bills
    .filter((bill) => bill.account === account)
    .flatMap((bill) => bill.lines)
    .filter(({ why, servicePeriod }) => why.code === 'line.correction' && servicePeriod.start === period.start);

const keyOf = (line: BillLine): string =>
  [line.product ?? '', line.charge, line.taxCategory, String(line.taxIncluded)].join(' ');

function differences(
  month: string,
  again: readonly BillLine[],
  billed: readonly BillLine[],
  { account, period }: Bill,
): readonly Correction[] {
  const sum = (lines: readonly BillLine[]): Exact => lines.map((line) => exact(line.amount)).reduce(plus, ZERO);
  const before = Map.groupBy(billed, keyOf);
  const after = Map.groupBy(again, keyOf);
  const keys = [...new Set([...after.keys(), ...before.keys()])].sort();
  return keys.flatMap((key) => {
    const line = after.get(key)?.[0] ?? before.get(key)?.[0];
    const [was, is] = [sum(before.get(key) ?? []), sum(after.get(key) ?? [])];
    if (line === undefined || minus(is, was).n === 0n) return [];
    return [{ account, month, line, period, before: was, after: is }];
  });
}

/** What the customer owes more (or, negative, less) for a month. */
export const differenceOf = ({ before, after }: Correction): Exact => plus(after, negated(before));
