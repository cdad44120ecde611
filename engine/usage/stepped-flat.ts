/**
 * What does usage cost when the total chooses one flat price? Also called: stepped flat, 段階定額, 使った分だけ定額.
 * Up to 1 GB 980, up to 3 GB 1,980: 2.1 GB are 1,980, and nothing used is the first step, unless that is not due.
 */
import type { SteppedFlatPrice } from '#schemas/generated/types.ts';
import { compare, exact, isZero, toText, ZERO } from '#engine/money/exact.ts';
import { noSteps, type Counted, type Priced } from './prices.ts';

export function steppedFlat(price: SteppedFlatPrice, { units }: Counted): Priced {
  const found = price.steps.findIndex(({ upTo }) => upTo === null || compare(units, exact(upTo)) <= 0);
  const index = found === -1 ? price.steps.length - 1 : found;
  const step = price.steps[index];
  if (step === undefined) throw new Error('a stepped flat price has no step');
  if (isZero(units) && price.withoutUse === 'notDue') return notDue();
  return {
    amount: exact(step.price),
    unitPrice: null,
    row: `/steps/${index}`,
    why: {
      code: 'line.usage.steppedFlat',
      values: { units: toText(units), upTo: step.upTo ?? 'none', price: step.price },
    },
    steps: noSteps,
  };
}

const notDue = (): Priced => ({
  amount: ZERO,
  unitPrice: null,
  row: '/withoutUse',
  why: { code: 'line.usage.notDue', values: {} },
  steps: noSteps,
});
