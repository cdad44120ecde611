/**
 * What may a condition ask about a product in one part of a period?
 */
import type { Product } from '#schemas/generated/types.ts';
import type { Facts } from '#engine/conditions/evaluate.ts';
import { productFacts } from '#engine/facts/facts.ts';
import type { BillDraft, Part } from './draft.ts';

export function factsOfPart(draft: BillDraft, product: Product, part: Part): Facts {
  return productFacts({
    customer: draft.group.document.customer,
    account: draft.account,
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
