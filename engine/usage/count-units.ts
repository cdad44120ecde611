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
import { meteredOf, type MeterSplit } from './meter-split.ts';
import { BillingProblem } from '#engine/billing/problem.ts';

export interface Count {
  readonly tableRow: number | null;
  readonly uses: number;
  readonly chargedUses: number;
  readonly used: Exact;
  readonly units: Exact;
}

export const nothing: Count = { tableRow: null, uses: 0, chargedUses: 0, used: ZERO, units: ZERO };

/** The uses of one part of a period, in canonical order, with the facts that hold in it. */
export interface UsesOfPart {
  readonly facts: Facts;
  readonly uses: readonly Usage[];
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
  const { charges, splits } = meteredOf(plan);
  const counts = countSplits(splits, parts, covered);
  for (const { charge } of charges) {
    if (!splits.has(charge.meter)) counts.set(charge, countUnits(charge, parts, covered));
  }
  return counts;
}

/** The charges of all meters that are split, in one walk over the uses. */
function countSplits(
  splits: ReadonlyMap<string, MeterSplit>,
  parts: readonly UsesOfPart[],
  covered: ReadonlyMap<string, Exact>,
): Map<MeteredCharge, readonly Count[]> {
  const tallies = new Map<string, readonly Tally[]>();
  let meter: string | undefined;
  let split: MeterSplit | undefined;
  let ofMeter: readonly Tally[] = [];
  for (const { uses } of splits.size === 0 ? [] : parts) {
    for (const use of uses) {
      if (use.meter !== meter) {
        ({ meter } = use);
        split = splits.get(meter);
        if (split === undefined) continue;
        ofMeter = tallies.get(meter) ?? split.charges.map((charge) => tallyFor(charge, null));
        tallies.set(meter, ofMeter);
      } else if (split === undefined) continue;
      const free = covered.size === 0 ? undefined : covered.get(use.id);
      const whole = free === undefined ? wholeNumberIn(use.quantity) : -1;
      for (const place of split.placesFor(use)) {
        const tally = ofMeter[place]!;
        if (!recordWhole(tally, whole)) record(tally, exact(use.quantity), free ?? ZERO);
      }
    }
  }
  const counts = new Map<MeteredCharge, readonly Count[]>();
  for (const [of, { charges }] of splits) {
    const counted = tallies.get(of);
    charges.forEach((charge, place) => {
      const tally = counted?.[place];
      counts.set(charge, tally === undefined || tally.uses === 0 ? [] : [countOf(tally)]);
    });
  }
  return counts;
}

/** The same for one charge, over the parts that it is counted over. */
export function countUnits(
  charge: MeteredCharge,
  parts: readonly UsesOfPart[],
  covered: ReadonlyMap<string, Exact>,
): readonly Count[] {
  const tallies = new Map<number | null, Tally>();
  const asksFor = charge.where === undefined ? always : readyFor(charge.where);
  for (const { facts, uses } of parts) {
    const factsOf = usesFacts(facts);
    for (const event of uses) {
      if (event.meter !== charge.meter) continue;
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

/** How the uses of one row are counted. */
interface Counting {
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
  /** What was counted in numbers, beside `used` and `counted`. */
  usedWhole: number;
  countedWhole: number;
}

export function tallyFor(charge: MeteredCharge, row: number | null): Tally {
  const counting = countingFor(charge, row);
  return { row, counting, uses: 0, chargedUses: 0, used: ZERO, counted: ZERO, usedWhole: 0, countedWhole: 0 };
}

const countings = new WeakMap<MeteredCharge, Map<number | null, Counting>>();

function countingFor(charge: MeteredCharge, row: number | null): Counting {
  let ofCharge = countings.get(charge);
  if (ofCharge === undefined) countings.set(charge, (ofCharge = new Map()));
  let counting = ofCharge.get(row);
  if (counting === undefined) ofCharge.set(row, (counting = withWhole(rulesFor(charge, row))));
  return counting;
}

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
const LARGEST_WHOLE = 2 ** 50;

/** Counts a use of which nothing is covered, when it can be counted in numbers. */
function recordWhole(tally: Tally, quantity: number): boolean {
  const { whole, perEvent } = tally.counting;
  if (whole === null || quantity < 0 || tally.usedWhole + quantity > LARGEST_WHOLE) return false;
  tally.uses += 1;
  tally.usedWhole += quantity;
  const charged = quantity - whole.free;
  if (charged > 0) {
    tally.chargedUses += 1;
    tally.countedWhole += perEvent ? Math.ceil(charged / whole.size) : charged;
  }
  return true;
}

/** Counts a use, of which `covered` is free. */
export function record(tally: Tally, quantity: Exact, covered: Exact): void {
  const { counting } = tally;
  tally.uses += 1;
  tally.used = plus(tally.used, quantity);
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

export function countOf(tally: Tally): Count {
  const { row, uses, chargedUses, counting } = tally;
  const used = withNumber(tally.used, tally.usedWhole);
  const isInNumbers = tally.counted === ZERO;
  if (isInNumbers && !counting.perEvent && counting.isUp && counting.whole !== null) {
    const units = fromInteger(Math.ceil(tally.countedWhole / counting.whole.size));
    return { tableRow: row, uses, chargedUses, used, units };
  }
  const counted = withNumber(tally.counted, tally.countedWhole);
  return { tableRow: row, uses, chargedUses, used, units: counting.perEvent ? counted : inUnits(counting, counted) };
}

const withNumber = (a: Exact, whole: number): Exact => (a === ZERO ? fromInteger(whole) : plus(a, fromInteger(whole)));
