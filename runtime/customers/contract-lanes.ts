/**
 * What became of each product, stretch by stretch, and why?
 * One lane a product: what was held from which day to which, under which version of which plan, with campaigns and terms beside it.
 * Pure. Also called: contract timeline, contract history, 契約の履歴, 異動履歴, タイムライン.
 */
import type { Closing } from '#engine/calendar/billing-cycle.ts';
import { groupOf } from '#engine/billing/bill.ts';
import type { Group, Part } from '#engine/billing/draft.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { partsIn } from '#engine/billing/versions-in-force.ts';
import { addMonths, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { GroupStanding, ProductStanding } from '#engine/explain/standing.ts';
import type { Stretch } from '#engine/facts/timeline.ts';
import type { Release } from '#engine/rulesets/release.ts';
import { changesBetween, type LaneChange } from '#runtime/customers/lane-changes.ts';
import type { KnownGroup } from '#runtime/customers/known-now.ts';
import { nameOfOffering, offeringOn } from '#runtime/customers/offering-names.ts';
import type { IdentifierRecord } from '#runtime/customers/read-customer.ts';
import type { HistoryRow } from '#runtime/cycles/group-rows.ts';
import type { Localized, Product, ProductEvent } from '#schemas/generated/types.ts';

export type LaneState = 'active' | 'suspended' | 'upcoming' | 'ended';

/** Days [from, to) on which nothing about the product changes; `to` is null while it goes on. */
export type LaneStretch = {
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  readonly offering: string;
  readonly offeringName: Localized;
  /** Null where no plan answers for the days. */
  readonly plan: { readonly id: string; readonly version: number; readonly name: Localized } | null;
  readonly status: 'active' | 'suspended';
  readonly quantity: string;
  readonly boundBy: HistoryRow['bound_by'];
};

/** A campaign that the product joined. `to` is the first day on which it takes nothing off any more. */
export type LaneCampaign = {
  readonly id: string;
  readonly version: number;
  readonly name: Localized;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  readonly monthsLeft: number | null;
};

/** A term under which the product is held. `to` is the first day after it. */
export type LaneTerm = {
  readonly id: string;
  readonly version: number;
  readonly name: Localized;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly in: 'term' | 'grace' | 'free';
};

export type Lane = {
  readonly product: string;
  readonly account: string;
  /** Of the offering held now, or last. */
  readonly name: Localized;
  readonly service: string | null;
  readonly state: LaneState;
  readonly event: ProductEvent;
  readonly appliedOn: CivilDate;
  readonly startsOn: CivilDate;
  /** The first day without service; null while it goes on. */
  readonly endsOn: CivilDate | null;
  readonly endReason: string | null;
  readonly identifiers: readonly Omit<IdentifierRecord, 'product'>[];
  readonly stretches: readonly LaneStretch[];
  /** What happened, in order of day. */
  readonly changes: readonly LaneChange[];
  readonly campaigns: readonly LaneCampaign[];
  readonly terms: readonly LaneTerm[];
  /** Something about it was once known otherwise, and put right. */
  readonly corrected: boolean;
};

/** What lanes are drawn from, besides the group itself. */
export type LaneSources = {
  readonly release: Release;
  readonly today: CivilDate;
  readonly standing: GroupStanding;
  readonly identifiers: readonly IdentifierRecord[];
  readonly corrected: ReadonlySet<string>;
};

/** Versions that are to come in force are shown this far ahead. */
const MONTHS_AHEAD = 24;

/** The lanes of a group, the earliest product first. */
export function lanesOf(known: KnownGroup, sources: LaneSources): Lane[] {
  const { document } = known;
  if (document === null) return [];
  const group = groupOf(document, sources.release);
  const standings = new Map(sources.standing.products.map((standing) => [standing.product, standing]));
  const lanes = group.products.map(({ product, timeline }) => {
    const history = known.rows.products.find(({ id }) => id === product.id)?.history ?? [];
    const stretches = stretchesOf(group, product, timeline, history, known.closing, sources);
    return laneOf(product, stretches, standings.get(product.id), sources);
  });
  return lanes.toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : a.startsOn > b.startsOn ? 1 : 0));
}

function laneOf(
  product: Product,
  stretches: readonly LaneStretch[],
  standing: ProductStanding | undefined,
  sources: LaneSources,
): Lane {
  const { release, today, identifiers, corrected } = sources;
  const { id, account, event, appliedOn, startsOn, endsOn, endReason = null } = product;
  const shown = stretches.findLast(({ from }) => from <= today) ?? stretches[0];
  const offering = offeringOn(release, shown?.offering ?? product.offering, today);
  return {
    ...{ product: id, account, event, appliedOn, startsOn, endsOn, endReason },
    name: offering?.name ?? { ja: product.offering, en: product.offering },
    service: offering?.body.service ?? null,
    state: stateOn(today, product, shown),
    identifiers: identifiers
      .filter((each) => each.product === id)
      .map(({ identifier, from, to }) => ({ identifier, from, to })),
    stretches,
    changes: changesBetween(product, stretches),
    campaigns: (standing?.campaigns ?? []).map(({ ruleset, from, to, monthsLeft }) => ({
      ...nameOf(ruleset),
      from,
      to: earlier(to, endsOn),
      monthsLeft,
    })),
    terms: (standing?.terms ?? []).map(({ ruleset, startedOn, status }) => ({
      ...nameOf(ruleset),
      from: status.in === 'term' ? status.termStart : startedOn,
      to: status.termEnd,
      in: status.in,
    })),
    corrected: corrected.has(id),
  };
}

const nameOf = ({ id, version, name }: { id: string; version: number; name: Localized }) => ({ id, version, name });

const earlier = (a: CivilDate | null, b: CivilDate | null): CivilDate | null =>
  a === null ? b : b === null || a < b ? a : b;

function stateOn(today: CivilDate, { startsOn, endsOn }: Product, shown: LaneStretch | undefined): LaneState {
  if (startsOn > today) return 'upcoming';
  if (endsOn !== null && endsOn <= today) return 'ended';
  return shown?.status ?? 'active';
}

function stretchesOf(
  group: Group,
  product: Product,
  timeline: readonly Stretch[],
  history: readonly HistoryRow[],
  closing: Closing,
  { release, today }: LaneSources,
): LaneStretch[] {
  const start = product.startsOn;
  const end = product.endsOn ?? addMonths(start > today ? start : today, MONTHS_AHEAD);
  const described = (stretch: Stretch, from: CivilDate, to: CivilDate | null, part?: Part): LaneStretch => ({
    ...{ from, to, offering: stretch.offering },
    offeringName: part?.offering.name ?? nameOfOffering(release, stretch.offering, from),
    plan: part === undefined ? null : nameOf(part.plan),
    status: stretch.status,
    quantity: stretch.quantity,
    boundBy: history.findLast(({ valid_from }) => valid_from <= from)?.bound_by ?? 'order',
  });
  try {
    const parts = partsIn(group, product.id, timeline, { start, end }, closing);
    return parts.map((part, index) =>
      described(part.stretch, part.period.start, index === parts.length - 1 ? product.endsOn : part.period.end, part),
    );
  } catch (error) {
    // Days for which no plan answers are shown without one: that is what has to be put right.
    if (!(error instanceof BillingProblem)) throw error;
    return timeline.map((stretch) => described(stretch, stretch.from, stretch.to));
  }
}
