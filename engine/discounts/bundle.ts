/**
 * What do products held together earn? Also called: bundle discount, set discount, セット割, まとめて割, コミコミ価格.
 * 500 off 4,200 while internet is held too: 3,700; when the partner ends on the 10th, that month keeps 3,700 or not,
 * as the ruleset says.
 */
import type { BundleDiscountRuleset } from '#schemas/generated/types.ts';
import { identityOf, type BillDraft, type ProductInPeriod } from '#engine/billing/draft.ts';
import { preparedOnce } from '#engine/rulesets/prepared.ts';
import { isEligible } from '#engine/billing/facts-of-part.ts';
import { figureOf } from './effect.ts';
import { grantedTo, type Granted, type Terms } from './granted.ts';

const usualPriority = 100;

export function bundleDiscounts(draft: BillDraft): readonly Granted[] {
  const granted: Granted[] = [];
  for (const ruleset of completeSets(draft)) {
    for (const product of draft.products) grant(draft, ruleset, product, granted);
  }
  return granted;
}

/** The sets that the group holds complete, of those that are asked for. */
export function completeSets(
  draft: BillDraft,
  isAskedFor: (ruleset: BundleDiscountRuleset) => boolean = () => true,
): readonly BundleDiscountRuleset[] {
  return draft.group.release
    .allInForce('bundleDiscount', draft.period.start)
    .filter((ruleset) => isAskedFor(ruleset) && isComplete(draft, ruleset));
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
  const services: string[] = [];
  const offerings: string[] = [];
  for (const parts of draft.partsHeld.values()) {
    const last = parts.at(-1);
    if (last?.period.end !== draft.period.end) continue;
    services.push(last.offering.body.service);
    offerings.push(last.offering.id);
  }
  return { services, offerings };
}

function grant(draft: BillDraft, ruleset: BundleDiscountRuleset, product: ProductInPeriod, granted: Granted[]): void {
  const part = product.parts.at(-1);
  if (part === undefined || !isEligible(draft, product.product, part, ruleset.body.eligibility)) return;
  for (const terms of termsOf(ruleset)) granted.push(grantedTo(product.product.id, terms));
}

const termsOf = preparedOnce((ruleset: BundleDiscountRuleset): readonly Terms[] =>
  (ruleset.body.discounts ?? []).map((discount, index) => ({
    ruleset: identityOf(ruleset),
    row: `/body/discounts/${index}`,
    priority: ruleset.body.priority ?? usualPriority,
    permanent: true,
    stacking: ruleset.body.stacking,
    discount,
    why: { code: `line.discount.bundle.${discount.effect.op}`, values: figureOf(discount.effect) },
  })),
);
