/**
 * What does paying late cost? Also called: late interest, late payment charge, 遅延損害金、延滞利息.
 * 10,000 paid 45 days late at 14.5 % a year: 10,000 × 14.5 % × 45 ÷ 365 = 178.76, rounded down 178. No tax is owed on it.
 */
import type { PaidLate } from '#schemas/generated/types.ts';
import { addDays, daysBetween } from '#engine/calendar/civil-date.ts';
import { contains } from '#engine/calendar/period.ts';
import { dividedBy, exact, fromInteger, ONE, times } from '#engine/money/exact.ts';
import { addLine, identityOf, roundAmount, type BillDraft } from '#engine/billing/draft.ts';

/** A line for each payment made late within the period; none where the billing cycle asks for no interest. */
export function lateInterest(draft: BillDraft): void {
  for (const paid of draft.group.document.paidLate ?? []) {
    if (paid.account === draft.account.id && contains(draft.period, paid.paidOn)) interestOn(draft, paid);
  }
}

function interestOn(draft: BillDraft, { id, amount, dueOn, paidOn }: PaidLate): void {
  const rule = draft.cycle.body.lateInterest;
  // From the day after the due day to the day of payment, both counted.
  const days = daysBetween(dueOn, paidOn);
  if (rule === undefined || days <= 0) return;
  const yearly = times(exact(amount), dividedBy(exact(rule.annualPercent), fromInteger(100)));
  const interest = dividedBy(times(yearly, fromInteger(days)), fromInteger(rule.daysInYear));
  const line = addLine(draft, {
    product: null,
    charge: id,
    name: rule.name,
    phase: 'adjustments',
    ruleset: identityOf(draft.cycle),
    row: '/body/lateInterest',
    target: null,
    servicePeriod: { start: addDays(dueOn, 1), end: addDays(paidOn, 1) },
    quantity: ONE,
    unitPrice: null,
    base: exact(amount),
    exact: interest,
    amount: roundAmount(draft, interest, rule.rounding),
    taxCategory: 'outOfScope',
    taxIncluded: false,
    why: { code: 'line.lateInterest', values: { amount, dueOn, days: String(days), percent: rule.annualPercent } },
  });
  draft.trace.line(line.id, line.why);
}
