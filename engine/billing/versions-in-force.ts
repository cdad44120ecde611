/**
 * Which version of which ruleset holds for each product on each day of the period?
 * Also called: price version, grandfathering, 適用版の決定, 旧料金の据え置き.
 */
import type { OfferingRuleset, Product, RatePlanRuleset } from '#schemas/generated/types.ts';
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { Closing } from '#engine/calendar/billing-cycle.ts';
import { overlap, type Period } from '#engine/calendar/period.ts';
import { isServedIn, type Stretch } from '#engine/facts/timeline.ts';
import { preparedBy } from '#engine/rulesets/prepared.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { BillDraft, Group, Part, ProductInPeriod, UsageQuantity } from './draft.ts';
import { BillingProblem } from './problem.ts';
import { dayNamed, takenOverOn, type Bound } from './taken-over.ts';

/** Phase 1: the account's products with their parts, and what the whole group holds in the period. */
export function versionsInForce(draft: BillDraft): void {
  const { group, account, period, closing } = draft;
  noteMove(draft);
  const services: string[] = [];
  const offerings: string[] = [];
  const products: ProductInPeriod[] = [];
  const partsHeld: (readonly Part[])[] = [];
  for (const { product, timeline } of group.products) {
    if (!isServedIn(timeline, period.start, period.end)) {
      const hasBegun = product.startsOn < period.start && timeline.length > 0;
      if (product.account === account.id && hasBegun) {
        const endedOn = lastPartOf(group, product.id, timeline, closing);
        products.push(productIn(product, timeline, none, endedOn));
      }
      partsHeld.push(none);
      continue;
    }
    const parts = partsIn(group, product.id, timeline, period, closing);
    partsHeld.push(parts);
    for (const part of parts) {
      addOnce(services, part.offering.body.service);
      addOnce(offerings, part.offering.id);
      if (product.account === account.id) noteVersion(draft, product.id, part);
    }
    if (product.account === account.id) products.push(productIn(product, timeline, parts, null));
  }
  draft.products = products;
  draft.partsHeld = partsHeld;
  draft.services = services;
  draft.offerings = offerings;
}

/** A product in a period before anything is counted or asked of it. */
const productIn = (
  product: Product,
  timeline: readonly Stretch[],
  parts: readonly Part[],
  endedOn: Part | null,
): ProductInPeriod => ({ product, timeline, parts, endedOn, quantities: noQuantities, joined: null });

const noQuantities: readonly UsageQuantity[] = [];

/** Puts a text in its place among the few that are there, which are in order, unless it is one of them. */
function addOnce(texts: string[], text: string): void {
  if (texts.includes(text)) return;
  let at = texts.push(text) - 1;
  for (; at > 0 && texts[at - 1]! > text; at -= 1) texts[at] = texts[at - 1]!;
  texts[at] = text;
}

/** In the trace: that the closing day has changed, so that the period is no regular one. */
function noteMove({ trace, period: { start, end }, sections, base }: BillDraft): void {
  if (sections.length === 1 && base.start === start && base.end === end) return;
  const length = sections.length > 1 ? 'long' : 'short';
  trace.note('trace.period.moved', { start, lastDay: addDays(end, -1), length });
}

function noteVersion(draft: BillDraft, product: string, part: Part): void {
  if (!draft.trace.on) return;
  const { plan, period } = part;
  draft.trace.note('trace.version', {
    product,
    plan: plan.id,
    version: String(plan.version),
    start: period.start,
    lastDay: addDays(period.end, -1),
  });
}

/** The part in which service ended: what falls due later, such as instalments, follows its plan. */
function lastPartOf(group: Group, product: string, timeline: readonly Stretch[], closing: Closing): Part | null {
  const last = timeline.at(-1);
  if (last === undefined || last.to === null) return null;
  const lastDay = addDays(last.to, -1);
  return partsIn(group, product, timeline, { start: lastDay, end: last.to }, closing).at(-1) ?? null;
}

/** The parts of a product within `period`: cut wherever its history or the version of its rate plan changes. */
export function partsIn(
  group: Group,
  product: string,
  timeline: readonly Stretch[],
  period: Period,
  closing: Closing,
): readonly Part[] {
  const ofStretch = (stretch: Stretch): readonly Part[] => {
    const served = overlap({ start: stretch.from, end: stretch.to ?? period.end }, period);
    return served === undefined ? none : cutAtVersions({ group, product, timeline, stretch, closing }, served);
  };
  const [first] = timeline;
  return first !== undefined && timeline.length === 1 ? ofStretch(first) : timeline.flatMap(ofStretch);
}

const none: readonly Part[] = [];

/**
 * The first day from which the release has rules for all that the product has been: contracts may be older than what is
 * known of prices, and looking back must not be refused for days that nobody bills any more.
 */
