/**
 * Which campaigns has a product joined, and when? Also called: campaign eligibility, キャンペーンの適用判定, 付与.
 *
 * Who signs up within the window joins by the order itself; a campaign that has to be granted is joined by its grant,
 * given once when the order was taken. Either way the terms are those in force on that day, and for ever after.
 */
import type { CampaignRuleset, Effect, ProductEvent } from '#schemas/generated/types.ts';
import { monthOfDate, periodOfMonth } from '#engine/calendar/billing-cycle.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import { contains } from '#engine/calendar/period.ts';
import { eligibleOf, MANY } from '#engine/compile/eligible.ts';
import type { BillDraft, ProductInPeriod } from '#engine/billing/draft.ts';
import { preparedBy } from '#engine/rulesets/prepared.ts';
import { factsOfPart } from '#engine/billing/facts-of-part.ts';
import { partsIn } from '#engine/billing/versions-in-force.ts';

export interface JoinedCampaign {
  readonly ruleset: CampaignRuleset;
  /** The first day on which it may take anything off. */
  readonly from: CivilDate;
  readonly until: CivilDate | null;
  /** What this customer has instead of the campaign's own effect. */
  readonly effect: Effect | null;
}

/** The campaigns of a product by id, looked for once a bill; of one joined more than once, the last time counts. */
export function joinedCampaigns(draft: BillDraft, product: ProductInPeriod): readonly JoinedCampaign[] {
  const known = draft.joined?.get(product.product.id);
  if (known !== undefined) return known;
  const found = [...bySignUp(draft, product), ...byGrant(draft, product)].filter(({ from }) => from < draft.period.end);
  const all = found.length < 2 ? found : lastOfEach(found);
  draft.joined ??= new Map();
  draft.joined.set(product.product.id, all);
  return all;
}

function lastOfEach(found: readonly JoinedCampaign[]): readonly JoinedCampaign[] {
  const joined = new Map<string, JoinedCampaign>();
  for (const one of found) {
    const before = joined.get(one.ruleset.id);
    if (before === undefined || before.from <= one.from) joined.set(one.ruleset.id, one);
  }
  return [...joined.values()];
}

interface SignUp {
  readonly event: ProductEvent;
  readonly appliedOn: CivilDate;
  readonly from: CivilDate;
}

function signUpsOf({ product }: ProductInPeriod): readonly SignUp[] {
  const { event, appliedOn, startsOn } = product;
  const first: SignUp = { event, appliedOn, from: startsOn };
  if (product.history === undefined) return [first];
  const changes = product.history.flatMap((change) =>
    change.event === undefined
      ? []
      : [{ event: change.event, appliedOn: change.appliedOn ?? change.from, from: change.from }],
  );
  return [first, ...changes];
}

function bySignUp(draft: BillDraft, product: ProductInPeriod): readonly JoinedCampaign[] {
  const joined: JoinedCampaign[] = [];
  for (const { event, appliedOn, from } of signUpsOf(product)) {
    const campaigns = draft.group.release.allInForce('campaign', appliedOn);
    const open = triggeredBy(campaigns, event).filter(
      ({ body: { window } }) => window.from <= appliedOn && (window.to === null || appliedOn < window.to),
    );
    if (open.length === 0) continue;
    const asksMore = open.some(({ body }) => body.eligibility !== undefined);
    // Many are asked through the index of the list as the release gave it.
    const all = asksMore ? eligibleAmong(draft, campaigns, open, product, from) : open;
    for (const ruleset of all) joined.push({ ruleset, from, until: null, effect: null });
  }
  return joined;
}

/** Those of a list, which the release gave, that an event alone may join. */
const triggeredBy = preparedBy((campaigns: readonly CampaignRuleset[], event: ProductEvent) =>
  campaigns.filter(({ body }) => body.grant !== 'required' && body.triggers.includes(event)),
);

function byGrant(draft: BillDraft, product: ProductInPeriod): readonly JoinedCampaign[] {
  const { grants } = draft.group.document;
  if (grants === undefined || grants.length === 0) return [];
  return grants.flatMap((grant) => {
    if (grant.product !== product.product.id) return [];
    const ruleset = draft.group.release.inForce('campaign', grant.campaign, grant.grantedOn);
    if (ruleset?.body.grant !== 'required') return [];
    const from = grant.grantedOn > product.product.startsOn ? grant.grantedOn : product.product.startsOn;
    return eligible(draft, [ruleset], product, from).length > 0
      ? [{ ruleset, from, until: grant.until ?? null, effect: grant.effect ?? null }]
      : [];
  });
}

/** Those of `open` that are eligible. */
function eligibleAmong(
  draft: BillDraft,
  all: readonly CampaignRuleset[],
  open: readonly CampaignRuleset[],
  product: ProductInPeriod,
  on: CivilDate,
): readonly CampaignRuleset[] {
  if (open.length < MANY) return eligible(draft, open, product, on);
  const found = new Set(eligible(draft, all, product, on));
  return open.filter((campaign) => found.has(campaign));
}

/** Judged once, as the product was on the day from which the campaign counts. */
function eligible(
  draft: BillDraft,
  campaigns: readonly CampaignRuleset[],
  product: ProductInPeriod,
  on: CivilDate,
): readonly CampaignRuleset[] {
  if (campaigns.every(({ body }) => body.eligibility === undefined)) return campaigns;
  const { closingDay } = draft.cycle.body;
  // The whole month is looked at: where a day of it has no rules in force, the group is refused.
  const period = periodOfMonth(monthOfDate(on, closingDay), closingDay);
  const parts = partsIn(draft.group, product.product.id, product.timeline, period, closingDay);
  const held = parts.find((part) => contains(part.period, on));
  if (held === undefined) return campaigns.filter(({ body }) => body.eligibility === undefined);
  return eligibleOf(campaigns, factsOfPart(draft, product.product, held), draft.group.release.evaluateSource);
}
