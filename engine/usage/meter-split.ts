/**
 * Which charges of a plan count which uses of a meter? Where one attribute tells them apart, as the destination does with
 * calls, its value is looked up once a use and no condition is asked twice. Also called: usage classification, 利用の振り分け.
 */
import { readyFor } from '#engine/conditions/holds.ts';
import type { Condition, ConditionNode, RatePlanRuleset, Usage } from '#schemas/generated/types.ts';
import type { MeteredCharge } from '#engine/billing/draft.ts';
import { placesOf, type ChargePlace } from '#engine/charges/place.ts';

/** The charges of one meter, and for each use the places of those that count it. */
export interface MeterSplit {
  readonly charges: readonly MeteredCharge[];
  readonly placesFor: (use: Usage) => readonly number[];
}

/** The metered charges of a plan. */
export interface Metered {
  readonly charges: readonly ChargePlace<MeteredCharge>[];
  /** The meters whose charges one attribute tells apart; the others are counted charge by charge. */
  readonly splits: ReadonlyMap<string, MeterSplit>;
}

const known = new WeakMap<RatePlanRuleset, Metered>();

/** What is metered of the plan; worked out once. */
export function meteredOf(plan: RatePlanRuleset): Metered {
  let metered = known.get(plan);
  if (metered === undefined) {
    const charges = placesOf(plan).filter(
      ({ type }) => type === 'usage' || type === 'passThrough',
    ) as readonly ChargePlace<MeteredCharge>[];
    const splits = new Map<string, MeterSplit>();
    for (const [meter, ofMeter] of Map.groupBy(charges, ({ charge }) => charge.meter)) {
      const split = splitOf(ofMeter.map(({ charge }) => charge));
      if (split !== undefined) splits.set(meter, split);
    }
    metered = { charges, splits };
    known.set(plan, metered);
  }
  return metered;
}

function splitOf(charges: readonly MeteredCharge[]): MeterSplit | undefined {
  if (charges.some((charge) => charge.type === 'usage' && charge.price.model === 'matrix')) return undefined;
  const facts = new Set(charges.flatMap(({ where }) => (where === undefined ? [] : factsIn(where))));
  if (facts.size > 1) return undefined;
  const everywhere = [...charges.keys()];
  const [fact] = facts;
  if (fact === undefined) return { charges, placesFor: () => everywhere };
  if (!fact.startsWith('usage.') || ofEveryUse.has(fact)) return undefined;
  return { charges, placesFor: byAttribute(charges, fact, fact.slice('usage.'.length)) };
}

/** Facts that are no attributes, and have too many values to be worth remembering. */
const ofEveryUse: ReadonlySet<string> = new Set(['usage.meter', 'usage.quantity', 'usage.date', 'usage.hour']);

/** As many values as destinations or bands have; numbers called are more, and are asked about again. */
const MOST_VALUES = 1_000;

function byAttribute(
  charges: readonly MeteredCharge[],
  fact: string,
  attribute: string,
): (use: Usage) => readonly number[] {
  const placesOf = new Map<string | undefined, readonly number[]>();
  return ({ attributes }) => {
    const value = attributes?.[attribute];
    let places = placesOf.get(value);
    if (places === undefined) {
      const facts = (id: string): string | null => (id === fact ? (value ?? null) : null);
      places = [...charges.keys()].filter((place) => {
        const { where } = charges[place]!;
        return where === undefined || readyFor(where)(facts);
      });
      if (placesOf.size >= MOST_VALUES) placesOf.clear();
      placesOf.set(value, places);
    }
    return places;
  };
}

function factsIn(node: Condition | ConditionNode): readonly string[] {
  if ('all' in node) return node.all.flatMap(factsIn);
  if ('any' in node) return node.any.flatMap(factsIn);
  return 'not' in node ? factsIn(node.not) : [node.fact];
}
