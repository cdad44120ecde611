/**
 * What do units cost when the total chooses one price for all of them? Also called: volume pricing, all-units discount,
 * 段階制（総量）, ボリュームディスカウント. 20 licences at 8,000 from the tier above 10 are 160,000.
 */
import type { VolumePrice } from '#schemas/generated/types.ts';
import { compare, exact, isZero, plus, times, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import type { Priced } from './prices.ts';
import { spansOf } from './tiers.ts';

export function volume(price: VolumePrice, units: Exact): Priced {
  const spans = spansOf(price.tiers);
  const span = spans.find(({ upTo }) => upTo === null || compare(units, upTo) <= 0) ?? spans.at(-1);
  if (span === undefined) throw new Error('a volume price has no tier');
  const unitPrice = exact(span.tier.unitPrice);
  const flat = isZero(units) || span.tier.flat === undefined ? ZERO : exact(span.tier.flat);
  return {
    amount: plus(times(unitPrice, units), flat),
    unitPrice,
    row: `/tiers/${span.index}`,
    why: {
      code: 'line.usage.volume',
      values: {
        units: toText(units),
        unitPrice: span.tier.unitPrice,
        above: toText(span.above),
        upTo: span.tier.upTo ?? '∞',
        flat: toText(flat),
      },
    },
    steps: [],
  };
}
