/**
 * What may a condition ask about a product in one part of a period, or on one day?
 */
import type { Condition, OfferingRuleset, Product } from '#schemas/generated/types.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Facts } from '#engine/conditions/evaluate.ts';
import { holds } from '#engine/conditions/holds.ts';
import { customerOn } from '#engine/facts/customer-on.ts';
import { productFacts } from '#engine/facts/facts.ts';
import { stretchOn, type Stretch } from '#engine/facts/timeline.ts';
import { settingIn } from './account-calendar.ts';
import type { BillDraft, Group, Part } from './draft.ts';

/** Whether a condition holds for the product; without one it is open to all. */
export const isEligible = (draft: BillDraft, product: Product, part: Part, condition: Condition | undefined): boolean =>
  condition === undefined || holds(condition, factsOfPart(draft, product, part));

/** As the customer is on the first day of the part, or on `on`. */
export function factsOfPart(draft: BillDraft, product: Product, part: Part, on: CivilDate = part.period.start): Facts {
  return productFacts({
    customer: customerOn(draft.group.document.customer, on),
    billingCycle: draft.cycle.id,
    currency: draft.cycle.body.currency,
    services: draft.services,
    offerings: draft.offerings,
    product,
    stretch: part.stretch,
    service: part.offering.body.service,
    ratePlan: part.plan.id,
    judgedOn: draft.period.start,
  });
}

/** The same as they are known on a day: of an end that lies ahead nothing is known yet. */
export function factsOnDay(
  { document, release, products }: Group,
  product: Product,
  stretch: Stretch,
  offering: OfferingRuleset,
  on: CivilDate,
): Facts {
  const held = products.flatMap(({ timeline }) => {
    const id = stretchOn(timeline, on)?.offering;
    return id === undefined ? [] : (release.inForce('offering', id, on) ?? []);
  });
  const account = document.accounts.find(({ id }) => id === product.account) ?? document.accounts[0]!;
  const { billingCycle } = settingIn(account, on.slice(0, 7));
  const { endReason: _reason, ...known } = product;
  return productFacts({
    customer: customerOn(document.customer, on),
    billingCycle,
    currency: release.inForce('billingCycle', billingCycle, on)?.body.currency ?? '',
    services: [...new Set(held.map(({ body }) => body.service))].sort(),
    offerings: [...new Set(held.map(({ id }) => id))].sort(),
    product: { ...known, endsOn: null },
    stretch,
    service: offering.body.service,
    ratePlan: offering.body.ratePlan,
    judgedOn: on,
  });
}
