/**
 * What does a plan cost a month at its list price, without tax? Also called: monthly charge, 月額、税抜.
 */
import type {
  Charge,
  CivilDate,
  Effect,
  RatePlanRuleset,
  RecurringCharge,
  TaxCategory,
} from '#schemas/generated/types.ts';
import { dividedBy, exact, greatest, least, minus, ONE, plus, times, ZERO, type Exact } from '#engine/money/exact.ts';
import type { Known } from '#engine/rulesets/known.ts';

/** The monthly charges of the plan: all, or those named. */
export function monthlyChargesOf({ body }: RatePlanRuleset, named?: readonly string[]): readonly RecurringCharge[] {
  return body.charges.filter(
    (charge): charge is RecurringCharge =>
      charge.type === 'recurring' && (named === undefined || named.includes(charge.id)),
  );
}

/** Their sum without tax, at the rates of the day. */
export function monthlyCharge(charges: readonly RecurringCharge[], known: Known, on: CivilDate): Exact {
  return charges.map((charge) => withoutTax(charge.price, charge, known, on)).reduce(plus, ZERO);
}

/** A price freed of the tax that it includes; 4,620 at 10 % is 4,200. */
export function withoutTax(
  price: string,
  {
    taxCategory,
    taxIncluded,
  }: Pick<Charge & { taxCategory: TaxCategory; taxIncluded?: boolean }, 'taxCategory' | 'taxIncluded'>,
  known: Known,
  on: CivilDate,
): Exact {
  if (taxIncluded !== true) return exact(price);
  const rate = known
    .ofKind('tax')
    .flatMap(({ body }) => body.rates)
    .find(({ category, from, to }) => category === taxCategory && from <= on && (to === null || on < to));
  return rate === undefined ? exact(price) : dividedBy(exact(price), plus(ONE, exact(rate.rate)));
}

/** What an effect takes off a price, never more than all of it. */
export function takenOffPrice(effect: Effect, price: Exact): Exact {
  switch (effect.op) {
    case 'percentOff':
      return times(price, times(exact(effect.percent), { n: 1n, d: 100n }));
    case 'amountOff':
      return least(price, exact(effect.amount));
    case 'fixedPrice':
      return greatest(ZERO, minus(price, exact(effect.price)));
    case 'free':
      return price;
  }
}
