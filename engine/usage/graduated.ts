/**
 * What do units cost when each band of them has its own price? Also called: graduated, stairstep, 段階制（区間ごと）,
 * 電気料金の三段階. 300 kWh at 120 × 20 + 180 × 25 are 6,900.
 */
import type { GraduatedPrice, Sentence, Tier } from '#schemas/generated/types.ts';
import { compare, exact, least, minus, plus, times, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import type { Counted, Priced } from './prices.ts';
import { spansOf } from './tiers.ts';

export function graduated(price: GraduatedPrice, { units }: Counted): Priced {
  let amount = ZERO;
  const reached: InTier[] = [];
  for (const { tier, above, upTo } of spansOf(price.tiers)) {
    if (compare(units, above) <= 0) break;
    const inTier = minus(upTo === null ? units : least(units, upTo), above);
    const flat = tier.flat === undefined ? ZERO : exact(tier.flat);
    const part = plus(times(exact(tier.unitPrice), inTier), flat);
    amount = plus(amount, part);
    reached.push({ tier, units: inTier, flat, amount: part });
  }
  const only = reached.length === 1 ? reached[0]!.tier : undefined;
  return {
    amount,
    unitPrice: only === undefined || only.flat !== undefined ? null : exact(only.unitPrice),
    row: `/tiers/${Math.max(0, reached.length - 1)}`,
    why: { code: 'line.usage.graduated', values: { units: toText(units), tiers: String(reached.length) } },
    steps: () => reached.map(stepOf),
  };
}

/** What falls into a tier, and what it comes to. */
interface InTier {
  readonly tier: Tier;
  readonly units: Exact;
  readonly flat: Exact;
  readonly amount: Exact;
}

const stepOf = ({ tier, units, flat, amount }: InTier): Sentence => ({
  code: 'trace.usage.tier',
  values: { units: toText(units), unitPrice: tier.unitPrice, flat: toText(flat), amount: toText(amount) },
});
