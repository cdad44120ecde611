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
}

export const nothing: Count = {
  tableRow: null,
  uses: 0,
  chargedUses: 0,
  used: ZERO,
  units: ZERO,
  inFractions: 0,
  covered: null,
};

/** How the uses of one row are counted. */
export interface Counting {
  readonly size: Exact;
  readonly free: Exact;
  readonly isUp: boolean;
  readonly perEvent: boolean;
  readonly aggregate: NonNullable<UsageCharge['aggregate']>;
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
});

export const countingFor = preparedBy((charge: MeteredCharge, row: number | null) => withWhole(rulesFor(charge, row)));

function withWhole(rules: Omit<Counting, 'whole'>): Counting {
  const [size, free] = [floorOfSafe(rules.size), floorOfSafe(rules.free)];
  const isWhole =
    rules.aggregate === 'sum' && rules.size.d === 1n && rules.free.d === 1n && size + free < LARGEST_WHOLE;
  // A part of a block is a fraction.
  const whole = isWhole && (!rules.perEvent || rules.isUp || size === 1) ? { size, free } : null;
  return { ...rules, whole };
}

function rulesFor(charge: MeteredCharge, row: number | null): Omit<Counting, 'whole'> {
  if (charge.type === 'passThrough') return { size: ONE, free: ZERO, isUp: false, perEvent: false, aggregate: 'sum' };
  const ownSize = charge.price.model === 'matrix' && row !== null ? charge.price.rows[row]?.unitSize : undefined;
  return {
    size: exact(ownSize ?? charge.unit.size),
    free: charge.freePerEvent === undefined ? ZERO : exact(charge.freePerEvent),
    isUp: charge.unit.rounding === 'up',
    perEvent: charge.unit.per === 'event',
    aggregate: charge.aggregate ?? 'sum',
  };
}

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
  const charged = isNegative(left) ? ZERO : left;
  if (!isZero(charged)) tally.chargedUses += 1;
  tally.counted = aggregated(tally, counting.perEvent ? inUnits(counting, charged) : charged);
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

export function countOf({ row, uses, chargedUses, used, counted, counting, inFractions, covered }: Tally): Count {
  const units = counting.perEvent ? counted : inUnits(counting, counted);
  return { tableRow: row, uses, chargedUses, used, units, inFractions, covered };
}
