/**
 * How many units do uses come to? What is free is taken off, blocks are cut, and each use chooses its row of a table.
 * Also called: block rounding, high-water mark, 課金単位への切り上げ, 最大値課金, 無料通話.
 */
import type { RatePlanRuleset, Usage } from '#schemas/generated/types.ts';
import type { Facts } from '#engine/conditions/evaluate.ts';
import { readyFor } from '#engine/conditions/holds.ts';
import { usesFacts } from '#engine/facts/facts.ts';
import type { Exact } from '#engine/money/exact.ts';
import { preparedBy } from '#engine/rulesets/prepared.ts';
import { matrixRowFor } from '#engine/tables/matrix.ts';
import type { MeteredCharge } from '#engine/billing/draft.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { meteredOf, type Metered, type MeterSplit } from './meter-split.ts';
import { countingFor, type Count } from './tally.ts';
import { WholeTallies, wholeRulesFor } from './whole-tallies.ts';

/** The uses of one part of a period, in canonical order, with the facts that hold in it. */
export interface UsesOfPart {
  readonly facts: Facts;
  readonly uses: readonly Usage[];
}

/** By the place of each metered charge in its plan one count for each row of its price table that was chosen, or one in all; none for a charge that was not used. */
export type CountsOfCharges = readonly (readonly Count[])[];

/** The counts of all metered charges of the plan. `covered` says how much of a use, by its id, an allowance has taken. */
export function countsOf(
  plan: RatePlanRuleset,
  parts: readonly UsesOfPart[],
  covered: ReadonlyMap<string, Exact>,
): CountsOfCharges {
  const metered = meteredOf(plan);
  const tallies = talliesOf(metered, parts, covered);
  return metered.charges.map(({ charge }, place) =>
    splitOn(metered.splits, charge.meter) === undefined
      ? countUnits(charge, parts, covered)
      : countAtPlace(tallies, place),
  );
}

/** The charges of all meters that are split, in one walk over the uses. */
function talliesOf(
  { splits, wholeRules }: Metered,
  parts: readonly UsesOfPart[],
  covered: ReadonlyMap<string, Exact>,
): WholeTallies {
  const tallies = new WholeTallies(wholeRules);
  if (splits.length === 0) return tallies;
  const isAnyCovered = covered.size > 0;
  for (const { uses } of parts) {
    for (const use of uses) countSplit(splits, tallies, use, isAnyCovered ? covered.get(use.id) : undefined);
  }
  return tallies;
}

/** Counts a use for the charges that its meter and its attribute lead to. */
export function countSplit(
  splits: readonly MeterSplit[],
  tallies: WholeTallies,
  use: Pick<Usage, 'meter' | 'quantity' | 'attributes'>,
  covered: Exact | undefined,
): void {
  const split = splitOn(splits, use.meter);
  if (split === undefined) return;
  const { attribute } = split;
  const places = attribute === null ? split.always : split.placesFor(use.attributes?.[attribute]);
  tallies.count(places, use, covered);
}

/** What the tallies of a plan, whose meters are all split, come to. */
export const countAtPlaces = ({ charges }: Metered, tallies: WholeTallies): CountsOfCharges =>
  charges.map((_, place) => countAtPlace(tallies, place));

function countAtPlace(tallies: WholeTallies, place: number): readonly Count[] {
  const count = tallies.countAt(place, null);
  return count === undefined ? unused : [count];
}

const unused: readonly Count[] = [];

/** Plans have few meters. */
export function splitOn(splits: readonly MeterSplit[], meter: string): MeterSplit | undefined {
  for (let at = 0; at < splits.length; at += 1) {
    const split = splits[at]!;
    if (split.meter === meter) return split;
  }
  return undefined;
}

/** The same for one charge, over the parts that it is counted over. */
export function countUnits(
  charge: MeteredCharge,
  parts: readonly UsesOfPart[],
  covered: ReadonlyMap<string, Exact>,
): readonly Count[] {
  const rows = new Map<number | null, WholeTallies>();
  const asksFor = charge.where === undefined ? always : readyFor(charge.where);
  for (const { facts, uses } of parts) {
    const factsOf = usesFacts(facts);
    for (const event of uses) {
      if (event.meter !== charge.meter) continue;
      const known = factsOf(event);
      if (!asksFor(known)) continue;
      const row = rowFor(charge, known, event);
      let tallies = rows.get(row);
      if (tallies === undefined) rows.set(row, (tallies = new WholeTallies(rulesOfRow(charge, row))));
      tallies.count(itself, event, covered.size === 0 ? undefined : covered.get(event.id));
    }
  }
  return [...rows].sort(([a], [b]) => (a ?? 0) - (b ?? 0)).map(([row, tallies]) => tallies.countAt(0, row)!);
}

/** The one place of tallies of one row. */
const itself: readonly number[] = [0];

const rulesOfRow = preparedBy((charge: MeteredCharge, row: number | null) => wholeRulesFor([countingFor(charge, row)]));

const always = (): boolean => true;

function rowFor(charge: MeteredCharge, facts: Facts, event: Usage): number | null {
  if (charge.type !== 'usage' || charge.price.model !== 'matrix') return null;
  const row = matrixRowFor(charge.price, facts);
  if (row !== undefined) return row;
  // No row is an error, never a free call: the author has to say what it costs.
  throw new BillingProblem('usage-unrated', `/usage/${event.id}`, { usage: event.id, charge: charge.id });
}
