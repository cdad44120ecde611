/**
 * In which tables does a kernel find its parameters? One number a slot (a plan and a meter), a cell (a slot and a kind of
 * use) or a piece of a price, all of them whole at the scale. Also called: parameter tables, パラメータ表.
 */
import { floorOfSafe, times, type Exact } from '#engine/money/exact.ts';
import type { UsageColumns } from './columns.ts';
import { parametersOf, placesOf, staysExact, type Parameters, type Price } from './scale.ts';
import { dispatchOf, kernelSlotsOf, keysOf, type KernelSlot } from './kernel-slots.ts';
import type { Tariff } from './tariff.ts';

export interface KernelTables {
  /** 10 ^ places is the scale. */
  readonly places: number;
  readonly meters: number;
  readonly combinations: number;
  /** By dimension: where the class of a word begins. */
  readonly offsets: readonly Uint32Array[];
  /** By plan, meter and kind of use, the slot; empty where the plan and the meter alone are the slot. */
  readonly dispatch: Int32Array;
  /** How many slots a plan has at most. */
  readonly keys: number;
  // By slot
  /** Which of its plan's slots it is. */
  readonly local: Uint32Array;
  /** 1 where the uses of the slot are left to fractions. */
  readonly left: Uint8Array;
  readonly size: Float64Array;
  readonly free: Float64Array;
  readonly included: Float64Array;
  readonly cap: Float64Array;
  readonly due: Uint8Array;
  readonly perEvent: Uint8Array;
  /** The first piece of a price by the total; -1 where the row of the use says the price. */
  readonly first: Int32Array;
  // By cell
  /** The price of a unit; NaN where no row answers, -Infinity where nothing is charged for such a use. */
  readonly rate: Float64Array;
  readonly connect: Float64Array;
  // By piece
  readonly upTo: Float64Array;
  readonly above: Float64Array;
  readonly base: Float64Array;
  readonly price: Float64Array;
  readonly step: Float64Array;
}

/** The tables of a tariff, and for each slot that is left to fractions the reason. */
export interface Scaled {
  readonly tables: KernelTables;
  readonly left: ReadonlyMap<number, string>;
}

export function tablesOf(tariff: Tariff, bounds: Pick<UsageColumns, 'largest' | 'mostUses'>): Scaled {
  const { slots, isSplit } = kernelSlotsOf(tariff);
  const left = new Map<number, string>();
  const provable = new Map<number, Parameters>();
  let places = 0;
  slots.forEach(({ place, slot }, number) => {
    if (slot === null) return;
    const parameters = parametersOf(slot);
    const own = typeof parameters === 'string' ? undefined : placesOf(parameters);
    if (typeof parameters === 'string') left.set(place, parameters);
    else if (own === undefined) left.set(place, 'decimals');
    else {
      provable.set(number, parameters);
      places = Math.max(places, own);
    }
  });
  for (const [number, parameters] of provable) {
    const { place } = slots[number]!;
    const largest = bounds.largest[place % tariff.meters] ?? 0;
    if (!staysExact(parameters, places, { largest, mostUses: bounds.mostUses })) left.set(place, 'too large');
  }
  // Charges of one meter share its allowance: where one is left to fractions, all are.
  for (const number of provable.keys()) if (left.has(slots[number]!.place)) provable.delete(number);
  return { tables: filled(tariff, slots, isSplit, provable, left, places), left };
}

function filled(
  tariff: Tariff,
  slots: readonly KernelSlot[],
  isSplit: boolean,
  provable: ReadonlyMap<number, Parameters>,
  left: ReadonlyMap<number, string>,
  places: number,
): KernelTables {
  const { meters, combinations, dimensions } = tariff;
  const scaled = (amount: Exact): number => floorOfSafe(times(amount, { n: 10n ** BigInt(places), d: 1n }));
  const pieces: { upTo: number; above: number; base: number; price: number; step: number }[] = [];
  const cells = slots.length * combinations;
  const tables = {
    left: new Uint8Array(slots.length),
    size: new Float64Array(slots.length).fill(1),
    free: new Float64Array(slots.length),
    included: new Float64Array(slots.length),
    cap: new Float64Array(slots.length).fill(Infinity),
    due: new Uint8Array(slots.length),
    perEvent: new Uint8Array(slots.length).fill(1),
    first: new Int32Array(slots.length).fill(-1),
    rate: new Float64Array(cells).fill(-Infinity),
    connect: new Float64Array(cells),
  };
  if (!isSplit) for (const place of left.keys()) tables.left[place] = 1;
  for (const [number, { size, free, included, cap, due, perEvent, prices }] of provable) {
    tables.size[number] = size;
    tables.free[number] = free;
    tables.included[number] = included;
    tables.cap[number] = cap === null ? Infinity : scaled(cap);
    tables.due[number] = due ? 1 : 0;
    tables.perEvent[number] = perEvent ? 1 : 0;
    const byTotal = prices.find((price) => price?.by === 'total');
    if (byTotal?.by === 'total') {
      tables.first[number] = pieces.length;
      for (const { upTo, above, base, unitPrice, step } of byTotal.pieces) {
        pieces.push({
          upTo: upTo === null ? Infinity : floorOfSafe(upTo),
          above: floorOfSafe(above),
          base: scaled(base),
          price: scaled(unitPrice),
          step,
        });
      }
    }
    prices.forEach((price, kind) => {
      const cell = number * combinations + kind;
      tables.rate[cell] = rateOf(price, scaled);
      tables.connect[cell] = price?.by === 'row' ? scaled(price.connectFee) : 0;
    });
  }
  return {
    places,
    meters,
    combinations,
    dispatch: isSplit ? dispatchOf(tariff, slots, left) : new Int32Array(0),
    ...keysOf(slots, meters),
    offsets: dimensions.map(({ classOf, stride }) => Uint32Array.from(classOf, (number) => number * stride)),
    ...tables,
    upTo: Float64Array.from(pieces, ({ upTo }) => upTo),
    above: Float64Array.from(pieces, ({ above }) => above),
    base: Float64Array.from(pieces, ({ base }) => base),
    price: Float64Array.from(pieces, ({ price }) => price),
    step: Float64Array.from(pieces, ({ step }) => step),
  };
}

function rateOf(price: Price | null, scaled: (amount: Exact) => number): number {
  if (price === null) return -Infinity;
  return price.by === 'row' ? scaled(price.unitPrice) : price.by === 'unrated' ? NaN : 0;
}
