/**
 * Which charges of a plan count which uses of a meter? Where one attribute tells them apart, as the destination does with
 * calls, its value is looked up once a use and no condition is asked twice. Also called: usage classification, 利用の振り分け.
 */
import { readyFor } from '#engine/conditions/holds.ts';
import type { Condition, ConditionNode, RatePlanRuleset, Usage } from '#schemas/generated/types.ts';
import type { MeteredCharge } from '#engine/billing/draft.ts';

/** The charges of one meter, and for each use the places of those that count it. */
export interface MeterSplit {
  readonly charges: readonly MeteredCharge[];
  readonly placesFor: (use: Usage) => readonly number[];
}

const splits = new WeakMap<RatePlanRuleset, ReadonlyMap<string, MeterSplit>>();

/** The meters of the plan whose charges one attribute tells apart; the others are counted charge by charge. */
export function meterSplitsOf(plan: RatePlanRuleset): ReadonlyMap<string, MeterSplit> {
  const known = splits.get(plan);
  if (known !== undefined) return known;
  const metered = plan.body.charges.filter((charge) => charge.type === 'usage' || charge.type === 'passThrough');
  const made = new Map<string, MeterSplit>();
  for (const [meter, charges] of Map.groupBy(metered, (charge) => charge.meter)) {
    const split = splitOf(charges);
    if (split !== undefined) made.set(meter, split);
  }
  splits.set(plan, made);
  return made;
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
  const known = new Map<string | undefined, readonly number[]>();
  return ({ attributes }) => {
    const value = attributes?.[attribute];
    let places = known.get(value);
    if (places === undefined) {
      const facts = (id: string): string | null => (id === fact ? (value ?? null) : null);
      places = [...charges.keys()].filter((place) => {
        const { where } = charges[place]!;
        return where === undefined || readyFor(where)(facts);
      });
      if (known.size >= MOST_VALUES) known.clear();
      known.set(value, places);
    }
    return places;
  };
}

function factsIn(node: Condition | ConditionNode): readonly string[] {
  if ('all' in node) return node.all.flatMap(factsIn);
  if ('any' in node) return node.any.flatMap(factsIn);
  return 'not' in node ? factsIn(node.not) : [node.fact];
}
