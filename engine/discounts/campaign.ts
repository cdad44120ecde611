/**
 * What does a campaign take off, and for how long? Also called: promotion, キャンペーン, 新生活応援, 期間限定割引.
 *
 * Months are billing periods, counted from the one in which the campaign begins, or from the first whole one; then a
 * part period before it is charged in full (AX-04: for two months from 15 April, counted from the first whole month:
 * May and June).
 */
import { monthsBetween, nextMonth, type Closing } from '#engine/calendar/billing-cycle.ts';
import { identityOf, type BillDraft, type ProductInPeriod } from '#engine/billing/draft.ts';
import { preparedBy } from '#engine/rulesets/prepared.ts';
import type { CampaignRuleset, Effect, Sentence } from '#schemas/generated/types.ts';
import { figureOf, isByDay } from './effect.ts';
import { grantedTo, type Granted, type Terms } from './granted.ts';
import { joinedCampaigns, type JoinedCampaign } from './joined-campaigns.ts';
import { monthAround } from './month-around.ts';

const usualPriority = 100;

export function campaignDiscounts(draft: BillDraft): readonly Granted[] {
  const granted: Granted[] = [];
  for (const product of draft.products) {
    if (product.parts.length === 0) continue;
    for (const joined of joinedCampaigns(draft, product)) grant(draft, joined, product, granted);
  }
  return granted;
}

function grant(draft: BillDraft, joined: JoinedCampaign, product: ProductInPeriod, granted: Granted[]): void {
  const { months } = joined.ruleset.body.duration;
  const month = monthInCampaign(draft, joined);
  if (month < 1 || (months !== null && month > months)) return;
  if (joined.until !== null && joined.until <= draft.period.start) return;
  const { id } = product.product;
  for (const terms of usualTerms(joined.ruleset, month)) {
    const own = joined.effect === null && joined.until === null ? terms : ownTerms(terms, joined, month);
    granted.push(isByDay(own.discount.effect) ? { ...own, product: id, stands: joined } : grantedTo(id, own));
  }
}

const usualTerms = preparedBy((ruleset: CampaignRuleset, month: number): readonly Terms[] =>
  ruleset.body.discounts.map((discount, index) => ({
    ruleset: identityOf(ruleset),
    row: `/body/discounts/${index}`,
    priority: ruleset.body.priority ?? usualPriority,
    permanent: ruleset.body.duration.months === null,
    stacking: ruleset.body.stacking,
    discount,
    why: whyOf(ruleset, discount.effect, month),
  })),
);

/** What this customer has been granted, and until when. */
function ownTerms(terms: Terms, { ruleset, effect: own, until }: JoinedCampaign, month: number): Terms {
  const effect = own ?? terms.discount.effect;
  const permanent = terms.permanent && until === null;
  return { ...terms, permanent, discount: { ...terms.discount, effect }, why: whyOf(ruleset, effect, month) };
}

function whyOf({ body }: CampaignRuleset, effect: Effect, month: number): Sentence {
  const months = String(body.duration.months ?? 'none');
  return {
    code: `line.discount.campaign.${effect.op}`,
    values: { month: String(month), months, ...figureOf(effect) },
  };
}

/** 1 in the first month of the campaign; below 1 in a part period that goes before it. */
function monthInCampaign(draft: BillDraft, joined: JoinedCampaign): number {
  return monthsBetween(firstMonthOf(joined, draft.closing), draft.month) + 1;
}

/** The first month for which the campaign takes anything off. */
export function firstMonthOf({ ruleset, from }: JoinedCampaign, closing: Closing): string {
  const { month, period } = monthAround(closing, from);
  return ruleset.body.duration.countedFrom === 'start' || period.start === from ? month : nextMonth(month);
}
