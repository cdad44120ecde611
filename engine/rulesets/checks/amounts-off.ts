/**
 * Is more taken off than there is to take it from? An amount beyond the price: the bill stops at zero, and the rest is given to nobody.
 * Also called: over-discounting, 値引き額が料金を超える、割引の上限.
 */
import { below } from '#engine/diagnostics/pointer.ts';
import { compare, exact, plus, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import type { DiscountTarget, Effect, OfferingRuleset, RatePlanRuleset, Ruleset } from '#schemas/generated/types.ts';
import type { Check, Known } from '../known.ts';
import { mayMeet } from './discounts.ts';
import { areOfOneGroup, comesBefore, discountKinds } from './stacked-discounts.ts';

interface AmountOff {
  readonly amount: Exact;
  readonly target: DiscountTarget;
  readonly path: string;
  readonly of: Ruleset;
}

/** Told of the discount that comes last, with the offering where the most is lost. Of a ladder the highest step counts. */
export const checkAmountsOff: Check = (ruleset, known, report) => {
  const own = amountsOf(ruleset);
  if (own.length === 0) return;
  const earlier = discountKinds
    .flatMap((kind): readonly Ruleset[] => known.ofKind(kind))
    .filter((other) => comesBefore(other, ruleset) && !areOfOneGroup(other, ruleset) && mayMeet(other, ruleset, known))
    .flatMap(amountsOf);
  for (const last of own) {
    const beside = [...own.filter(({ path }) => path < last.path), ...earlier];
    const worst = [...known.reachedBy(last.target)]
      .flatMap((offering) => takenOffOffering(last, beside, offering, known))
      .reduce<Taken | undefined>((most, one) => (most === undefined || isWorse(one, most) ? one : most), undefined);
    if (worst === undefined) continue;
    const { offering, price, off, others } = worst;
    const values = { offering: offering.id, price: toText(price), off: toText(off) };
    report('discount-above-price', last.path, { ...values, others: others === '' ? 'none' : others });
  }
};

interface Taken {
  readonly offering: OfferingRuleset;
  readonly price: Exact;
  readonly off: Exact;
  readonly others: string;
}

const isWorse = (one: Taken, other: Taken): boolean =>
  compare(plus(one.off, other.price), plus(other.off, one.price)) > 0;

/** What is taken off a unit of the offering, under each version of its plan where that is more than its price. */
function takenOffOffering(
  last: AmountOff,
  beside: readonly AmountOff[],
  offering: OfferingRuleset,
  known: Known,
): readonly Taken[] {
  return known.ofKind('ratePlan').flatMap((plan): readonly Taken[] => {
    if (plan.id !== offering.body.ratePlan || !mayMeet(plan, last.of, known)) return [];
    const price = fixedPriceOf(plan, last.target);
    if (price === undefined) return [];
    const meeting = beside.filter(({ target }) => isWithin(target, last.target, plan, offering, known));
    const off = meeting.map(({ amount }) => amount).reduce(plus, last.amount);
    const others = [...new Set(meeting.map(({ of }) => `${of.kind}/${of.id}`))].join(', ');
    return compare(off, price) > 0 ? [{ offering, price, off, others }] : [];
  });
}

/** What the plan's charges among the target come to, where all of them have a price that is known beforehand. */
function fixedPriceOf({ body }: RatePlanRuleset, { charges }: DiscountTarget): Exact | undefined {
  let sum: Exact | undefined;
  for (const charge of body.charges) {
    if (!charges.includes(charge.id)) continue;
    if (charge.type !== 'recurring' && charge.type !== 'oneTime') return undefined;
    sum = plus(sum ?? ZERO, exact(charge.price));
  }
  return sum;
}

/** Whether another discount of the offering is taken from charges of the target only. */
function isWithin(
  other: DiscountTarget,
  target: DiscountTarget,
  { body }: RatePlanRuleset,
  offering: OfferingRuleset,
  known: Known,
): boolean {
  const of = body.charges.filter(({ id }) => other.charges.includes(id));
  return of.length > 0 && of.every(({ id }) => target.charges.includes(id)) && known.reachedBy(other).has(offering);
}

function amountsOf(ruleset: Ruleset): readonly AmountOff[] {
  switch (ruleset.kind) {
    case 'campaign':
    case 'bundleDiscount':
      return ruleset.body.discounts.flatMap(({ effect, target }, index) => {
        const amount = amountIn(effect);
        return amount === undefined
          ? []
          : [{ amount, target, path: below('/body/discounts', index, 'effect'), of: ruleset }];
      });
    case 'tenureDiscount': {
      const { steps, target } = ruleset.body;
      return steps
        .flatMap(({ effect }, index): readonly AmountOff[] => {
          const amount = amountIn(effect);
          return amount === undefined
            ? []
            : [{ amount, target, path: below('/body/steps', index, 'effect'), of: ruleset }];
        })
        .toSorted((a, b) => compare(b.amount, a.amount))
        .slice(0, 1);
    }
    default:
      return [];
  }
}

const amountIn = (effect: Effect): Exact | undefined => (effect.op === 'amountOff' ? exact(effect.amount) : undefined);
