/**
 * What does each product cost before any discount? Also called: list price, 定価, 割引前料金.
 */
import type { RatePlanRuleset } from '#schemas/generated/types.ts';
import type { BillDraft, ProductInPeriod } from '#engine/billing/draft.ts';
import { oneTimeLine } from './one-time.ts';
import { recurringLines } from './recurring.ts';
import { usageLine } from './usage.ts';

/** Phase 3: product by product, plan by plan, each charge in the order its plan lists them. */
export function listCharges(draft: BillDraft): void {
  for (const product of draft.products) {
    for (const quantity of draft.quantities.get(product.product.id) ?? []) {
      if (quantity.late) usageLine(draft, product, quantity);
    }
    for (const plan of plansOf(product)) chargesOfPlan(draft, product, plan);
  }
}

function plansOf(product: ProductInPeriod): readonly RatePlanRuleset[] {
  return [...new Set(product.parts.map((part) => part.plan))];
}

function chargesOfPlan(draft: BillDraft, product: ProductInPeriod, plan: RatePlanRuleset): void {
  const quantities = draft.quantities.get(product.product.id) ?? [];
  plan.body.charges.forEach((charge, chargeIndex) => {
    const place = { plan, charge, row: `/body/charges/${chargeIndex}` };
    switch (charge.type) {
      case 'oneTime':
        return oneTimeLine(draft, product, { ...place, charge });
      case 'recurring':
        return recurringLines(draft, product, { ...place, charge });
      case 'usage':
        for (const quantity of quantities) {
          if (quantity.plan === plan && quantity.chargeIndex === chargeIndex && !quantity.late) {
            usageLine(draft, product, quantity);
          }
        }
    }
  });
}
