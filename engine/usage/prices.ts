/**
 * What do so many units cost? One file a shape; a new shape is a new file and its line here.
 * Also called: pricing model, rate shape, 料金体系, 従量の計算式.
 */
import type { Sentence, UsagePrice } from '#schemas/generated/types.ts';
import type { Exact } from '#engine/money/exact.ts';
import { doubleFlat } from './double-flat.ts';
import { graduated } from './graduated.ts';
import { matrix } from './matrix.ts';
import { packages } from './package.ts';
import { percentage } from './percentage.ts';
import { perUnit } from './per-unit.ts';
import { steppedFlat } from './stepped-flat.ts';
import { volume } from './volume.ts';

/** What is to be priced: units, and the row of the price table that they chose (null where there is no table). */
export interface Counted {
  readonly units: Exact;
  readonly tableRow: number | null;
}

/** The price of a quantity, not rounded; `unitPrice` is null when there is not just one. */
export interface Priced {
  readonly amount: Exact;
  readonly unitPrice: Exact | null;
  /** Where in the price the figure stands, below the price's own place, such as '/tiers/2'. */
  readonly row: string;
  readonly why: Sentence;
  /** Worked out where a trace asks for them. */
  readonly steps: () => readonly Sentence[];
}

type Shapes = {
  readonly [M in UsagePrice['model']]: (price: Extract<UsagePrice, { model: M }>, counted: Counted) => Priced;
};

const shapes: Shapes = { perUnit, volume, graduated, doubleFlat, package: packages, steppedFlat, percentage, matrix };

export function priceOf(price: UsagePrice, counted: Counted): Priced {
  return (shapes[price.model] as (price: UsagePrice, counted: Counted) => Priced)(price, counted);
}

/** Of a shape whose sentence says it all. */
export const noSteps = (): readonly Sentence[] => none;

const none: readonly Sentence[] = [];

/** Whether something is owed when nothing was used: the floor, or the flat part of the first tier as the price says. */
export function isDueWithoutUse(price: UsagePrice): boolean {
  switch (price.model) {
    case 'doubleFlat':
      return true;
    case 'steppedFlat':
      return price.withoutUse !== 'notDue';
    case 'volume':
    case 'graduated':
      return price.withoutUse === 'due';
    default:
      return false;
  }
}
