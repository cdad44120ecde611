/**
 * Is more taken off than there is to take it from? An amount beyond the price, alone or after what percentages have left of it:
 * the bill stops at zero, and the rest is given to nobody.
 * Also called: over-discounting, 値引き額が料金を超える、割引の上限.
 */
import { below } from '#engine/diagnostics/pointer.ts';
import {
  compare,
  dividedBy,
  exact,
  fromInteger,
  isNegative,
  least,
  minus,
  plus,
  times,
  toText,
  ZERO,
  type Exact,
} from '#engine/money/exact.ts';
import type { DiscountTarget, Effect, OfferingRuleset, RatePlanRuleset, Ruleset } from '#schemas/generated/types.ts';
import type { Check, Known } from '../known.ts';
import { mayMeet } from './discounts.ts';
import { areOfOneGroup, comesBefore, discountKinds } from './stacked-discounts.ts';

interface AmountOff {
  readonly effect: Extract<Effect, { op: 'amountOff' | 'percentOff' }>;
  readonly base: 'remaining' | 'list';
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
    if (last.effect.op === 'percentOff' && last.base === 'remaining') continue;
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
    // Amounts alone explain more than percentages do; shares alone are told as such: discounts-above-whole.
    const amounts = [...meeting, last].filter(({ effect }) => effect.op === 'amountOff');
    const sums = [
      ...(last.effect.op === 'amountOff' ? [amounts] : []),
      ...(amounts.length > 0 ? [[...meeting, last]] : []),
    ];
    for (const all of sums) {
      const off = all.reduce((sum, each) => plus(sum, takenBy(each, price, sum, plan)), ZERO);
      const others = new Set(all.slice(0, -1).map(({ of }) => `${of.kind}/${of.id}`));
      if (compare(off, price) > 0) return [{ offering, price, off, others: [...others].join(', ') }];
    }
    return [];
  });
}

/** What one takes where so much of the price is taken already: a share is of its own charges, or of what is left of all. */
function takenBy({ effect, base, target }: AmountOff, price: Exact, taken: Exact, plan: RatePlanRuleset): Exact {
  if (effect.op === 'amountOff') return exact(effect.amount);
  const own = fixedPriceOf(plan, target) ?? ZERO;
  const left = minus(price, taken);
  const of = base === 'list' ? own : isNegative(left) ? ZERO : least(left, own);
  return dividedBy(times(of, exact(effect.percent)), fromInteger(100));
}

/** What the plan's charges among the target come to, where all of them have a price that is known beforehand. */
export function fixedPriceOf({ body }: RatePlanRuleset, { charges }: DiscountTarget): Exact | undefined {
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
      return ruleset.body.discounts.flatMap(({ effect, target, base = 'remaining' }, index) =>
        isMeasured(effect)
          ? [{ ...{ effect, base, target }, path: below('/body/discounts', index, 'effect'), of: ruleset }]
          : [],
      );
    case 'tenureDiscount': {
      const { steps, target, base = 'remaining' } = ruleset.body;
      return steps
        .flatMap(({ effect }, index): readonly AmountOff[] =>
          isMeasured(effect)
            ? [{ ...{ effect, base, target }, path: below('/body/steps', index, 'effect'), of: ruleset }]
            : [],
        )
        .toSorted((a, b) => compare(sizeOf(b), sizeOf(a)))
        .slice(0, 1);
    }
    default:
      return [];
  }
}

const isMeasured = (effect: Effect): effect is AmountOff['effect'] =>
  effect.op === 'amountOff' || effect.op === 'percentOff';

const sizeOf = ({ effect }: AmountOff): Exact => exact(effect.op === 'amountOff' ? effect.amount : effect.percent);
