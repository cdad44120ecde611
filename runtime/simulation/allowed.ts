/**
 * May it be sold like that?
 * Sales window, what an offering requires and excludes, who may order it: judged on the day of the change, with everything else
 * that is held then. Pure. Words under `simulation.refused.…`. Also called: order validation, 申込可否, 販売条件.
 */
import { settingIn } from '#engine/billing/account-calendar.ts';
import { monthOfDate, periodOfMonth, type Closing } from '#engine/calendar/billing-cycle.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { holds } from '#engine/conditions/holds.ts';
import type { Facts } from '#engine/conditions/evaluate.ts';
import { customerOn } from '#engine/facts/customer-on.ts';
import { productFacts } from '#engine/facts/facts.ts';
import { stretchOn, timelineOf } from '#engine/facts/timeline.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { Said } from '#runtime/customers/lane-changes.ts';
import { nameOfOffering, offeringOn } from '#runtime/customers/offering-names.ts';
import type { Taken } from '#runtime/simulation/changed-document.ts';
import type { Changes } from '#runtime/simulation/changes.ts';
import type { AccountDocument, OfferingRuleset } from '#schemas/generated/types.ts';

type Judged = {
  readonly before: AccountDocument;
  readonly after: AccountDocument;
  readonly taken: readonly Taken[];
  readonly given: Changes;
  readonly release: Release;
  readonly closing: Closing;
};

/** Why the changes are not allowed; none when they are. */
export function refusalsOf(judged: Judged): Said[] {
  const held = heldOn(judged.after, judged.given.from);
  return [
    ...judged.taken.flatMap((taken) => [
      ...unsold(judged, taken),
      ...conflicts(judged, taken, held),
      ...unfit(judged, taken, held),
    ]),
    ...leftAlone(judged, held),
    ...grantsUnfit(judged, held),
  ];
}

/** The offering of each product that has service on the day. */
type Held = ReadonlyMap<string, string>;

function heldOn({ products }: AccountDocument, day: string): Held {
  return new Map(
    products.flatMap((product) => {
      const stretch = stretchOn(timelineOf(product), day);
      return stretch === undefined ? [] : [[product.id, stretch.offering] as const];
    }),
  );
}

const refused = (code: string, values: Said['values']): Said => ({ code: `simulation.refused.${code}`, values });

function unsold({ given }: Judged, { offering }: Taken): Said[] {
  const { from, to } = offering.body.sales;
  if (from <= given.appliedOn && (to === null || given.appliedOn < to)) return [];
  const lastDay = to === null ? 'open' : addDays(to, -1);
  return [refused('not-sold', { name: offering.name, from, lastDay, on: given.appliedOn })];
}

function conflicts({ release, given }: Judged, { product, offering }: Taken, held: Held): Said[] {
  const others = [...held].filter(([id]) => id !== product).map(([, other]) => other);
  const missing = (offering.body.requires ?? []).filter((id) => !others.includes(id));
  const excluded = others.filter(
    (id) =>
      offering.body.excludes?.includes(id) === true ||
      offeringOn(release, id, given.from)?.body.excludes?.includes(offering.id) === true,
  );
  const named = (id: string): Said['values'] => ({
    name: offering.name,
    other: nameOfOffering(release, id, given.from),
  });
  return [
    ...missing.map((id) => refused('requires', named(id))),
    ...[...new Set(excluded)].map((id) => refused('excludes', named(id))),
  ];
}

function unfit(judged: Judged, { product, offering }: Taken, held: Held): Said[] {
  const facts = factsOf(judged, product, held);
  const fits = facts === undefined || holds(offering.body.eligibility, facts);
  return fits ? [] : [refused('not-eligible', { name: offering.name })];
}

/** Whatever is kept and needs what was ended. */
function leftAlone({ before, release, given, taken }: Judged, held: Held): Said[] {
  const was = new Set(heldOn(before, given.from).values());
  const is = new Set(held.values());
  return [...held].flatMap(([product, id]) => {
    if (taken.some((each) => each.product === product)) return [];
    const lost = (offeringOn(release, id, given.from)?.body.requires ?? []).filter(
      (other) => was.has(other) && !is.has(other),
    );
    return lost.map((other) =>
      refused('requires', {
        name: nameOfOffering(release, id, given.from),
        other: nameOfOffering(release, other, given.from),
      }),
    );
  });
}

function grantsUnfit(judged: Judged, held: Held): Said[] {
  const { before, after, release, given } = judged;
  const added = (after.grants ?? []).slice((before.grants ?? []).length);
  return added.flatMap(({ campaign, product }) => {
    const ruleset = release.inForce('campaign', campaign, given.from);
    const facts = factsOf(judged, product, held);
    if (ruleset === undefined || facts === undefined || holds(ruleset.body.eligibility, facts)) return [];
    return [refused('not-eligible', { name: ruleset.name })];
  });
}

/** What a condition may ask of the product on the day of the change. */
function factsOf({ after, release, given, closing }: Judged, id: string, held: Held): Facts | undefined {
  const product = after.products.find((each) => each.id === id);
  const stretch = product && stretchOn(timelineOf(product), given.from);
  const offering = stretch && offeringOn(release, stretch.offering, given.from);
  const account = after.accounts.find((each) => each.id === product?.account);
  if (product === undefined || stretch === undefined || offering === undefined || account === undefined)
    return undefined;
  const { billingCycle } = settingIn(account, given.from.slice(0, 7));
  const services = [...held.values()].flatMap((other): string[] => serviceOf(offeringOn(release, other, given.from)));
  return productFacts({
    ...{ customer: customerOn(after.customer, given.from), billingCycle, product, stretch },
    currency: release.inForce('billingCycle', billingCycle, given.from)?.body.currency ?? '',
    services: [...new Set(services)].sort(),
    offerings: [...new Set(held.values())].sort(),
    service: offering.body.service,
    ratePlan: offering.body.ratePlan,
    judgedOn: periodOfMonth(monthOfDate(given.from, closing), closing).start,
  });
}

const serviceOf = (offering: OfferingRuleset | undefined): string[] =>
  offering === undefined ? [] : [offering.body.service];
