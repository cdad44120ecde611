/**
 * What does usage cost? Its quantity, priced by the charge's shape. Also called: usage charge, 従量料金, 通話料, 通信料.
 */
import type { Priced } from '#engine/usage/prices.ts';
import { priceOf } from '#engine/usage/prices.ts';
import { chargeOf } from '#engine/usage/quantities.ts';
import { toText } from '#engine/money/exact.ts';
import {
  addLine,
  identityOf,
  roundAmount,
  type BillDraft,
  type ProductInPeriod,
  type UsageQuantity,
} from '#engine/billing/draft.ts';

export function usageLine(draft: BillDraft, product: ProductInPeriod, quantity: UsageQuantity): void {
  const charge = chargeOf(quantity.plan, quantity.chargeIndex);
  const priced = priceOf(charge.price, quantity.units);
  const line = addLine(draft, {
    product: product.product.id,
    charge: charge.id,
    name: charge.name,
    phase: 'listCharges',
    ruleset: identityOf(quantity.plan),
    row: `/body/charges/${quantity.chargeIndex}/price${priced.row}`,
    target: null,
    servicePeriod: quantity.servicePeriod,
    quantity: quantity.units,
    unitPrice: priced.unitPrice,
    base: priced.amount,
    exact: priced.amount,
    amount: roundAmount(draft, priced.amount, charge.rounding ?? draft.rounding.body.line),
    taxCategory: charge.taxCategory,
    taxIncluded: charge.taxIncluded ?? false,
    why: priced.why,
  });
  if (draft.trace.on) draft.trace.line(line.id, line.why, [countStep(quantity, charge.unit.size), ...priced.steps]);
}

function countStep(quantity: UsageQuantity, size: string): Priced['why'] {
  const values = { uses: String(quantity.uses), used: toText(quantity.used), size, units: toText(quantity.units) };
  return { code: quantity.late ? 'trace.usage.lateCount' : 'trace.usage.count', values };
}
