/**
 * When is the part of a month in which charging begins billed? In its own period, or together with the next month.
 * Also called: first bill, 初月分と翌月分の合算請求、初回請求.
 *
 * What waits is worked out in its own period like everything else, discounts and bounds included; then its lines leave the
 * bill, and the state hands them on to the next as they are. So waiting changes when something is billed, never what it costs.
 */
import type { BillLine, WaitingLines } from '#schemas/generated/types.ts';
import { contains, type Period } from '#engine/calendar/period.ts';
import { exact, fractionOf } from '#engine/money/exact.ts';
import { textToMinor } from '#engine/money/money.ts';
import { chargedFrom } from '#engine/proration/proration.ts';
import { billedLine } from '#engine/billing/bill-of-draft.ts';
import { addLine, type BillDraft, type Line, type ProductInPeriod } from '#engine/billing/draft.ts';
import type { MonthlyCharge } from './monthly-parts.ts';

/** Whether the period is the first that costs anything, and what it costs is billed with the next one. */
export function waitsForNext({ product }: ProductInPeriod, period: Period, { proration }: MonthlyCharge): boolean {
  if (proration.firstBill !== 'withNext' || !contains(period, chargedFrom(product, proration))) return false;
  // Who has left by then has no next bill.
  return product.endsOn === null || product.endsOn > period.end;
}

/** Takes the lines that wait off the bill, with all that discounts and bounds have done to them, for the next one. */
export function holdBack(draft: BillDraft): void {
  const waiting = draft.waiting;
  if (waiting === null) return;
  const isHeld = (line: Line): boolean => waiting.has(line) || (line.target !== null && waiting.has(line.target));
  const { currency } = draft.cycle.body;
  const lines = draft.lines.filter(isHeld).map((line) => billedLine(line, currency));
  draft.lines = draft.lines.filter((line) => !isHeld(line));
  draft.linesLeft = lines.length;
  if (lines.length > 0) draft.waitingAfter = { account: draft.account.id, lines };
}

/** Puts what has waited for this bill on it, as it was worked out: no discount and no bound looks at it again. */
export function takeWaiting(draft: BillDraft, { lines }: WaitingLines): void {
  const taken = new Map<string, Line>();
  for (const line of lines) {
    const target = line.target === undefined || line.target === null ? null : (taken.get(line.target) ?? null);
    const added = takeLine(draft, line, target);
    taken.set(line.id, added);
  }
  draft.waited = new Set(taken.values());
}

function takeLine(draft: BillDraft, line: BillLine, target: Line | null): Line {
  const [kind = '', id = ''] = line.ruleset.split('/');
  const added = addLine(draft, {
    product: line.product,
    charge: line.charge,
    name: line.name,
    phase: line.phase,
    ruleset: { kind, id, version: line.version, name: line.ruleset },
    row: line.row,
    target,
    servicePeriod: line.servicePeriod,
    quantity: exact(line.quantity),
    unitPrice: line.unitPrice === null ? null : exact(line.unitPrice),
    base: exact(line.base),
    exact: fractionOf(line.exact),
    amount: textToMinor(line.amount, draft.cycle.body.currency),
    taxCategory: line.taxCategory,
    taxIncluded: line.taxIncluded,
    why: line.why,
  });
  added.openTo = closed;
  draft.trace.line(added.id, added.why, [{ code: 'trace.recurring.waited', values: {} }]);
  return added;
}

const closed: ReadonlySet<string> = new Set();
