/**
 * What is counted of uses, one after the other? Free parts are taken off, blocks are cut, and what is left adds up, or the
 * highest or the last of it counts. Also called: block rounding, high-water mark, 課金単位への切り上げ, 最大値課金.
 */
import type { UsageCharge } from '#schemas/generated/types.ts';
import {
  dividedBy,
  exact,
  floorOfSafe,
  fromInteger,
  greatest,
  isNegative,
  isZero,
  minus,
  ONE,
  plus,
  ZERO,
  type Exact,
} from '#engine/money/exact.ts';
import { ceilingOf } from '#engine/money/rounding.ts';
import type { MeteredCharge } from '#engine/billing/draft.ts';
import { preparedBy } from '#engine/rulesets/prepared.ts';
import { eachUseOf, freeOfUse, freeUsesOf, priceOfUse, type EachUse, type FreeUses } from './each-use.ts';

export interface Count {
  readonly tableRow: number | null;
  readonly uses: number;
  readonly chargedUses: number;
  readonly used: Exact;
  readonly units: Exact;
  /** How many of the uses were counted in fractions; the others were in whole numbers. */
  readonly inFractions: number;
  /** How much of what was used an allowance covers; null where none covers anything. */
  readonly covered: Exact | null;
  /** What the uses come to where each is priced by itself; null where they are priced together. */
  readonly owed: Exact | null;
  /** How many uses, and how much of the meter, were free among the first of the month; null where none are. */
  readonly freed: Freed | null;
}

export interface Freed {
  readonly uses: number;
  readonly amount: Exact;
}

export const nothing: Count = {
  ...{ tableRow: null, uses: 0, chargedUses: 0, used: ZERO, units: ZERO, inFractions: 0 },
  ...{ covered: null, owed: null, freed: null },
};

/** How the uses of one row are counted. */
export interface Counting {
  readonly size: Exact;
  readonly free: Exact;
  readonly isUp: boolean;
  readonly perEvent: boolean;
  readonly aggregate: NonNullable<UsageCharge['aggregate']>;
  readonly eachUse: EachUse | null;
  readonly freeUses: FreeUses | null;
  /** Block and free part where both are whole and uses add up: whole quantities are counted in numbers then. */
  readonly whole: { readonly size: number; readonly free: number } | null;
}

/** What is counted of the uses of one row, while they are counted. */
export interface Tally {
  readonly row: number | null;
  readonly counting: Counting;
  uses: number;
  chargedUses: number;
  used: Exact;
  counted: Exact;
  /** How many of the uses came to it one by one: those that were counted in whole numbers before come all at once. */
  inFractions: number;
  covered: Exact | null;
  owed: Exact;
  freed: Freed;
}

export const tallyFor = (charge: MeteredCharge, row: number | null): Tally => tallyBy(countingFor(charge, row), row);

export const tallyBy = (counting: Counting, row: number | null): Tally => ({
  row,
  counting,
  uses: 0,
  chargedUses: 0,
  used: ZERO,
  counted: ZERO,
  inFractions: 0,
  covered: null,
  owed: ZERO,
  freed: noneFreed,
});

const noneFreed: Freed = { uses: 0, amount: ZERO };

export const countingFor = preparedBy((charge: MeteredCharge, row: number | null) => withWhole(rulesFor(charge, row)));

function withWhole(rules: Omit<Counting, 'whole'>): Counting {
  const [size, free] = [floorOfSafe(rules.size), floorOfSafe(rules.free)];
  const isOneByOne = rules.eachUse !== null || rules.freeUses !== null;
  const isAdded = rules.aggregate === 'sum' && !isOneByOne;
  const isWhole = isAdded && rules.size.d === 1n && rules.free.d === 1n && size + free < LARGEST_WHOLE;
  // A part of a block is a fraction.
  const whole = isWhole && (!rules.perEvent || rules.isUp || size === 1) ? { size, free } : null;
  return { ...rules, whole };
}

function rulesFor(charge: MeteredCharge, row: number | null): Omit<Counting, 'whole'> {
  if (charge.type === 'passThrough') return asItIs;
  const ownSize = charge.price.model === 'matrix' && row !== null ? charge.price.rows[row]?.unitSize : undefined;
  return {
    size: exact(ownSize ?? charge.unit.size),
    free: charge.freePerEvent === undefined ? ZERO : exact(charge.freePerEvent),
    isUp: charge.unit.rounding === 'up',
    perEvent: charge.unit.per === 'event',
    aggregate: charge.aggregate ?? 'sum',
    eachUse: eachUseOf(charge, row),
    freeUses: freeUsesOf(charge),
  };
}

const asItIs: Omit<Counting, 'whole'> = {
  ...{ size: ONE, free: ZERO, isUp: false, perEvent: false, aggregate: 'sum' },
  ...{ eachUse: null, freeUses: null },
};

/** Sums stay below 2^53 by far: whatever might not is counted in fractions. */
export const LARGEST_WHOLE = 2 ** 50;

/** Counts a use, of which `covered` is free. */
export function record(tally: Tally, quantity: Exact, covered: Exact): void {
  const { counting } = tally;
  tally.uses += 1;
  tally.inFractions += 1;
  tally.used = plus(tally.used, quantity);
  if (!isZero(covered)) tally.covered = plus(tally.covered ?? ZERO, covered);
  const left = minus(minus(quantity, counting.free), covered);
  const charged = freeOfMonth(tally, isNegative(left) ? ZERO : left);
  if (!isZero(charged)) tally.chargedUses += 1;
  const counted = counting.perEvent ? inUnits(counting, charged) : charged;
  if (counting.eachUse !== null) tally.owed = plus(tally.owed, priceOfUse(counting.eachUse, counted));
  tally.counted = aggregated(tally, counted);
}

/** What is left of a use after the free ones of the month, in the order in which uses come. */
function freeOfMonth(tally: Tally, quantity: Exact): Exact {
  const { freeUses } = tally.counting;
  if (freeUses === null || isZero(quantity)) return quantity;
  const free = freeOfUse(freeUses, tally.freed, quantity);
  if (isZero(free)) return quantity;
  tally.freed = { uses: tally.freed.uses + 1, amount: plus(tally.freed.amount, free) };
  return minus(quantity, free);
}

function aggregated({ counting, counted }: Tally, next: Exact): Exact {
  switch (counting.aggregate) {
    case 'sum':
      return plus(counted, next);
    case 'highest':
      return greatest(counted, next);
    case 'last':
      return next;
  }
}

function inUnits({ size, isUp }: Counting, quantity: Exact): Exact {
  const units = dividedBy(quantity, size);
  return isUp ? fromInteger(ceilingOf(units)) : units;
}

export function countOf(tally: Tally): Count {
  const { row, uses, chargedUses, used, counted, counting, inFractions, covered } = tally;
  const units = counting.perEvent ? counted : inUnits(counting, counted);
  const owed = counting.eachUse === null ? null : tally.owed;
  const freed = counting.freeUses === null ? null : tally.freed;
  return { tableRow: row, uses, chargedUses, used, units, inFractions, covered, owed, freed };
}
