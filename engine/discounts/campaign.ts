/**
 * What does a campaign take off, and for how long? Also called: promotion, キャンペーン, 新生活応援, 期間限定割引.
 *
 * The terms are those in force on the day of application. Months are billing periods, counted from the one in which
 * service starts, or from the first whole one; then a part period before it is charged in full (AX-04: for two months
 * from 15 April, counted from the first whole month: May and June).
 */
import type { CampaignBody, CampaignRuleset } from '#schemas/generated/types.ts';
import { monthOfDate, monthsBetween, nextMonth, periodOfMonth } from '#engine/calendar/billing-cycle.ts';
import { holds } from '#engine/conditions/holds.ts';
import { identityOf, type BillDraft, type ProductInPeriod } from '#engine/billing/draft.ts';
import { factsOfPart } from '#engine/billing/facts-of-part.ts';
import { partsIn } from '#engine/billing/versions-in-force.ts';
import { figureOf } from './effect.ts';
import type { Granted } from './granted.ts';

const usualPriority = 100;

export function campaignDiscounts(draft: BillDraft): readonly Granted[] {
  return draft.products.flatMap((product) =>
    draft.group.release
      .allInForce('campaign', product.product.appliedOn)
      .flatMap((ruleset) => campaignOf(draft, ruleset, product)),
  );
}

function campaignOf(draft: BillDraft, ruleset: CampaignRuleset, product: ProductInPeriod): readonly Granted[] {
  const { body } = ruleset;
  if (product.parts.length === 0 || !isGranted(draft, ruleset, product)) return [];
  const month = monthInCampaign(draft, body, product);
  if (month < 1 || (body.duration.months !== null && month > body.duration.months)) return [];
  return body.discounts.map((discount, index) => ({
    product: product.product.id,
    ruleset: identityOf(ruleset),
    row: `/body/discounts/${index}`,
    priority: body.priority ?? usualPriority,
    permanent: body.duration.months === null,
    discount,
    why: {
      code: `line.discount.campaign.${discount.effect.op}`,
      values: { month: String(month), months: String(body.duration.months ?? 'none'), ...figureOf(discount.effect) },
    },
  }));
}

/** Trigger, window and eligibility are judged once, as the product was when service began. */
function isGranted(draft: BillDraft, ruleset: CampaignRuleset, { product, timeline }: ProductInPeriod): boolean {
  const { body } = ruleset;
  if (!body.triggers.includes(product.event)) return false;
  if (product.appliedOn < body.window.from || (body.window.to !== null && product.appliedOn >= body.window.to))
    return false;
  if (body.grant === 'required') {
    const grants = draft.group.document.grants ?? [];
    if (!grants.some((grant) => grant.campaign === ruleset.id && grant.product === product.id)) return false;
  }
  if (body.eligibility === undefined) return true;
  const closingDay = draft.cycle.body.closingDay;
  const first = periodOfMonth(monthOfDate(product.startsOn, closingDay), closingDay);
  const part = partsIn(draft.group, product.id, timeline, first, closingDay)[0];
  return part !== undefined && holds(body.eligibility, factsOfPart(draft, product, part));
}

/** 1 in the first month of the campaign; below 1 in a part period that goes before it. */
function monthInCampaign(draft: BillDraft, body: CampaignBody, { product }: ProductInPeriod): number {
  const closingDay = draft.cycle.body.closingDay;
  const startMonth = monthOfDate(product.startsOn, closingDay);
  const isWhole = periodOfMonth(startMonth, closingDay).start === product.startsOn;
  const first = body.duration.countedFrom === 'start' || isWhole ? startMonth : nextMonth(startMonth);
  return monthsBetween(first, draft.month) + 1;
}
