/**
 * Can several discounts, each a share of the list price, come to more than the whole of it?
 * Also called: discount stacking, over-discounting, 割引の重なり、100 % 超. 60 % and 50 % of the list price: the bill stops at zero,
 * and what the author meant is not what the customer gets.
 */
import { below } from '#engine/diagnostics/pointer.ts';
import { compare, exact, fromInteger, greatest, plus, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import type { DiscountTarget, Effect, Ruleset } from '#schemas/generated/types.ts';
import type { Check, Known } from '../known.ts';
import { areRivals, mayMeet, sharedCharge } from './discounts.ts';

/** A share of the list price that a ruleset takes off, and where it says so; of a ladder the highest step. */
interface Share {
  readonly percent: Exact;
  readonly target: DiscountTarget;
  readonly path: string;
}

/** In the order in which they are taken, unless a billing cycle has another. */
export const discountKinds = ['tenureDiscount', 'bundleDiscount', 'campaign'] as const;

/** Told of the discount that comes last, by kind and id: with it the whole is exceeded. */
export const checkStackedDiscounts: Check = (ruleset, known, report) => {
  const own = sharesOf(ruleset);
  if (own.length === 0) return;
  const earlier = discountKinds
    .flatMap((kind): readonly Ruleset[] => known.ofKind(kind))
    .filter((other) => comesBefore(other, ruleset) && !areOfOneGroup(other, ruleset) && mayMeet(other, ruleset, known));
  for (const { percent, target, path } of own) {
    const beside = [...own.filter((share) => share.path < path), ...earlier.flatMap(sharesOf)];
    const meeting = beside.filter((share) => sharedCharge(share.target, target, known) !== undefined);
    const total = meeting.map((share) => share.percent).reduce(plus, percent);
    const charge = target.charges[0] ?? '';
    if (meeting.length === 0 || compare(total, fromInteger(100)) <= 0) continue;
    report('discounts-above-whole', path, { charge, percent: toText(total), others: namesOf(earlier, target, known) });
  }
};

function sharesOf(ruleset: Ruleset): readonly Share[] {
  switch (ruleset.kind) {
    case 'campaign':
    case 'bundleDiscount':
      return ruleset.body.discounts.flatMap(({ effect, target, base }, index) =>
        base === 'list' && effect.op === 'percentOff'
          ? [{ percent: exact(effect.percent), target, path: below('/body/discounts', index, 'effect') }]
          : [],
      );
    case 'tenureDiscount': {
      const { base, steps, target } = ruleset.body;
      const highest = steps.map(({ effect }) => percentOf(effect)).reduce(greatest, ZERO);
      return base === 'list' && compare(highest, ZERO) > 0 ? [{ percent: highest, target, path: '/body/steps' }] : [];
    }
    default:
      return [];
  }
}

const percentOf = (effect: Effect): Exact => (effect.op === 'percentOff' ? exact(effect.percent) : ZERO);

const orderOf = ({ kind }: Ruleset): number => (discountKinds as readonly string[]).indexOf(kind);

export const comesBefore = (a: Ruleset, b: Ruleset): boolean =>
  orderOf(a) < orderOf(b) || (a.kind === b.kind && a.id < b.id);

/** Of one group only one holds, whichever it is. */
export function areOfOneGroup(a: Ruleset, b: Ruleset): boolean {
  if (areRivals(a, b)) return true;
  const [one, other] = [a, b].map((ruleset) =>
    ruleset.kind === 'campaign' || ruleset.kind === 'bundleDiscount' ? ruleset.body.stacking?.group : undefined,
  );
  return one !== undefined && one === other;
}

const namesOf = (others: readonly Ruleset[], target: DiscountTarget, known: Known): string =>
  others
    .filter((other) => sharesOf(other).some((share) => sharedCharge(share.target, target, known) !== undefined))
    .map(({ kind, id }) => `${kind}/${id}`)
    .join(', ');
