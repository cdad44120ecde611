/**
 * What do people add or take off by hand? Also called: manual debit and credit, 調整, 手入力の加算・減算, お詫びの減額.
 */
import { addDays } from '#engine/calendar/civil-date.ts';
import { contains } from '#engine/calendar/period.ts';
import { exact, ONE } from '#engine/money/exact.ts';
import { addLine, identityOf, roundAmount, type BillDraft } from './draft.ts';

/** Phase 8: the account's adjustments dated in the period. Their row names the place in the account document. */
export function adjustments(draft: BillDraft): void {
  (draft.group.document.adjustments ?? []).forEach((adjustment, index) => {
    if (adjustment.account !== draft.account.id || !contains(draft.period, adjustment.on)) return;
    const amount = exact(adjustment.amount);
    const line = addLine(draft, {
      product: null,
      charge: adjustment.id,
      name: adjustment.name,
      phase: 'adjustments',
      ruleset: identityOf(draft.cycle),
      row: `/adjustments/${index}`,
      target: null,
      servicePeriod: { start: adjustment.on, end: addDays(adjustment.on, 1) },
      quantity: ONE,
      unitPrice: amount,
      base: amount,
      exact: amount,
      amount: roundAmount(draft, amount, draft.rounding.body.line),
      taxCategory: adjustment.taxCategory,
      taxIncluded: adjustment.taxIncluded ?? false,
      why: { code: 'line.adjustment', values: { on: adjustment.on } },
    });
    draft.trace.line(line.id, line.why);
  });
}
