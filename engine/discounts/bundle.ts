/**
 * What do products held together earn? Also called: bundle discount, set discount, セット割, まとめて割, コミコミ価格.
 * 500 off 4,200 while internet is held too: 3,700; when the partner ends on the 10th, that month keeps 3,700 or not,
 * as the ruleset says.
 */
import type { BundleDiscountRuleset } from '#schemas/generated/types.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { holds } from '#engine/conditions/holds.ts';
import { isServedIn, stretchOn } from '#engine/facts/timeline.ts';
import { identityOf, type BillDraft, type ProductInPeriod } from '#engine/billing/draft.ts';
import { factsOfPart } from '#engine/billing/facts-of-part.ts';
import { figureOf } from './effect.ts';
import type { Granted } from './granted.ts';

const usualPriority = 100;

export function bundleDiscounts(draft: BillDraft): readonly Granted[] {
  return completeSets(draft).flatMap((ruleset) =>
    draft.products.flatMap((product) => bundleOf(draft, ruleset, product)),
  );
}

/** The sets that the group holds complete. */
export function completeSets(draft: BillDraft): readonly BundleDiscountRuleset[] {
  return draft.group.release
    .allInForce('bundleDiscount', draft.period.start)
    .filter((ruleset) => isComplete(draft, ruleset));
}

/** Whether the group holds the whole set: on any day of the period, or still on its last day. */
function isComplete(draft: BillDraft, ruleset: BundleDiscountRuleset): boolean {
  const { requires, onBreak } = ruleset.body;
  const { services, offerings } = onBreak === 'endOfPeriod' ? draft : heldAtTheEnd(draft);
  return (
    (requires.services ?? []).every((service) => services.includes(service)) &&
    (requires.offerings ?? []).every((offering) => offerings.includes(offering))
  );
}

function heldAtTheEnd(draft: BillDraft): {
  readonly services: readonly string[];
  readonly offerings: readonly string[];
} {
  const lastDay = addDays(draft.period.end, -1);
  const offerings = draft.group.products.flatMap(({ timeline }) => stretchOn(timeline, lastDay)?.offering ?? []);
  const services = offerings.flatMap(
    (offering) => draft.group.release.inForce('offering', offering, lastDay)?.body.service ?? [],
  );
  return { services, offerings };
}

function bundleOf(draft: BillDraft, ruleset: BundleDiscountRuleset, product: ProductInPeriod): readonly Granted[] {
  const part = product.parts.at(-1);
  if (part === undefined || !isServedIn(product.timeline, draft.period.start, draft.period.end)) return [];
  if (!holds(ruleset.body.eligibility, factsOfPart(draft, product.product, part))) return [];
  return (ruleset.body.discounts ?? []).map((discount, index) => ({
    product: product.product.id,
    ruleset: identityOf(ruleset),
    row: `/body/discounts/${index}`,
    priority: ruleset.body.priority ?? usualPriority,
    permanent: true,
    stacking: ruleset.body.stacking,
    discount,
    why: { code: `line.discount.bundle.${discount.effect.op}`, values: figureOf(discount.effect) },
  }));
}
