/**
 * What does usage cost between a floor and a ceiling? Also called: double flat rate, ダブル定額, 二段階定額.
 * Floor 1,000, unit 0.08, ceiling 4,200: 30,000 packets are 2,400; the rate holds from 12,500 to 52,500 packets.
 */
import type { DoubleFlatPrice } from '#schemas/generated/types.ts';
import { compare, exact, greatest, least, times, toText } from '#engine/money/exact.ts';
import { noSteps, type Counted, type Priced } from './prices.ts';

export function doubleFlat(price: DoubleFlatPrice, { units }: Counted): Priced {
  const floor = exact(price.floor);
  const ceiling = exact(price.ceiling);
  const unitPrice = exact(price.unitPrice);
  const linear = times(unitPrice, units);
  const amount = least(ceiling, greatest(floor, linear));
  const isLinear = compare(amount, linear) === 0;
  const which = isLinear ? 'linear' : compare(amount, ceiling) === 0 ? 'ceiling' : 'floor';
  return {
    amount,
    unitPrice: isLinear ? unitPrice : null,
    row: which === 'linear' ? '/unitPrice' : `/${which}`,
    why: {
      code: `line.usage.doubleFlat.${which}`,
      values: {
        units: toText(units),
        unitPrice: price.unitPrice,
        linear: toText(linear),
        floor: price.floor,
        ceiling: price.ceiling,
      },
    },
    steps: noSteps,
  };
}
