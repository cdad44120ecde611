/**
 * How many units do uses come to? What is free is taken off, blocks are cut, and each use chooses its row of a table.
 * Also called: block rounding, high-water mark, 課金単位への切り上げ, 最大値課金, 無料通話.
 */
import type { RatePlanRuleset, Usage, UsageCharge } from '#schemas/generated/types.ts';
import type { Facts } from '#engine/conditions/evaluate.ts';
import { wholeNumberIn } from '#engine/conditions/decimal-bound.ts';
import { readyFor } from '#engine/conditions/holds.ts';
import { usesFacts } from '#engine/facts/facts.ts';
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
import { matrixRowFor } from '#engine/tables/matrix.ts';
import type { MeteredCharge } from '#engine/billing/draft.ts';
import { meterSplitsOf, type MeterSplit } from './meter-split.ts';
import { BillingProblem } from '#engine/billing/problem.ts';

export interface Count {
  readonly tableRow: number | null;
  readonly uses: number;
  readonly chargedUses: number;
  readonly used: Exact;
  readonly units: Exact;
}

export const nothing: Count = { tableRow: null, uses: 0, chargedUses: 0, used: ZERO, units: ZERO };

/** The uses of one part of a period, with the facts that hold in it. */
export interface UsesOfPart {
  readonly facts: Facts;
  /** In canonical order. */
  readonly byMeter: ReadonlyMap<string, readonly Usage[]>;
}

/**
 * For each metered charge of the plan one count for each row of its price table that was chosen, or one in all; none for a
 * charge that was not used. `covered` says how much of a use, by its id, an allowance has taken.
 */
export function countsOf(
  plan: RatePlanRuleset,
  parts: readonly UsesOfPart[],
  covered: ReadonlyMap<string, Exact>,
): ReadonlyMap<MeteredCharge, readonly Count[]> {
  const counts = new Map<MeteredCharge, readonly Count[]>();
  const splits = meterSplitsOf(plan);
  for (const charge of plan.body.charges) {
    if ((charge.type !== 'usage' && charge.type !== 'passThrough') || counts.has(charge)) continue;
    const split = splits.get(charge.meter);
    if (split === undefined) counts.set(charge, countUnits(charge, parts, covered));
    else countSplit(split, charge.meter, parts, covered, counts);
  }
  return counts;
}

function countSplit(
  { charges, placesFor }: MeterSplit,
  meter: string,
  parts: readonly UsesOfPart[],
  covered: ReadonlyMap<string, Exact>,
  into: Map<MeteredCharge, readonly Count[]>,
): void {
  const tallies = charges.map((charge) => tallyFor(charge, null));
  for (const { byMeter } of parts) {
    for (const use of byMeter.get(meter) ?? []) {
      const free = covered.size === 0 ? undefined : covered.get(use.id);
      const whole = free === undefined ? wholeNumberIn(use.quantity) : -1;
      for (const place of placesFor(use)) {
        const tally = tallies[place]!;
        if (!recordWhole(tally, whole)) record(tally, exact(use.quantity), free ?? ZERO);
      }
    }
  }
  charges.forEach((charge, place) => into.set(charge, tallies[place]!.uses === 0 ? [] : [countOf(tallies[place]!)]));
}

/** The same for one charge, over the parts that it is counted over. */
export function countUnits(
  charge: MeteredCharge,
  parts: readonly UsesOfPart[],
  covered: ReadonlyMap<string, Exact>,
): readonly Count[] {
  const tallies = new Map<number | null, Tally>();
  const asksFor = charge.where === undefined ? always : readyFor(charge.where);
  for (const { facts, byMeter } of parts) {
    const factsOf = usesFacts(facts);
    for (const event of byMeter.get(charge.meter) ?? []) {
      const known = factsOf(event);
      if (!asksFor(known)) continue;
      const row = rowFor(charge, known, event);
      let tally = tallies.get(row);
      if (tally === undefined) tallies.set(row, (tally = tallyFor(charge, row)));
      const free = covered.size === 0 ? undefined : covered.get(event.id);
      if (free !== undefined || !recordWhole(tally, wholeNumberIn(event.quantity)))
        record(tally, exact(event.quantity), free ?? ZERO);
    }
  }
  return [...tallies.values()].sort((a, b) => (a.row ?? 0) - (b.row ?? 0)).map(countOf);
}

