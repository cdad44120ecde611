/**
 * How many units of each usage charge did a product use? Events are filtered, freed, cut into blocks and counted.
 * Also called: rating quantities, block rounding, 課金単位への切り上げ, 無料通話, 従量の集計.
 */
import type { RatePlanRuleset, Usage } from '#schemas/generated/types.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import { monthOfDate, periodOfMonth } from '#engine/calendar/billing-cycle.ts';
import { contains, overlap, type Period } from '#engine/calendar/period.ts';
import type { BillDraft, MeteredCharge, Part, ProductInPeriod, UsageQuantity } from '#engine/billing/draft.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { drawAllowances } from '#engine/allowances/draw.ts';
import type { Exact } from '#engine/money/exact.ts';
import { factsOfPart } from '#engine/billing/facts-of-part.ts';
import type { ChargePlace } from '#engine/charges/place.ts';
import { partsIn } from '#engine/billing/versions-in-force.ts';
import type { CountedUses } from './count-ahead.ts';
import { countsOf, countUnits } from './count-units.ts';
import { meteredOf } from './meter-split.ts';
import { freeUsesOf, withoutFreeUses } from './each-use.ts';
import { isDueWithoutUse } from './prices.ts';
import { nothing, type Count } from './tally.ts';

/** Phase 2: the quantities of every product's usage charges. */
export function quantities(draft: BillDraft): void {
  drawAllowances(draft);
  for (const product of draft.products) product.quantities = quantitiesOf(draft, product);
}

function quantitiesOf(draft: BillDraft, product: ProductInPeriod): readonly UsageQuantity[] {
  const ahead = draft.group.counted.get(product.product.id);
  if (ahead !== undefined) return quantitiesAhead(product, ahead);
  const events = draft.group.usage.get(product.product.id) ?? noUses;
  const { start, end } = draft.period;
  const now = within(events, { start, end });
  const before = draft.takesLateUsage ? placeOf(events, start) : 0;
  const late = events.slice(0, before).filter((event) => !isLookedAtAgain(draft, event));
  const lateFirst = late.length === 0 ? [] : lateQuantities(draft, product, late);
  const counted = countParts(draft, product, product.parts, now, draft.period, false);
  return lateFirst.length === 0 ? counted : [...lateFirst, ...counted];
}

const noUses: readonly Usage[] = [];

/** What was counted while usage was read, of the one part that the product has in the period. */
function quantitiesAhead({ product, parts }: ProductInPeriod, ahead: CountedUses): readonly UsageQuantity[] {
  const [part] = parts;
  const isSame = part?.plan === ahead.plan && part.period.start === ahead.served.start && parts.length === 1;
  if (!isSame) throw new Error(`the usage of ${product.id} was counted under other terms than it is billed under`);
  return ahead.quantities;
}

/** The quantities of a charge: its counts, or one of nothing where it is owed without use. */
export function quantitiesOfCharge(
  place: ChargePlace<MeteredCharge>,
  counts: readonly Count[],
  servicePeriod: Period,
  late: boolean,
): readonly UsageQuantity[] {
  const due = counts.length === 0 && !late && isDueWithoutUsage(place.charge) ? [nothing] : counts;
  return due.map(({ tableRow, uses, chargedUses, used, units, inFractions, covered, owed, freed }) => ({
    ...{ place, servicePeriod, late },
    ...{ tableRow, uses, chargedUses, used, units, inFractions, covered, owed, freed },
  }));
}

/** Usage of a month that is worked out again is part of it, not late. */
const isLookedAtAgain = ({ group, closing }: BillDraft, event: Usage): boolean =>
  group.lookedAtAgain.has(monthOfDate(dayOf(event), closing));

/** Usage that arrived late is rated by the month it was used in, under the terms of that month. */
function lateQuantities(
  draft: BillDraft,
  product: ProductInPeriod,
  events: readonly Usage[],
): readonly UsageQuantity[] {
  const { closing } = draft;
  const months = Map.groupBy(events, (event) => monthOfDate(dayOf(event), closing));
  return [...months.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([month, used]) => {
      const period = periodOfMonth(month, closing);
      const parts = partsIn(draft.group, product.product.id, product.timeline, period, closing);
      return countParts(draft, product, parts, used, period, true);
    });
}

