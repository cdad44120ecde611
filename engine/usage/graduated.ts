/**
 * What do units cost when each band of them has its own price? Also called: graduated, stairstep, 段階制（区間ごと）,
 * 電気料金の三段階. 300 kWh at 120 × 20 + 180 × 25 are 6,900.
 */
import type { GraduatedPrice, Sentence } from '#schemas/generated/types.ts';
import { compare, exact, least, minus, plus, times, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import type { Counted, Priced } from './prices.ts';
import { spansOf, type TierSpan } from './tiers.ts';

export function graduated(price: GraduatedPrice, { units }: Counted): Priced {
  const spans = spansOf(price.tiers);
  let amount = ZERO;
  let reached = 0;
  for (; reached < spans.length; reached += 1) {
    const span = spans[reached]!;
    if (compare(units, span.above) <= 0 && !(reached === 0 && price.withoutUse === 'due')) break;
    amount = plus(amount, amountIn(span, units));
  }
  const only = reached === 1 ? spans[0]!.tier : undefined;
  return {
    amount,
    unitPrice: only === undefined || only.flat !== undefined ? null : exact(only.unitPrice),
    row: `/tiers/${Math.max(0, reached - 1)}`,
    why: { code: 'line.usage.graduated', values: { units: toText(units), tiers: String(reached) } },
    steps: () => spans.slice(0, reached).map((span) => stepOf(span, units)),
  };
}

const unitsIn = ({ above, upTo }: TierSpan, units: Exact): Exact =>
  minus(upTo === null ? units : least(units, upTo), above);

function amountIn(span: TierSpan, units: Exact): Exact {
  const { unitPrice, flat } = span.tier;
  const linear = times(exact(unitPrice), unitsIn(span, units));
  return flat === undefined ? linear : plus(linear, exact(flat));
}

const stepOf = (span: TierSpan, units: Exact): Sentence => ({
  code: 'trace.usage.tier',
  values: {
    units: toText(unitsIn(span, units)),
    unitPrice: span.tier.unitPrice,
    flat: toText(exact(span.tier.flat ?? '0')),
    amount: toText(amountIn(span, units)),
  },
});