export function ruledFrom({ release }: Group, timeline: readonly Stretch[]): CivilDate {
  let from = timeline[0]?.from ?? '';
  for (const { from: began, to, offering, ratePlanVersion } of timeline) {
    const versions = release.versions('offering', offering);
    const plans = ratePlanVersion === null ? versions.map(({ body }) => body.ratePlan) : [];
    const firsts = [versions, ...plans.map((plan) => release.versions('ratePlan', plan))].map(firstDayOf);
    const known = [began, ...firsts].reduce((a, b) => (a > b ? a : b));
    const clipped = to !== null && to < known ? to : known;
    if (clipped > from && known > began) from = clipped;
  }
  return from;
}

const firstDayOf = (versions: readonly { readonly effective: { readonly from: CivilDate } }[]): CivilDate =>
  versions.map(({ effective }) => effective.from).sort()[0] ?? '';

function cutAtVersions(bound: Bound, served: Period): readonly Part[] {
  let last = pieceOf(bound, served);
  const pieces = [last];
  const turns = turnsFor(bound);
  // Most of them lie in the past.
  const latest = turns.at(-1);
  if (latest === undefined || latest <= served.start) return pieces;
  for (const day of turns) {
    if (day <= served.start || day >= served.end) continue;
    const next = pieceOf(bound, { start: day, end: served.end });
    if (next.offering === last.offering && next.plan === last.plan) continue;
    pieces[pieces.length - 1] = { ...last, period: { start: last.period.start, end: day } };
    pieces.push(next);
    last = next;
  }
  return pieces;
}

/** What holds on the first day of the period. */
function pieceOf(bound: Bound, period: Period): Part {
  const { group, stretch, product } = bound;
  const offering = offeringOn(group.release, stretch.offering, period.start, product);
  return { period, stretch, offering, plan: planOn(bound, offering, period.start) };
}

/** The days, in order, on which another version of the offering or its plan may begin for this one. */
function turnsFor(bound: Bound): readonly CivilDate[] {
  const { group, stretch } = bound;
  const turns = turnsOf(group.release, stretch.offering);
  const own = stretch.ratePlanVersion === null ? noDays : ownTurns(bound, stretch.ratePlanVersion);
  return own.length === 0 ? turns : [...new Set([...turns, ...own])].sort();
}

const noDays: readonly CivilDate[] = [];

/** The days, in order, on which another version of the offering or its plan may begin, whoever has it. */
const turnsOf = preparedBy((release: Release, offering: string): readonly CivilDate[] => {
  const dates = release
    .versions('offering', offering)
    .flatMap((version) => [version, ...release.versions('ratePlan', version.body.ratePlan)])
    .flatMap((version) => [version.effective.from, version.effective.to, dayNamed(version)])
    .filter((day) => day !== null && day !== undefined);
  return [...new Set(dates)].sort();
});

/** Days that depend on who has it: where its period begins, and where its term renews. */
const ownTurns = (bound: Bound, version: number): readonly CivilDate[] =>
  movedOneByOne(bound.group.release, bound.stretch.offering)
    .filter((later) => later.version > version)
    .flatMap((later) => takenOverOn(bound, later) ?? []);

const movedOneByOne = preparedBy((release: Release, offering: string): readonly RatePlanRuleset[] => {
  const plans = new Set(release.versions('offering', offering).map(({ body }) => body.ratePlan));
  return [...plans]
    .flatMap((plan) => release.versions('ratePlan', plan))
    .filter(({ existing }) => existing?.mode === 'nextCycle' || existing?.mode === 'onRenewal');
});

function offeringOn(release: Release, id: string, on: CivilDate, product: string): OfferingRuleset {
  const offering = release.inForce('offering', id, on);
  if (offering === undefined)
    throw new BillingProblem('offering-not-in-force', `/products/${product}`, { product, offering: id, on });
  return offering;
}

/**
 * The version of the offering's rate plan on a day. A product bound to a version keeps it, until a later version says
 * in `existing` that it takes existing products over; of several that do, the highest holds.
 */
function planOn(bound: Bound, offering: OfferingRuleset, on: CivilDate): RatePlanRuleset {
  const { group, product, stretch } = bound;
  const { release } = group;
  const id = offering.body.ratePlan;
  if (stretch.ratePlanVersion === null) {
    const plan = release.inForce('ratePlan', id, on);
    if (plan === undefined)
      throw new BillingProblem('rate-plan-not-in-force', `/products/${product}`, { product, plan: id, on });
    return plan;
  }
  const version = stretch.ratePlanVersion;
  const plan = release.version('ratePlan', id, version);
  if (plan === undefined) {
    throw new BillingProblem('rate-plan-version-unknown', `/products/${product}`, {
      product,
      plan: id,
      version: String(version),
    });
  }
  const taken = release.versions('ratePlan', id).findLast((later) => {
    if (later.version <= version || later.effective.from > on) return false;
    const from = takenOverOn(bound, later);
    return from !== null && from <= on;
  });
  return taken ?? plan;
}