/**
 * Parts under one version of a plan are counted together: a change of quantity or status does not restart tiers. What is
 * owed once a period, such as a floor, is counted over all versions of the plan held in it, and priced by the last.
 */
function countParts(
  draft: BillDraft,
  product: ProductInPeriod,
  parts: readonly Part[],
  events: readonly Usage[],
  period: Period,
  late: boolean,
): readonly UsageQuantity[] {
  assertServed(product, parts, events);
  const covered = late ? none : draft.covered;
  const plans = [...new Set(parts.map((part) => part.plan))];
  if (plans.every((plan) => meteredOf(plan).charges.length === 0)) return [];
  const used = parts.map((part) => ({
    part,
    facts: factsOfPart(draft, product.product, part),
    uses: within(events, part.period),
  }));
  return plans.flatMap((plan, number) => {
    const ofPlan = plans.length === 1 ? used : used.filter(({ part }) => part.plan === plan);
    const countsOfPlan = countsOf(plan, ofPlan, covered);
    return meteredOf(plan).charges.flatMap((place, at) => {
      const { charge } = place;
      if (plans.slice(number + 1).some((later) => isOwedOnce(plan, later, charge))) return [];
      const earlier = plans.slice(0, number).filter((before) => isOwedOnce(before, plan, charge));
      const own = earlier.length === 0 ? ofPlan : used.filter(({ part }) => [plan, ...earlier].includes(part.plan));
      const first = own[0]?.part.period.start ?? period.start;
      const end = own.at(-1)?.part.period.end ?? period.end;
      const servicePeriod = overlap({ start: first, end }, period) ?? period;
      const asked = late && charge.type === 'usage' && freeUsesOf(charge) !== null ? withoutFreeUses(charge) : charge;
      const counts = own === ofPlan && asked === charge ? countsOfPlan[at]! : countUnits(asked, own, covered);
      return quantitiesOfCharge(place, counts, servicePeriod, late);
    });
  });
}

/** Whether the charge has a flat part, or a free one, in both versions of one plan: it is there once, not once for each version. */
function isOwedOnce(before: RatePlanRuleset, after: RatePlanRuleset, { id }: MeteredCharge): boolean {
  const isOnce = ({ body }: RatePlanRuleset): boolean =>
    body.charges.some(
      (charge) =>
        charge.id === id && charge.type === 'usage' && (isDueWithoutUse(charge.price) || freeUsesOf(charge) !== null),
    );
  return before.id === after.id && isOnce(before) && isOnce(after);
}

/** What arrives late draws on no allowance: that month's has been settled. */
const none: ReadonlyMap<string, Exact> = new Map();

/** A floor is owed even when nothing was used. */
const isDueWithoutUsage = (charge: MeteredCharge): boolean =>
  charge.type === 'usage' && (isDueWithoutUse(charge.price) || charge.bounds?.minimum !== undefined);

const dayOf = (event: Usage): string => event.startedAt.slice(0, 10);

/** Where the uses of the day and later begin; they are in order of their start. */
function placeOf(events: readonly Usage[], day: CivilDate): number {
  let [low, high] = [0, events.length];
  if (high === 0 || events[0]!.startedAt >= day) return 0;
  if (events[high - 1]!.startedAt < day) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    // The start of a use, '2026-05-01T00:00:00', stands after the day itself and before the next.
    if (events[middle]!.startedAt < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

function within(events: readonly Usage[], { start, end }: Period): readonly Usage[] {
  const [from, to] = [placeOf(events, start), placeOf(events, end)];
  return from === 0 && to === events.length ? events : events.slice(from, to);
}

function assertServed(product: ProductInPeriod, parts: readonly Part[], events: readonly Usage[]): void {
  if (events.length === 0) return;
  const served = parts.reduce(
    (sum, { period }) => sum + placeOf(events, period.end) - placeOf(events, period.start),
    0,
  );
  if (served === events.length) return;
  const event = events.find((use) => !parts.some(({ period }) => contains(period, dayOf(use))))!;
  throw new BillingProblem('usage-outside-service', `/usage/${event.id}`, {
    usage: event.id,
    product: product.product.id,
    startedAt: event.startedAt,
  });
}
