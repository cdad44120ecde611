/**
 * Which campaigns has a product joined, and when? Also called: campaign eligibility, キャンペーンの適用判定, 付与.
 *
 * Who signs up within the window joins by the order itself; a campaign that has to be granted is joined by its grant,
 * given once when the order was taken. Either way the terms are those in force on that day, and for ever after.
 */
import type { CampaignRuleset, Effect, ProductEvent } from '#schemas/generated/types.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import { contains } from '#engine/calendar/period.ts';
import { eligibleOf, MANY } from '#engine/compile/eligible.ts';
import type { BillDraft, ProductInPeriod } from '#engine/billing/draft.ts';
import { preparedBy } from '#engine/rulesets/prepared.ts';
import { factsOfPart } from '#engine/billing/facts-of-part.ts';
import { partsIn } from '#engine/billing/versions-in-force.ts';
import { monthAround } from './month-around.ts';

export interface JoinedCampaign {
  readonly ruleset: CampaignRuleset;
  /** The first day on which it may take anything off. */
  readonly from: CivilDate;
  readonly until: CivilDate | null;
  /** What this customer has instead of the campaign's own effect. */
  readonly effect: Effect | null;
}

/** The campaigns of a product by id, looked for once a bill; of one joined more than once, the last time counts. */
export const joinedCampaigns = (draft: BillDraft, product: ProductInPeriod): readonly JoinedCampaign[] =>
  (product.joined ??= lookedFor(draft, product));

function lookedFor(draft: BillDraft, product: ProductInPeriod): readonly JoinedCampaign[] {
  const [signedUp, granted] = [bySignUp(draft, product), byGrant(draft, product)];
  const found = granted.length === 0 ? signedUp : [...signedUp, ...granted];
  if (found.length === 0) return found;
  const begun = found.every(({ from }) => from < draft.period.end)
    ? found
    : found.filter(({ from }) => from < draft.period.end);
  return begun.length < 2 ? begun : lastOfEach(begun);
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

function bySignUp(draft: BillDraft, product: ProductInPeriod): readonly JoinedCampaign[] {
  const { event, appliedOn, startsOn, history } = product.product;
  const first = joinedOn(draft, product, { event, appliedOn, from: startsOn });
  if (history === undefined || history.length === 0) return first;
  const later = history.flatMap((change) => {
    if (change.event === undefined) return none;
    const signUp = { event: change.event, appliedOn: change.appliedOn ?? change.from, from: change.from };
    return joinedOn(draft, product, signUp);
  });
  return later.length === 0 ? first : [...first, ...later];
}

function joinedOn(
  draft: BillDraft,
  product: ProductInPeriod,
  { event, appliedOn, from }: SignUp,
): readonly JoinedCampaign[] {
  const campaigns = draft.group.release.allInForce('campaign', appliedOn);
  const { open, asksMore } = openOn(triggeredBy(campaigns, event), appliedOn);
  if (open.length === 0) return none;
  // Many are asked through the index of the list as the release gave it.
  const all = asksMore ? eligibleAmong(draft, campaigns, open, product, from) : open;
  return all.map((ruleset) => ({ ruleset, from, until: null, effect: null }));
}

const none: readonly JoinedCampaign[] = [];

/** Those of a list, which the release gave, that an order of the kind joins by itself. */
const triggeredBy = preparedBy((campaigns: readonly CampaignRuleset[], event: ProductEvent) =>
  campaigns.filter(({ body }) => body.grant !== 'required' && body.triggers.includes(event)),
);

/** Those of them whose window is open on the day, and whether any of these asks for more. */
const openOn = preparedBy((triggered: readonly CampaignRuleset[], day: CivilDate) => {
  const isOpen = ({ body: { window } }: CampaignRuleset): boolean =>
    window.from <= day && (window.to === null || day < window.to);
  const open = triggered.every(isOpen) ? triggered : triggered.filter(isOpen);
  return { open, asksMore: open.some(({ body }) => body.eligibility !== undefined) };
});

function byGrant(draft: BillDraft, product: ProductInPeriod): readonly JoinedCampaign[] {
  const { grants } = draft.group.document;
  if (grants === undefined || grants.length === 0) return none;
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
  const { closing } = draft;
  // The whole month is looked at: where a day of it has no rules in force, the group is refused.
  const { period } = monthAround(closing, on);
  const parts = partsIn(draft.group, product.product.id, product.timeline, period, closing);
  const held = parts.find((part) => contains(part.period, on));
  if (held === undefined) return campaigns.filter(({ body }) => body.eligibility === undefined);
  return eligibleOf(campaigns, factsOfPart(draft, product.product, held, on), draft.group.release.evaluateSource);
}
