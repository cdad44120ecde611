/**
 * What does each product cost before any discount? Also called: list price, 定価, 割引前料金.
 */
import type { RatePlanRuleset } from '#schemas/generated/types.ts';
import type { BillDraft, ProductInPeriod, UsageQuantity } from '#engine/billing/draft.ts';
import { cyclicLines } from './cyclic.ts';
import { takeWaiting, waitsForNext } from './first-part.ts';
import { instalmentsLeftBehind } from './held-instalments.ts';
import { instalmentLine } from './instalment.ts';
import { assertNoAgreement } from './negotiated-price.ts';
import { oneTimeLine } from './one-time.ts';
import { passThroughLine } from './pass-through.ts';
import { placesOf, type AnyPlace, type ChargePlace } from './place.ts';
import { quantityLines } from './quantity.ts';
import { recurringLines } from './recurring.ts';
import { sectionsFor } from './sections.ts';
import { statutoryLine } from './statutory.ts';
import { usageLine } from './usage.ts';

/** Phase 3: what has waited for this bill, then product by product, plan by plan, each charge in the order its plan lists them. */
export function listCharges(draft: BillDraft): void {
  if (draft.waitingBefore !== null) takeWaiting(draft, draft.waitingBefore);
  for (const product of draft.products) {
    for (const quantity of product.quantities) if (quantity.late) meteredLine(draft, product, quantity);
    const plans = plansOf(product);
    for (const plan of plans) chargesOfPlan(draft, product, plan);
    for (const place of instalmentsLeftBehind(draft, product, plans)) instalmentLine(draft, product, place);
  }
}

/** The plans of the period; of a product that has ended, the plan it ended on, for what falls due after the end. */
function plansOf(product: ProductInPeriod): readonly RatePlanRuleset[] {
  const [first] = product.parts;
  if (first === undefined) return product.endedOn === null ? [] : [product.endedOn.plan];
  return product.parts.length === 1 ? [first.plan] : [...new Set(product.parts.map((part) => part.plan))];
}

function chargesOfPlan(draft: BillDraft, product: ProductInPeriod, plan: RatePlanRuleset): void {
  for (const place of placesOf(plan)) {
    switch (place.type) {
      case 'oneTime':
        oneTimeLine(draft, product, place);
        break;
      case 'recurring':
      case 'quantity':
        monthlyLines(draft, product, place);
        break;
      case 'cyclic':
        cyclicLines(draft, product, place);
        break;
      case 'instalment':
        assertNoAgreement(draft, product, place);
        if (isLastWithIt(product, place)) instalmentLine(draft, product, place);
        break;
      case 'statutory':
        assertNoAgreement(draft, product, place);
        if (isLastWithIt(product, place)) statutoryLine(draft, product, place);
        break;
      case 'passThrough':
        assertNoAgreement(draft, product, place);
        meteredLines(draft, product, place);
        break;
      case 'usage':
        meteredLines(draft, product, place);
    }
  }
}

/** Falls due once a month whatever becomes of the plan within it: under the last plan, or version, that has the charge. */
function isLastWithIt(product: ProductInPeriod, { plan, charge }: ChargePlace): boolean {
  if (product.parts.length < 2) return true;
  const has = ({ body }: RatePlanRuleset): boolean =>
    body.charges.some(({ type, id }) => type === charge.type && id === charge.id);
  return plansOf(product).findLast(has) === plan;
}

function monthlyLines(draft: BillDraft, product: ProductInPeriod, place: MonthlyPlace): void {
  const before = draft.lines.length;
  linesBySection(draft, product, place);
  if (!waitsForNext(product, draft.period, place.charge)) return;
  draft.trace.note('trace.recurring.withNext', { product: product.product.id, charge: place.charge.id });
  draft.waiting ??= new Set();
  for (const line of draft.lines.slice(before)) draft.waiting.add(line);
}

/** A month's price is one for each regular period that the bill has days of. */
function linesBySection(draft: BillDraft, product: ProductInPeriod, place: MonthlyPlace): void {
  for (const section of sectionsFor(draft, product, place.charge)) {
    if (place.type === 'recurring') recurringLines(section.draft, section.product, place);
    else quantityLines(section.draft, section.product, place);
  }
}

type MonthlyPlace = Extract<AnyPlace, { type: 'recurring' | 'quantity' }>;

function meteredLines(draft: BillDraft, product: ProductInPeriod, place: ChargePlace): void {
  for (const quantity of product.quantities) {
    if (quantity.place === place && !quantity.late) meteredLine(draft, product, quantity);
  }
}

function meteredLine(draft: BillDraft, product: ProductInPeriod, quantity: UsageQuantity): void {
  const { charge } = quantity.place;
  if (charge.type === 'usage') usageLine(draft, product, quantity, charge);
  else passThroughLine(draft, product, quantity, charge);
}
