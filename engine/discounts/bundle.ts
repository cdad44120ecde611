/**
 * What do products held together earn? Also called: bundle discount, set discount, セット割, まとめて割, コミコミ価格.
 * 500 off 4,200 while internet is held too: 3,700; when the partner ends on the 10th, that month keeps 3,700 or not,
 * as the ruleset says.
 */
import type { BundleDiscountRuleset } from '#schemas/generated/types.ts';
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import { contains } from '#engine/calendar/period.ts';
import { identityOf, type BillDraft, type Part, type ProductInPeriod } from '#engine/billing/draft.ts';
import { preparedOnce } from '#engine/rulesets/prepared.ts';
import { isEligible } from '#engine/billing/facts-of-part.ts';
import { figureOf } from './effect.ts';
import { grantedTo, type Granted, type Terms } from './granted.ts';

const usualPriority = 100;

export function bundleDiscounts(draft: BillDraft): readonly Granted[] {
  const granted: Granted[] = [];
  for (const ruleset of setsInForce(draft)) {
    if (!isComplete(draft, ruleset)) continue;
    for (const product of draft.products) grant(draft, ruleset, product, granted);
  }
  return granted;
}

export const setsInForce = ({ group, period }: BillDraft): readonly BundleDiscountRuleset[] =>
  group.release.allInForce('bundleDiscount', period.start);

/**
 * Whether the group holds the whole set: together on any day of the period, or still on its last day. A member that ends
 * on the 10th and another that begins on the 20th are never together; one that is suspended may break the set.
 */
export function isComplete(draft: BillDraft, { body }: BundleDiscountRuleset): boolean {
  const { requires, onBreak, whileSuspended = 'kept' } = body;
  const { services = none, offerings = none } = requires;
  // What is not held at all is known without looking at days.
  if (!services.every((one) => draft.services.includes(one))) return false;
  if (!offerings.every((one) => draft.offerings.includes(one))) return false;
  // Where nothing begins, ends or rests within the period, one day is like another.
  if (draft.partsHeld.every((parts) => isUnbroken(draft, parts))) return true;
  const { start, end } = draft.period;
  const days = onBreak === 'immediately' ? [addDays(end, -1)] : [start, ...firstDays(draft)];
  return days.some((day) => {
    const held = draft.partsHeld.flatMap((parts) => {
      const part = parts.find(({ period }) => contains(period, day));
      return part === undefined || (whileSuspended === 'broken' && part.stretch.status !== 'active')
        ? []
        : part.offering;
    });
    return (
      services.every((service) => held.some((offering) => offering.body.service === service)) &&
      offerings.every((offering) => held.some(({ id }) => id === offering))
    );
  });
}

const none: readonly string[] = [];

/** Held in the whole period without a change or a rest, or not at all. */
function isUnbroken({ period }: BillDraft, parts: readonly Part[]): boolean {
  const [part] = parts;
  if (part === undefined) return true;
  const { start, end } = part.period;
  return start === period.start && end === period.end && part.stretch.status === 'active';
}

/** The days within the period on which something begins: a set becomes complete on one of them, or was before. */
const firstDays = ({ partsHeld, period }: BillDraft): ReadonlySet<CivilDate> =>
  new Set(partsHeld.flatMap((parts) => parts.map((part) => part.period.start).filter((day) => day > period.start)));

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
