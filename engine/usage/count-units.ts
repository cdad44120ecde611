/**
 * How many units do uses come to? What is free is taken off, blocks are cut, and each use chooses its row of a table.
 * Also called: block rounding, high-water mark, 課金単位への切り上げ, 最大値課金, 無料通話.
 */
import type { Usage, UsageCharge } from '#schemas/generated/types.ts';
import type { Facts } from '#engine/conditions/evaluate.ts';
import { holds } from '#engine/conditions/holds.ts';
import { usageFacts } from '#engine/facts/facts.ts';
import {
  dividedBy,
  exact,
  fromInteger,
  greatest,
  isNegative,
  isZero,
  minus,
  plus,
  ZERO,
  type Exact,
} from '#engine/money/exact.ts';
import { ceilingOf } from '#engine/money/rounding.ts';
import { matrixRowFor } from '#engine/tables/matrix.ts';
import type { MeteredCharge } from '#engine/billing/draft.ts';
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
  readonly events: readonly Usage[];
}

/**
 * One count for each row of the price table that was chosen, or one in all; none when the charge was not used.
 * `covered` says how much of a use, by its id, an allowance has taken.
 */
export function countUnits(
  charge: MeteredCharge,
  parts: readonly UsesOfPart[],
  covered: ReadonlyMap<string, Exact>,
): readonly Count[] {
  const tallies = new Map<number | null, Tally>();
  for (const { facts, events } of parts) {
    for (const event of events) {
      if (event.meter !== charge.meter) continue;
      const known = usageFacts(facts, event);
      if (charge.where !== undefined && !holds(charge.where, known)) continue;
      const row = rowFor(charge, known, event);
      const tally = tallies.get(row) ?? tallyFor(charge, row);
      tallies.set(row, tally);
      record(tally, exact(event.quantity), covered.get(event.id) ?? ZERO);
    }
  }
  return [...tallies.values()].sort((a, b) => (a.row ?? 0) - (b.row ?? 0)).map(countOf);
}

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
  uses: number;
  chargedUses: number;
  used: Exact;
  counted: Exact;
}

export function tallyFor(charge: MeteredCharge, row: number | null): Tally {
  const start = { row, uses: 0, chargedUses: 0, used: ZERO, counted: ZERO };
  if (charge.type === 'passThrough') {
    return { ...start, size: exact('1'), free: ZERO, isUp: false, perEvent: false, aggregate: 'sum' };
  }
  const ownSize = charge.price.model === 'matrix' && row !== null ? charge.price.rows[row]?.unitSize : undefined;
  return {
    ...start,
    size: exact(ownSize ?? charge.unit.size),
    free: charge.freePerEvent === undefined ? ZERO : exact(charge.freePerEvent),
    isUp: charge.unit.rounding === 'up',
    perEvent: charge.unit.per === 'event',
    aggregate: charge.aggregate ?? 'sum',
  };
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
  const { row, uses, chargedUses, used, counted } = tally;
  return { tableRow: row, uses, chargedUses, used, units: tally.perEvent ? counted : inUnits(tally, counted) };
}
