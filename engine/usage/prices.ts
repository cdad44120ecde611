/**
 * What do so many units cost? One file a shape; a new shape is a new file and its line here.
 * Also called: pricing model, rate shape, 料金体系, 従量の計算式.
 */
import type { Sentence, UsagePrice } from '#schemas/generated/types.ts';
import type { Exact } from '#engine/money/exact.ts';
import { doubleFlat } from './double-flat.ts';
import { graduated } from './graduated.ts';
import { perUnit } from './per-unit.ts';
import { volume } from './volume.ts';

/** The price of a quantity, not rounded; `unitPrice` is null when there is not just one. */
export interface Priced {
  readonly amount: Exact;
  readonly unitPrice: Exact | null;
  /** Where in the price the figure stands, below the price's own place, such as '/tiers/2'. */
  readonly row: string;
  readonly why: Sentence;
  readonly steps: readonly Sentence[];
}

type Shapes = {
  readonly [M in UsagePrice['model']]: (price: Extract<UsagePrice, { model: M }>, units: Exact) => Priced;
};

const shapes: Shapes = { perUnit, volume, graduated, doubleFlat };

export function priceOf(price: UsagePrice, units: Exact): Priced {
  return (shapes[price.model] as (price: UsagePrice, units: Exact) => Priced)(price, units);
}
