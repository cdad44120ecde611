/**
 * What does a campaign take off, and for how long? Also called: promotion, キャンペーン, 新生活応援, 期間限定割引.
 *
 * Months are billing periods, counted from the one in which the campaign begins, or from the first whole one; then a
 * part period before it is charged in full (AX-04: for two months from 15 April, counted from the first whole month:
 * May and June).
 */
import { monthOfDate, monthsBetween, nextMonth, periodOfMonth } from '#engine/calendar/billing-cycle.ts';
import { identityOf, type BillDraft, type ProductInPeriod } from '#engine/billing/draft.ts';
import { figureOf } from './effect.ts';
import type { Granted } from './granted.ts';
import { joinedCampaigns, type JoinedCampaign } from './joined-campaigns.ts';

const usualPriority = 100;

export function campaignDiscounts(draft: BillDraft): readonly Granted[] {
  return draft.products
    .filter(({ parts }) => parts.length > 0)
    .flatMap((product) => joinedCampaigns(draft, product).flatMap((joined) => discountsOf(draft, joined, product)));
}

function discountsOf(draft: BillDraft, joined: JoinedCampaign, product: ProductInPeriod): readonly Granted[] {
  const { body } = joined.ruleset;
  const month = monthInCampaign(draft, joined);
  if (month < 1 || (body.duration.months !== null && month > body.duration.months)) return [];
  if (joined.until !== null && joined.until <= draft.period.start) return [];
  return body.discounts.map((discount, index) => {
    const effect = joined.effect ?? discount.effect;
    return {
      product: product.product.id,
      ruleset: identityOf(joined.ruleset),
      row: `/body/discounts/${index}`,
      priority: body.priority ?? usualPriority,
      permanent: body.duration.months === null && joined.until === null,
      stacking: body.stacking,
      discount: { ...discount, effect },
      why: {
        code: `line.discount.campaign.${effect.op}`,
        values: { month: String(month), months: String(body.duration.months ?? 'none'), ...figureOf(effect) },
      },
    };
  });
}

/** 1 in the first month of the campaign; below 1 in a part period that goes before it. */
function monthInCampaign(draft: BillDraft, joined: JoinedCampaign): number {
  return monthsBetween(firstMonthOf(joined, draft.cycle.body.closingDay), draft.month) + 1;
}

/** The first month for which the campaign takes anything off. */
export function firstMonthOf({ ruleset, from }: JoinedCampaign, closingDay: number): string {
  const startMonth = monthOfDate(from, closingDay);
  const isWhole = periodOfMonth(startMonth, closingDay).start === from;
  return ruleset.body.duration.countedFrom === 'start' || isWhole ? startMonth : nextMonth(startMonth);
}
