/**
 * What does the number of licences, seats or devices cost each month? Also called: per-seat pricing, 数量課金,
 * ライセンス課金. 10 at 10,000 are 100,000; 20 in the tier at 8,000 are 160,000.
 */
import type { QuantityCharge } from '#schemas/generated/types.ts';
import type { Exact } from '#engine/money/exact.ts';
import { minorToExact } from '#engine/money/money.ts';
import { isFreePeriod, priceOfShare, shareOf } from '#engine/proration/proration.ts';
import { priceOf } from '#engine/usage/prices.ts';
import { addLine, identityOf, roundAmount, type BillDraft, type ProductInPeriod } from '#engine/billing/draft.ts';
import { monthlyParts } from './monthly-parts.ts';
import type { ChargePlace } from './place.ts';

/** One line for each quantity held in the period; a part of the period is priced by its own quantity. */
export function quantityLines(draft: BillDraft, product: ProductInPeriod, place: ChargePlace<QuantityCharge>): void {
  const { charge, plan, row } = place;
  if (isFreePeriod(product.product, draft.period, charge.proration)) return;
  const rounding = charge.rounding ?? draft.rounding.body.line;
  const round = (daily: Exact): Exact => minorToExact(roundAmount(draft, daily, rounding), draft.cycle.body.currency);
  for (const part of monthlyParts(product, place)) {
    const share = shareOf(part, draft.period, charge.proration);
    const priced = priceOf(charge.price, { units: part.quantity, tableRow: null });
    const worked = priceOfShare(priced.amount, share, charge.proration, round);
    const line = addLine(draft, {
      product: product.product.id,
      charge: charge.id,
      name: charge.name,
      phase: 'listCharges',
      ruleset: identityOf(plan),
      row: `${row}/price${priced.row}`,
      target: null,
      servicePeriod: part.period,
      quantity: part.quantity,
      unitPrice: priced.unitPrice,
      base: priced.amount,
      exact: worked,
      amount: roundAmount(draft, worked, rounding),
      taxCategory: charge.taxCategory,
      taxIncluded: charge.taxIncluded ?? false,
      why: priced.why,
    });
    if (!draft.trace.on) continue;
    const isWhole = share.days === share.of;
    const step = { code: 'trace.recurring.share', values: { days: String(share.days), of: String(share.of) } };
    draft.trace.line(line.id, line.why, isWhole ? priced.steps : [...priced.steps, step]);
  }
}
