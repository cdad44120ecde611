/**
 * From which day does a later version of a plan hold for a product that is bound to an earlier one?
 * Also called: existing customers, migration, cohort, 既存契約の扱い, 更新時の適用, 既存契約の移行, 旧料金の据え置き.
 */
import type { ExistingCustomers, RatePlanRuleset, Ruleset } from '#schemas/generated/types.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import { monthOfDate, periodOfMonth, type Closing } from '#engine/calendar/billing-cycle.ts';
import { holds } from '#engine/conditions/holds.ts';
import { stretchOn, type Stretch } from '#engine/facts/timeline.ts';
import { firstRenewal, heldUnderTermSince } from '#engine/penalties/term-status.ts';
import { termIdsOf } from '#engine/rulesets/terms-of-offering.ts';
import type { Group } from './draft.ts';
import { factsOnDay } from './facts-of-part.ts';

/** A stretch of a product that is bound to a version, and by what the periods of whoever pays close for it. */
export interface Bound {
  readonly group: Group;
  readonly product: string;
  readonly timeline: readonly Stretch[];
  readonly stretch: Stretch;
  readonly closing: Closing;
}

/**
 * The first day on which `later` holds for the product; null when it never does. No version takes anything over before
 * its own first day. What renews on 1 June and is offered a version of 10 April has it from 1 June.
 */
export function takenOverOn(bound: Bound, later: RatePlanRuleset): CivilDate | null {
  const { from } = later.effective;
  const existing = later.existing ?? keeps;
  switch (existing.mode) {
    case 'grandfather':
      return null;
    case 'fromDate':
      return dayNamed(later) ?? from;
    case 'nextCycle': {
      const period = periodOfMonth(monthOfDate(from, bound.closing), bound.closing);
      return period.start === from ? from : period.end;
    }
    case 'onRenewal':
      return renewalOf(bound, from);
    case 'migrate': {
      const on = dayNamed(later) ?? from;
      return isOfCohort(bound, later, existing.cohort, on) ? on : null;
    }
  }
}

const keeps: ExistingCustomers = { mode: 'grandfather' };

/** The day that a version names for those who have it already, never before its first; undefined where it names none. */
export function dayNamed({ existing, effective: { from } }: Ruleset): CivilDate | undefined {
  const date = existing !== undefined && 'date' in existing ? existing.date : undefined;
  return date !== undefined && date < from ? from : date;
}

/** The first renewal on or after `from` of the first of the offering's terms that renews; terms as they were agreed. */
function renewalOf({ group, product: id, timeline, stretch }: Bound, from: CivilDate): CivilDate | null {
  const { release } = group;
  const product = group.products.find((one) => one.product.id === id)?.product;
  const offering =
    release.inForce('offering', stretch.offering, from) ?? release.inForce('offering', stretch.offering, stretch.from);
  if (product === undefined || offering === undefined) return null;
  for (const term of termIdsOf(offering)) {
    const rule = release.inForce('term', term, product.appliedOn);
    const since = heldUnderTermSince(release, product, timeline, term, stretch.from);
    const renewal = rule === undefined ? null : firstRenewal(rule.body, since, from);
    if (renewal !== null) return renewal;
  }
  return null;
}

/** Whether the product was bound to an earlier version on the day, and met the condition as it was then. */
function isOfCohort(
  { group, product: id, timeline }: Bound,
  later: RatePlanRuleset,
  cohort: Extract<ExistingCustomers, { mode: 'migrate' }>['cohort'],
  on: CivilDate,
): boolean {
  const held = stretchOn(timeline, on);
  if (held === undefined || held.ratePlanVersion === null || held.ratePlanVersion >= later.version) return false;
  const offering = group.release.inForce('offering', held.offering, on);
  if (offering?.body.ratePlan !== later.id) return false;
  const product = group.products.find((one) => one.product.id === id)?.product;
  return product !== undefined && holds(cohort, factsOnDay(group, product, held, offering, on));
}

/** The first day on which `later` takes over any product of the group; null when it never does. */
export function firstTakenOver(group: Group, later: RatePlanRuleset, closing: Closing): CivilDate | null {
  const days = group.products.flatMap(({ product, timeline }) =>
    timeline.flatMap((stretch) => {
      const { ratePlanVersion: version, offering, from, to } = stretch;
      if (version === null || version >= later.version) return [];
      const has = group.release.versions('offering', offering).some(({ body }) => body.ratePlan === later.id);
      const on = has ? takenOverOn({ group, product: product.id, timeline, stretch, closing }, later) : null;
      return on === null || (to !== null && to <= on) ? [] : [on < from ? from : on];
    }),
  );
  return days.sort()[0] ?? null;
}
