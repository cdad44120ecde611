/**
 * What does a share of an amount of money come to? Also called: percentage fee, 従価課金, 決済手数料.
 * 3.25 % of 10,000 are 325.
 */
import type { PercentagePrice } from '#schemas/generated/types.ts';
import { exact, times, toText, type Exact } from '#engine/money/exact.ts';
import { noSteps, type Counted, type Priced } from './prices.ts';

/** What one unit of money costs: 3.25 % are 0.0325. */
export const percentageRate = ({ percent }: PercentagePrice): Exact => times(exact(percent), { n: 1n, d: 100n });

export function percentage(price: PercentagePrice, { units }: Counted): Priced {
  const rate = percentageRate(price);
  return {
    amount: times(units, rate),
    unitPrice: rate,
    row: '/percent',
    why: { code: 'line.usage.percentage', values: { units: toText(units), percent: price.percent } },
    steps: noSteps,
  };
}
