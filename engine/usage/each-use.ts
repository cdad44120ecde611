/**
 * What does one use cost by itself, where each has a least or a most, or is rounded before uses are added? And which uses of a
 * month are free, until so many, or so much, have been? Also called: per-call minimum, maximum cost of a call, per-transaction
 * fee limits, 1 件ごとの下限・上限, 1 通話ごとの端数処理, 月間の無料件数.
 */
import type { PercentagePrice, UsageCharge, UsagePrice } from '#schemas/generated/types.ts';
import { compare, exact, greatest, isZero, least, minus, times, ZERO, type Exact } from '#engine/money/exact.ts';
import { roundToStep, type RoundingMode } from '#engine/money/rounding.ts';
import { preparedOnce } from '#engine/rulesets/prepared.ts';
import { percentageRate } from './percentage.ts';

/** How a use is priced by itself. */
export interface EachUse {
  readonly unitPrice: Exact;
  readonly minimum: Exact | null;
  readonly maximum: Exact | null;
  readonly rounding: { readonly mode: RoundingMode; readonly step: Exact } | null;
}

/** Of what the uses of a month come to, the free ones go first: so many, or so much of the meter, whichever is over sooner. */
export interface FreeUses {
  readonly uses: number | null;
  readonly amount: Exact | null;
}

/** Null where uses are priced together, as most are: units of all of them, times what a unit costs. */
export function eachUseOf(charge: UsageCharge, row: number | null): EachUse | null {
  const { eachUse, unit, aggregate = 'sum', price } = charge;
  if (eachUse === undefined || unit.per !== 'event' || aggregate !== 'sum') return null;
  const unitPrice = unitPriceOf(price, row);
  if (unitPrice === null) return null;
  const { minimum, maximum, rounding } = eachUse;
  return {
    unitPrice,
    minimum: minimum === undefined ? null : exact(minimum),
    maximum: maximum === undefined ? null : exact(maximum),
    rounding: rounding === undefined ? null : { mode: rounding.mode, step: exact(rounding.step) },
  };
}

function unitPriceOf(price: UsagePrice, row: number | null): Exact | null {
  switch (price.model) {
    case 'perUnit':
      return exact(price.unitPrice);
    case 'percentage':
      return percentageRate(price);
    case 'matrix':
      return row === null ? null : exact(price.rows[row]!.unitPrice);
    default:
      return null;
  }
}

/** The price of a use: 3 % of 100 are 3, with a minimum of 10 they are 10. A use of which nothing is charged costs nothing. */
export function priceOfUse({ unitPrice, minimum, maximum, rounding }: EachUse, units: Exact): Exact {
  if (isZero(units)) return ZERO;
  const worked = times(unitPrice, units);
  const raised = minimum === null ? worked : greatest(worked, minimum);
  const bounded = maximum === null ? raised : least(raised, maximum);
  return rounding === null ? bounded : roundToStep(bounded, rounding.mode, rounding.step);
}

export const freeUsesOf = ({ price }: Pick<UsageCharge, 'price'>): FreeUses | null =>
  price.model !== 'percentage' || (price.freeUses === undefined && price.freeAmount === undefined)
    ? null
    : { uses: price.freeUses ?? null, amount: price.freeAmount === undefined ? null : exact(price.freeAmount) };

/** How much of a quantity is free, after so many uses and so much that were. */
export function freeOfUse(
  free: FreeUses,
  used: { readonly uses: number; readonly amount: Exact },
  quantity: Exact,
): Exact {
  if (free.uses !== null && used.uses >= free.uses) return ZERO;
  if (free.amount === null) return quantity;
  const left = minus(free.amount, used.amount);
  return compare(left, ZERO) > 0 ? least(left, quantity) : ZERO;
}

/** The charge without free uses: what arrives late finds them gone. */
export const withoutFreeUses = preparedOnce((charge: UsageCharge): UsageCharge => {
  const { freeUses: _, freeAmount: __, ...price } = charge.price as PercentagePrice;
  return { ...charge, price };
});
