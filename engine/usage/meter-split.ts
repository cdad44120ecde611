/**
 * Which charges of a plan count which uses of a meter? Where one attribute tells them apart, as the destination does with
 * calls, its value is looked up once a use and no condition is asked twice. Also called: usage classification, 利用の振り分け.
 */
import { holds } from '#engine/conditions/holds.ts';
import type { Condition, ConditionNode, RatePlanRuleset } from '#schemas/generated/types.ts';
import type { MeteredCharge } from '#engine/billing/draft.ts';
import { placesOf, type ChargePlace } from '#engine/charges/place.ts';
import { preparedOnce } from '#engine/rulesets/prepared.ts';
import { countingFor } from './tally.ts';
import { wholeRulesFor, type WholeRules } from './whole-tallies.ts';

/** How the uses of a meter find the charges that count them. */
export interface MeterSplit {
  readonly meter: string;
  /** The attribute that tells the charges apart; null where all of them count every use. */
  readonly attribute: string | null;
  /** The places of all its charges. */
  readonly always: readonly number[];
  /** The places, among the metered charges of the plan, of those that count a use with this value of the attribute. */
  readonly placesFor: (value: string | undefined) => readonly number[];
}

/** The metered charges of a plan. */
export interface Metered {
  readonly charges: readonly ChargePlace<MeteredCharge>[];
  /** The meters whose charges one attribute tells apart; the others are counted charge by charge. */
  readonly splits: readonly MeterSplit[];
  readonly wholeRules: WholeRules;
}

/** What is metered of the plan. */
export const meteredOf = preparedOnce((plan: RatePlanRuleset): Metered => {
  const charges = placesOf(plan).filter(
    ({ type }) => type === 'usage' || type === 'passThrough',
  ) as readonly ChargePlace<MeteredCharge>[];
  const byMeter = Map.groupBy([...charges.keys()], (place) => charges[place]!.charge.meter);
  const splits = [...byMeter].flatMap(([meter, places]) => splitOf(meter, places, charges));
  return { charges, splits, wholeRules: wholeRulesFor(charges.map(({ charge }) => countingFor(charge, null))) };
});

function splitOf(meter: string, places: readonly number[], of: Metered['charges']): readonly MeterSplit[] {
  const conditions = places.map((place) => of[place]!.charge.where);
  if (places.some((place) => isByTable(of[place]!.charge))) return [];
  const facts = new Set(conditions.flatMap((where) => (where === undefined ? [] : factsIn(where))));
  if (facts.size > 1) return [];
  const [fact] = facts;
  if (fact === undefined) return [{ meter, attribute: null, always: places, placesFor: () => places }];
  if (!fact.startsWith('usage.') || ofEveryUse.has(fact)) return [];
  const asked = (value: string | undefined): readonly number[] => {
    const factOf = (id: string): string | null => (id === fact ? (value ?? null) : null);
    return places.filter((_, at) => holds(conditions[at], factOf));
  };
  return [{ meter, attribute: fact.slice('usage.'.length), always: places, placesFor: remembering(asked) }];
}

const isByTable = (charge: MeteredCharge): boolean => charge.type === 'usage' && charge.price.model === 'matrix';

/** Facts that are no attributes, and have too many values to be worth remembering. */
const ofEveryUse: ReadonlySet<string> = new Set(['usage.meter', 'usage.quantity', 'usage.date', 'usage.hour']);

/** As many values as destinations or bands have; numbers called are more, and are asked about again. */
const MOST_VALUES = 1_000;
/** So many are found sooner by looking at each. */
const FEW_VALUES = 8;

type PlacesFor = MeterSplit['placesFor'];

function remembering(asked: PlacesFor): PlacesFor {
  const places = new Map<string | undefined, readonly number[]>();
  const first: { readonly value: string | undefined; readonly places: readonly number[] }[] = [];
  return (value) => {
    for (let at = 0; at < first.length; at += 1) {
      const each = first[at]!;
      if (each.value === value) return each.places;
    }
    let found = places.get(value);
    if (found === undefined) {
      found = asked(value);
      if (places.size >= MOST_VALUES) places.clear();
      if (first.length < FEW_VALUES) first.push({ value, places: found });
      else places.set(value, found);
    }
    return found;
  };
}

function factsIn(node: Condition | ConditionNode): readonly string[] {
  if ('all' in node) return node.all.flatMap(factsIn);
  if ('any' in node) return node.any.flatMap(factsIn);
  return 'not' in node ? factsIn(node.not) : [node.fact];
}
