/**
 * What do we charge on from others? Also called: pass-through, re-billing, 立替, 実費, 仕入先料金の転嫁.
 * The meter's quantity is the supplier's amount; 10,000 marked up by 5 % are 10,500.
 */
import type { PassThroughCharge } from '#schemas/generated/types.ts';
import { exact, ONE, plus, times, toText } from '#engine/money/exact.ts';
import {
  addLine,
  roundAmount,
  type BillDraft,
  type ProductInPeriod,
  type UsageQuantity,
} from '#engine/billing/draft.ts';
import { countStep } from './usage.ts';

export function passThroughLine(
  draft: BillDraft,
  product: ProductInPeriod,
  quantity: UsageQuantity,
  charge: PassThroughCharge,
): void {
  const markup = charge.markupPercent ?? '0';
  const worked = times(quantity.units, plus(ONE, times(exact(markup), { n: 1n, d: 100n })));
  const line = addLine(draft, {
    product: product.product.id,
    charge: charge.id,
    name: charge.name,
    phase: 'listCharges',
    ruleset: quantity.place.ruleset,
    row: quantity.place.row,
    target: null,
    servicePeriod: quantity.servicePeriod,
    quantity: ONE,
    unitPrice: worked,
    base: quantity.units,
    exact: worked,
    amount: roundAmount(draft, worked, charge.rounding ?? draft.rounding.body.line),
    taxCategory: charge.taxCategory,
    taxIncluded: charge.taxIncluded ?? false,
    why: { code: 'line.passThrough', values: { supplier: toText(quantity.units), markup } },
  });
  if (draft.trace.on) draft.trace.line(line.id, line.why, [countStep(quantity, '1')]);
}
