/**
 * What does each product cost before any discount? Also called: list price, 定価, 割引前料金.
 */
import type { RatePlanRuleset } from '#schemas/generated/types.ts';
import type { BillDraft, ProductInPeriod, UsageQuantity } from '#engine/billing/draft.ts';
import { cyclicLines } from './cyclic.ts';
import { instalmentLine } from './instalment.ts';
import { assertNoAgreement } from './negotiated-price.ts';
import { oneTimeLine } from './one-time.ts';
import { passThroughLine } from './pass-through.ts';
import { quantityLines } from './quantity.ts';
import { recurringLines } from './recurring.ts';
import { statutoryLine } from './statutory.ts';
import { usageLine } from './usage.ts';

/** Phase 3: product by product, plan by plan, each charge in the order its plan lists them. */
export function listCharges(draft: BillDraft): void {
  for (const product of draft.products) {
    const quantities = draft.quantities.get(product.product.id) ?? [];
    for (const quantity of quantities) if (quantity.late) meteredLine(draft, product, quantity);
    for (const plan of plansOf(product)) chargesOfPlan(draft, product, plan, quantities);
  }
}

/** The plans of the period; of a product that has ended, the plan it ended on, for what falls due after the end. */
function plansOf(product: ProductInPeriod): readonly RatePlanRuleset[] {
  if (product.parts.length === 0) return product.endedOn === null ? [] : [product.endedOn.plan];
  return [...new Set(product.parts.map((part) => part.plan))];
}

function chargesOfPlan(
  draft: BillDraft,
  product: ProductInPeriod,
  plan: RatePlanRuleset,
  quantities: readonly UsageQuantity[],
): void {
  plan.body.charges.forEach((charge, chargeIndex) => {
    const place = { plan, row: `/body/charges/${chargeIndex}` };
    switch (charge.type) {
      case 'oneTime':
        return oneTimeLine(draft, product, { ...place, charge });
      case 'recurring':
        return recurringLines(draft, product, { ...place, charge });
      case 'quantity':
        return quantityLines(draft, product, { ...place, charge });
      case 'cyclic':
        return cyclicLines(draft, product, { ...place, charge });
      case 'instalment':
        assertNoAgreement(draft, product, { ...place, charge });
        return instalmentLine(draft, product, { ...place, charge });
      case 'statutory':
        assertNoAgreement(draft, product, { ...place, charge });
        return statutoryLine(draft, product, { ...place, charge });
      case 'usage':
      case 'passThrough':
        if (charge.type === 'passThrough') assertNoAgreement(draft, product, { ...place, charge });
        for (const quantity of quantities) {
          if (quantity.plan === plan && quantity.chargeIndex === chargeIndex && !quantity.late) {
            meteredLine(draft, product, quantity);
          }
        }
    }
  });
}

function meteredLine(draft: BillDraft, product: ProductInPeriod, quantity: UsageQuantity): void {
  const { charge } = quantity;
  if (charge.type === 'usage') usageLine(draft, product, quantity, charge);
  else passThroughLine(draft, product, quantity, charge);
}
