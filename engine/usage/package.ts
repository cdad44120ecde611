/**
 * What do packages cost when a started one counts whole? Also called: package pricing, block pricing, パッケージ課金, まとめ売り.
 * 2.1 GB in packages of 1 GB at 500 are 1,500.
 */
import type { PackagePrice } from '#schemas/generated/types.ts';
import { dividedBy, exact, fromInteger, times, toText } from '#engine/money/exact.ts';
import { ceilingOf } from '#engine/money/rounding.ts';
import { noSteps, type Counted, type Priced } from './prices.ts';

export function packages(price: PackagePrice, { units }: Counted): Priced {
  const count = fromInteger(ceilingOf(dividedBy(units, exact(price.size))));
  return {
    amount: times(exact(price.price), count),
    unitPrice: null,
    row: '/price',
    why: {
      code: 'line.usage.package',
      values: { units: toText(units), size: price.size, packages: toText(count), price: price.price },
    },
    steps: noSteps,
  };
}
