/**
 * What do units cost when the total chooses one price for all of them? Also called: volume pricing, all-units discount,
 * 段階制（総量）, ボリュームディスカウント. 20 licences at 8,000 from the tier above 10 are 160,000.
 */
import type { VolumePrice } from '#schemas/generated/types.ts';
import { compare, exact, isZero, ONE, plus, times, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import { noSteps, type Counted, type Priced } from './prices.ts';
import { spansOf, type TierSpan } from './tiers.ts';

export function volume(price: VolumePrice, { units }: Counted): Priced {
  const spans = spansOf(price.tiers);
  const span = spans.find(({ upTo }) => upTo === null || compare(units, upTo) <= 0) ?? spans.at(-1);
  if (span === undefined) throw new Error('a volume price has no tier');
  const flatOf = ({ tier }: TierSpan): Exact =>
    tier.flat === undefined || (isZero(units) && price.withoutUse !== 'due') ? ZERO : exact(tier.flat);
  const own = plus(times(exact(span.tier.unitPrice), units), flatOf(span));
  if (price.bestOf === true && !isZero(units)) {
    const cheaper = cheapestAbove(spans.slice(span.index + 1), own);
    if (cheaper !== undefined) return cheaper;
  }
  const unitPrice = exact(span.tier.unitPrice);
  return {
    amount: own,
    unitPrice,
    row: `/tiers/${span.index}`,
    why: {
      code: 'line.usage.volume',
      values: {
        units: toText(units),
        unitPrice: span.tier.unitPrice,
        above: toText(span.above),
        upTo: span.tier.upTo ?? 'none',
        flat: toText(flatOf(span)),
      },
    },
    steps: noSteps,
  };
}

const amountIn = ({ tier }: TierSpan, units: Exact): Exact =>
  plus(times(exact(tier.unitPrice), units), exact(tier.flat ?? '0'));

/** The smallest quantity of a higher tier, where that costs less: 16 at 10,000 are billed as 20 at 8,000. */
function cheapestAbove(spans: readonly TierSpan[], own: Exact): Priced | undefined {
  let best: Priced | undefined;
  for (const span of spans) {
    const smallest = plus(span.above, ONE);
    const amount = amountIn(span, smallest);
    if (compare(amount, best?.amount ?? own) >= 0) continue;
    best = {
      amount,
      unitPrice: null,
      row: `/tiers/${span.index}`,
      why: {
        code: 'line.usage.bestOf',
        values: {
          smallest: toText(smallest),
          unitPrice: span.tier.unitPrice,
          amount: toText(amount),
          own: toText(own),
        },
      },
      steps: noSteps,
    };
  }
  return best;
}
