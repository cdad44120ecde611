/**
 * What do units cost when each band of them has its own price? Also called: graduated, stairstep, 段階制（区間ごと）,
 * 電気料金の三段階. 300 kWh at 120 × 20 + 180 × 25 are 6,900.
 */
import type { GraduatedPrice, Sentence } from '#schemas/generated/types.ts';
import { compare, exact, least, minus, plus, times, toText, ZERO } from '#engine/money/exact.ts';
import type { Counted, Priced } from './prices.ts';
import { spansOf } from './tiers.ts';

export function graduated(price: GraduatedPrice, { units }: Counted): Priced {
  let amount = ZERO;
  const steps: Sentence[] = [];
  let last = 0;
  for (const { tier, index, above, upTo } of spansOf(price.tiers)) {
    if (compare(units, above) <= 0) break;
    const inTier = minus(upTo === null ? units : least(units, upTo), above);
    const flat = tier.flat === undefined ? ZERO : exact(tier.flat);
    const part = plus(times(exact(tier.unitPrice), inTier), flat);
    amount = plus(amount, part);
    last = index;
    steps.push({
      code: 'trace.usage.tier',
      values: { units: toText(inTier), unitPrice: tier.unitPrice, flat: toText(flat), amount: toText(part) },
    });
  }
  const only = steps.length === 1 ? price.tiers[last] : undefined;
  return {
    amount,
    unitPrice: only === undefined || only.flat !== undefined ? null : exact(only.unitPrice),
    row: `/tiers/${last}`,
    why: { code: 'line.usage.graduated', values: { units: toText(units), tiers: String(steps.length) } },
    steps,
  };
}