const always = (): boolean => true;

function rowFor(charge: MeteredCharge, facts: Facts, event: Usage): number | null {
  if (charge.type !== 'usage' || charge.price.model !== 'matrix') return null;
  const row = matrixRowFor(charge.price, facts);
  if (row !== undefined) return row;
  // No row is an error, never a free call: the author has to say what it costs.
  throw new BillingProblem('usage-unrated', `/usage/${event.id}`, { usage: event.id, charge: charge.id });
}

/** What is counted of the uses of one row, while they are counted. */
export interface Tally {
  readonly row: number | null;
  readonly size: Exact;
  readonly free: Exact;
  readonly isUp: boolean;
  readonly perEvent: boolean;
  readonly aggregate: NonNullable<UsageCharge['aggregate']>;
  /** Block and free part where both are whole and uses add up: whole quantities are counted in numbers then. */
  readonly whole: { readonly size: number; readonly free: number } | null;
  uses: number;
  chargedUses: number;
  used: Exact;
  counted: Exact;
  /** What was counted in numbers, beside `used` and `counted`. */
  usedWhole: number;
  countedWhole: number;
}

export function tallyFor(charge: MeteredCharge, row: number | null): Tally {
  const rules = rulesFor(charge, row);
  const [size, free] = [floorOfSafe(rules.size), floorOfSafe(rules.free)];
  const isWhole =
    rules.aggregate === 'sum' && rules.size.d === 1n && rules.free.d === 1n && size + free < LARGEST_WHOLE;
  // A part of a block is a fraction.
  const whole = isWhole && (!rules.perEvent || rules.isUp || size === 1) ? { size, free } : null;
  return { ...rules, row, whole, uses: 0, chargedUses: 0, used: ZERO, counted: ZERO, usedWhole: 0, countedWhole: 0 };
}

function rulesFor(
  charge: MeteredCharge,
  row: number | null,
): Pick<Tally, 'size' | 'free' | 'isUp' | 'perEvent' | 'aggregate'> {
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
const LARGEST_WHOLE = 2 ** 50;

/** Counts a use of which nothing is covered, when it can be counted in numbers. */
function recordWhole(tally: Tally, quantity: number): boolean {
  const { whole } = tally;
  if (whole === null || quantity < 0 || tally.usedWhole + quantity > LARGEST_WHOLE) return false;
  tally.uses += 1;
  tally.usedWhole += quantity;
  const charged = quantity - whole.free;
  if (charged > 0) {
    tally.chargedUses += 1;
    tally.countedWhole += tally.perEvent ? Math.ceil(charged / whole.size) : charged;
  }
  return true;
}

/** Counts a use, of which `covered` is free. */
export function record(tally: Tally, quantity: Exact, covered: Exact): void {
  tally.uses += 1;
  tally.used = plus(tally.used, quantity);
  const left = minus(minus(quantity, tally.free), covered);
  const charged = isNegative(left) ? ZERO : left;
  if (!isZero(charged)) tally.chargedUses += 1;
  const counted = tally.perEvent ? inUnits(tally, charged) : charged;
  tally.counted = aggregated(tally, counted);
}

function aggregated(tally: Tally, counted: Exact): Exact {
  switch (tally.aggregate) {
    case 'sum':
      return plus(tally.counted, counted);
    case 'highest':
      return greatest(tally.counted, counted);
    case 'last':
      return counted;
  }
}

function inUnits({ size, isUp }: Tally, quantity: Exact): Exact {
  const units = dividedBy(quantity, size);
  return isUp ? fromInteger(ceilingOf(units)) : units;
}

export function countOf(tally: Tally): Count {
  const { row, uses, chargedUses } = tally;
  const used = plus(tally.used, fromInteger(tally.usedWhole));
  const counted = plus(tally.counted, fromInteger(tally.countedWhole));
  return { tableRow: row, uses, chargedUses, used, units: tally.perEvent ? counted : inUnits(tally, counted) };
}
