/**
 * How is usage counted before the bill is worked out, while it is read? No object is kept of a use then, and the bill is the
 * same to the byte. Also called: pre-aggregation, usage aggregation, 従量の事前集計、読みながらの集計.
 */
import { groupOf } from '#engine/billing/bill.ts';
import { draftOf } from '#engine/billing/draft-of-month.ts';
import type { Group, Part, UsageQuantity } from '#engine/billing/draft.ts';
import { partsIn } from '#engine/billing/versions-in-force.ts';
import type { Period } from '#engine/calendar/period.ts';
import { preparedOnce } from '#engine/rulesets/prepared.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { AccountDocument, RatePlanRuleset, Usage } from '#schemas/generated/types.ts';
import { freeUsesOf } from './each-use.ts';
import { countAtPlaces, countSplit, splitOn } from './count-units.ts';
import { meteredOf, type MeterSplit } from './meter-split.ts';
import { quantitiesOfCharge } from './quantities.ts';
import { WholeTallies } from './whole-tallies.ts';

/** What the uses of a product come to, under the one version of its plan that is in force in the whole of its service. */
export interface CountedUses {
  readonly plan: RatePlanRuleset;
  /** The days of the month on which the product is served. */
  readonly served: Period;
  readonly quantities: readonly UsageQuantity[];
}

/** By product. */
export type CountedUsage = ReadonlyMap<string, CountedUses>;

/** What counting asks of a use. */
export type CountedUse = Pick<Usage, 'product' | 'meter' | 'startedAt' | 'quantity' | 'attributes'>;

/** Counts uses in whatever order they come. */
export interface UsageCounter {
  readonly count: (use: CountedUse) => void;
  /** What they come to; undefined where one could not be counted: all of the group's have to be given to the bill then. */
  readonly counted: () => CountedUsage | undefined;
}

/** The usage of a document counted, and the document without it; undefined where the bill has to see the uses themselves. */
export function countedAhead(
  { usage = [], ...document }: AccountDocument,
  release: Release,
): { readonly document: AccountDocument; readonly counted: CountedUsage } | undefined {
  const counter = counterFor(document, release);
  usage.forEach((use) => counter?.count(use));
  const counted = counter?.counted();
  return counted === undefined ? undefined : { document, counted };
}

/**
 * A counter for the uses of a group, whose document is given without any; undefined where no use of it can be counted ahead.
 * Counted ahead are the uses of a month billed by itself, which no allowance covers. Throws what `bill` throws.
 */
export function counterFor(document: AccountDocument, release: Release): UsageCounter | undefined {
  const { periods, billed, previousState } = document;
  const isByItself = periods.first === periods.last && billed === undefined;
  if (!isByItself || (previousState?.allowances ?? []).length > 0) return undefined;
  const group = groupOf(document, release);
  const countings = new Map<string, Counting>();
  for (const { product, timeline } of group.products) {
    const { period, closing } = monthOf(group, product.account);
    const parts = partsIn(group, product.id, timeline, period, closing);
    if (parts.some(({ plan }) => plan.body.allowances !== undefined)) return undefined;
    const counting = countingOf(product.id, parts);
    if (counting !== undefined) countings.set(product.id, counting);
  }
  return counterOver(countings);
}

function counterOver(countings: ReadonlyMap<string, Counting>): UsageCounter {
  let isWhole = true;
  let counting: Counting | undefined;
  return {
    count(use) {
      // Uses of one product come one after the other, as a rule.
      if (counting?.id !== use.product) counting = countings.get(use.product);
      if (counting === undefined) isWhole = false;
      else countOne(counting, use);
    },
    counted: () => (isWhole && [...countings.values()].every(isOfItsMonth) ? countedBy(countings) : undefined),
  };
}

/** The account's month before its first phase: what it finds does not matter here. */
function monthOf(group: Group, id: string): ReturnType<typeof draftOf> {
  const account = group.document.accounts.find((candidate) => candidate.id === id)!;
  const nothing = { allowances: [], clawbacks: [], corrections: [] };
  return draftOf(group, account, group.document.periods.first, nothing, undefined);
}

/** The uses of a product while they are counted. */
interface Counting {
  readonly id: string;
  readonly part: Part;
  readonly splits: readonly MeterSplit[];
  readonly tallies: WholeTallies;
  /** The starts of the first use and of the last; of no use both are those of nothing. */
  earliest: string;
  latest: string;
}

/** Under one plan, and not where an order of uses, or more than an attribute of theirs, says what they cost. */
function countingOf(id: string, parts: readonly Part[]): Counting | undefined {
  const [part] = parts;
  if (part === undefined || parts.length > 1 || !isCountableAhead(part.plan)) return undefined;
  const { splits, wholeRules } = meteredOf(part.plan);
  return { id, part, splits, tallies: new WholeTallies(wholeRules), earliest: '', latest: '' };
}

const isCountableAhead = preparedOnce((plan: RatePlanRuleset): boolean =>
  meteredOf(plan).charges.every(
    ({ charge }) =>
      splitOn(meteredOf(plan).splits, charge.meter) !== undefined &&
      (charge.type === 'passThrough' || (charge.aggregate !== 'last' && freeUsesOf(charge) === null)),
  ),
);

function countOne(counting: Counting, use: CountedUse): void {
  const { startedAt } = use;
  // They come in the order of their starts, as a rule: then one comparison is enough.
  if (startedAt >= counting.latest) {
    counting.latest = startedAt;
    if (counting.earliest === '') counting.earliest = startedAt;
  } else if (startedAt < counting.earliest) counting.earliest = startedAt;
  countSplit(counting.splits, counting.tallies, use, undefined);
}

/** The start of a use, '2026-05-01T00:00:00', stands after the day itself and before the next. */
const isOfItsMonth = ({ part: { period }, earliest, latest }: Counting): boolean =>
  earliest === '' || (earliest >= period.start && latest < period.end);

function countedBy(countings: ReadonlyMap<string, Counting>): CountedUsage {
  const counted = new Map<string, CountedUses>();
  for (const [product, { part, tallies }] of countings) {
    const metered = meteredOf(part.plan);
    const counts = countAtPlaces(metered, tallies);
    const quantities = metered.charges.flatMap((place, at) =>
      quantitiesOfCharge(place, counts[at]!, part.period, false),
    );
    counted.set(product, { plan: part.plan, served: part.period, quantities });
  }
  return counted;
}
