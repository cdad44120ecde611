/**
 * What does each unit cost when all cost the same? Also called: pure usage, 従量課金, 単価制.
 * 3 blocks of 30 seconds at 20 yen are 60 yen.
 */
import type { PerUnitPrice } from '#schemas/generated/types.ts';
import { exact, times, toText } from '#engine/money/exact.ts';
import { noSteps, type Counted, type Priced } from './prices.ts';

export function perUnit(price: PerUnitPrice, { units }: Counted): Priced {
  const unitPrice = exact(price.unitPrice);
  return {
    amount: times(unitPrice, units),
    unitPrice,
    row: '',
    why: { code: 'line.usage.perUnit', values: { units: toText(units), unitPrice: price.unitPrice } },
    steps: noSteps,
  };
}
