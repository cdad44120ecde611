/**
 * What does a discount take off the charges of a plan over so many months, at most, as far as the plan tells?
 * Also called: benefit in money, 特典の総額、料金の割引額. 500 off a monthly 3,000 and once off a fee of 3,000: 6,500 in a year.
 */
import type { Charge, CyclicCharge, DiscountTarget, Effect, RatePlanRuleset } from '#schemas/generated/types.ts';
import { dividedBy, exact, fromInteger, isZero, plus, times, ZERO, type Exact } from '#engine/money/exact.ts';
import type { Known } from '#engine/rulesets/known.ts';
import { takenOffPrice, withoutTax } from './monthly-charge.ts';

/**
 * Without tax. What is charged every month is taken together, all else each time by itself. Of what use decides only an
 * amount off is known; a part of it, or all, is not, and is left out. Of a quantity one unit counts.
 */
export function benefitOf(
  effect: Effect,
  { charges }: DiscountTarget,
  plan: RatePlanRuleset,
  { months, known, on }: { readonly months: number; readonly known: Known; readonly on: string },
): Exact {
  const targeted = plan.body.charges.filter(({ id }) => charges.includes(id));
  const priced = targeted.map((charge) => occasionsOf(charge, months, known, on));
  const isUsed = targeted.some(({ type }) => type === 'usage' || type === 'passThrough');
  const monthly = priced.filter((one) => one.times === 'monthly').reduce((sum, one) => plus(sum, one.price), ZERO);
  const aMonth = isUsed && effect.op === 'amountOff' ? exact(effect.amount) : takenOffPrice(effect, monthly);
  return priced.reduce(
    (sum, one) =>
      one.times === 'monthly' ? sum : plus(sum, times(takenOffPrice(effect, one.price), fromInteger(one.times))),
    times(aMonth, fromInteger(months)),
  );
}

/**
 * The charges of which the plan does not tell what the discount takes off: a part, or all, of what use decides, and
 * whatever is priced by tier. A discount of nothing is none.
 */
export function notTold(effect: Effect, { charges }: DiscountTarget, plan: RatePlanRuleset): readonly Charge[] {
  if (effect.op === 'percentOff' && isZero(exact(effect.percent))) return [];
  return plan.body.charges.filter((charge) => {
    if (!charges.includes(charge.id)) return false;
    if (charge.type === 'quantity') return charge.price.model !== 'perUnit';
    return (charge.type === 'usage' || charge.type === 'passThrough') && effect.op !== 'amountOff';
  });
}

interface Occasions {
  readonly price: Exact;
  readonly times: number | 'monthly';
}

function occasionsOf(charge: Charge, months: number, known: Known, on: string): Occasions {
  switch (charge.type) {
    case 'recurring':
      return { price: withoutTax(charge.price, charge, known, on), times: 'monthly' };
    case 'quantity':
      return charge.price.model === 'perUnit'
        ? { price: withoutTax(charge.price.unitPrice, charge, known, on), times: 'monthly' }
        : { price: ZERO, times: 0 };
    case 'oneTime':
      return { price: withoutTax(charge.price, charge, known, on), times: 1 };
    case 'instalment': {
      const part = dividedBy(withoutTax(charge.total, charge, known, on), fromInteger(charge.parts));
      return { price: part, times: Math.min(charge.parts, months) };
    }
    case 'cyclic':
      return { price: withoutTax(charge.price, charge, known, on), times: timesDue(charge, months) };
    case 'usage':
    case 'passThrough':
    case 'statutory':
      return { price: ZERO, times: 0 };
  }
}

/** How often it falls due at most: every three months five times in fourteen, counting the first day. */
function timesDue({ every, times: atMost }: CyclicCharge, months: number): number {
  const due = every.unit === 'month' ? Math.ceil(months / every.count) : Math.ceil((months * 31) / lengthInDays(every));
  return Math.min(atMost ?? due, due);
}

const lengthInDays = ({ unit, count }: CyclicCharge['every']): number => (unit === 'week' ? 7 * count : count);
