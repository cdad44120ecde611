/**
 * What is the least and the most an account pays in a period? Its termination charges are never bounded.
 */
import type { Period } from '#engine/calendar/period.ts';
import { exact } from '#engine/money/exact.ts';
import { ofMonths } from '#engine/proration/proration.ts';
import { identityOf, roundAmount, type BillDraft } from '#engine/billing/draft.ts';
import { relieve, sumLeft, topUp, type BoundPlace } from './top-up-and-relief.ts';

export function boundAccount(draft: BillDraft, judgedOn: 'list' | 'net'): void {
  const bounds = draft.cycle.body.bounds;
  if (bounds === undefined || (bounds.judgedOn ?? 'net') !== judgedOn) return;
  const limit = (amount: string): bigint => {
    const owed = bounds.prorated === true ? ofMonths(amount, daysServed(draft), draft.sections) : exact(amount);
    return roundAmount(draft, owed, draft.rounding.body.line);
  };
  const place = (charge: string, row: string): BoundPlace => ({
    product: null,
    charge,
    name: draft.cycle.name,
    ruleset: identityOf(draft.cycle),
    row,
    servicePeriod: draft.period,
    judgedOn,
    taxCategory: bounds.taxCategory,
    taxIncluded: false,
  });
  const targets = draft.lines.filter((line) => line.target === null && draft.waited?.has(line) !== true);
  if (bounds.minimum !== undefined && sumLeft(targets) < limit(bounds.minimum)) {
    topUp(draft, place('account-minimum', '/body/bounds'), sumLeft(targets), limit(bounds.minimum));
  }
  if (bounds.cap !== undefined && sumLeft(targets) > limit(bounds.cap)) {
    relieve(draft, place('account-cap', '/body/bounds'), targets, limit(bounds.cap));
  }
}

/** The days of the period on which the account holds any product, suspended or not; each of them once. */
function daysServed({ products }: BillDraft): readonly Period[] {
  const periods = products
    .flatMap(({ parts }) => parts.map(({ period }) => period))
    .toSorted((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
  const served: Period[] = [];
  let through = '';
  for (const { start, end } of periods) {
    const from = start < through ? through : start;
    if (from >= end) continue;
    served.push({ start: from, end });
    through = end;
  }
  return served;
}
