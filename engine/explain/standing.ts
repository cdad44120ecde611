/**
 * What holds for a customer in a month: which plan, which campaigns and for how long, which tenure step, which terms, which sets?
 * Drawn from the same functions as the bill. Also called: current conditions, contract status, 適用中の料金ルール, 契約状況.
 */
import type {
  AccountDocument,
  BundleDiscountRuleset,
  CampaignRuleset,
  OfferingRuleset,
  RatePlanRuleset,
  TenureDiscountRuleset,
  TermRuleset,
} from '#schemas/generated/types.ts';
import { monthOfDate, monthsBetween, monthsLater, periodOfMonth } from '#engine/calendar/billing-cycle.ts';
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import { contains } from '#engine/calendar/period.ts';
import { groupOf } from '#engine/billing/bill.ts';
import { draftOf } from '#engine/billing/draft-of-month.ts';
import type { BillDraft, ProductInPeriod } from '#engine/billing/draft.ts';
import { versionsInForce } from '#engine/billing/versions-in-force.ts';
import { isComplete, setsInForce } from '#engine/discounts/bundle.ts';
import { firstMonthOf } from '#engine/discounts/campaign.ts';
import { joinedCampaigns, type JoinedCampaign } from '#engine/discounts/joined-campaigns.ts';
import { tenureDiscounts } from '#engine/discounts/tenure.ts';
import { termStatus, type TermStatus } from '#engine/penalties/term-status.ts';
import { termsOf, termStartedOn } from '#engine/penalties/termination.ts';
import type { Release } from '#engine/rulesets/release.ts';

export interface GroupStanding {
  /** Products that have begun, by id; those without service in the month have no plan. */
  readonly products: readonly ProductStanding[];
  /** Sets of which the group holds at least a part. */
  readonly sets: readonly SetStanding[];
}

export interface ProductStanding {
  readonly product: string;
  readonly held: { readonly offering: OfferingRuleset; readonly plan: RatePlanRuleset } | null;
  readonly campaigns: readonly CampaignStanding[];
  readonly tenure: readonly TenureStanding[];
  readonly terms: readonly TermStanding[];
}

export interface CampaignStanding {
  readonly ruleset: CampaignRuleset;
  readonly from: CivilDate;
  /** The first day on which it takes nothing off any more; null when it goes on without an end. */
  readonly to: CivilDate | null;
  /** Months that it still counts for, this one included; null without an end. */
  readonly monthsLeft: number | null;
}

export interface TenureStanding {
  readonly ruleset: TenureDiscountRuleset;
  /** The contract year, and the step that it has earned. */
  readonly year: number;
  readonly step: number;
}

export interface TermStanding {
  readonly ruleset: TermRuleset;
  readonly startedOn: CivilDate;
  /** As if service ended with the day asked about. */
  readonly status: TermStatus;
}

export interface SetStanding {
  readonly ruleset: BundleDiscountRuleset;
  readonly complete: boolean;
  readonly missing: { readonly services: readonly string[]; readonly offerings: readonly string[] };
}

/** The standing in `month`; terms are judged as if service ended on `endsOn`, the first day without it. */
export function standingIn(
  document: AccountDocument,
  release: Release,
  month: string,
  endsOn: CivilDate,
): GroupStanding {
  const group = groupOf({ ...document, usage: [], periods: { first: month, last: month } }, release);
  const products: ProductStanding[] = [];
  const sets = new Map<string, SetStanding>();
  for (const account of document.accounts) {
    const draft = draftOf(group, account, month, { allowances: [], clawbacks: [], corrections: [] }, undefined);
    versionsInForce(draft);
    products.push(...draft.products.map((product) => standingOf(draft, product, endsOn)));
    for (const set of setsOf(draft)) sets.set(set.ruleset.id, set);
  }
  return { products: products.sort((a, b) => (a.product < b.product ? -1 : 1)), sets: [...sets.values()] };
}

function standingOf(draft: BillDraft, product: ProductInPeriod, endsOn: CivilDate): ProductStanding {
  const part = product.parts.find(({ period }) => contains(period, endsOn)) ?? product.parts.at(-1);
  return {
    product: product.product.id,
    held: part === undefined ? null : { offering: part.offering, plan: part.plan },
    campaigns: joinedCampaigns(draft, product).map((joined) => campaignOf(draft, joined)),
    tenure: tenureDiscounts({ ...draft, products: [product] }).flatMap(({ ruleset, row, why }) => {
      const found = draft.group.release.version('tenureDiscount', ruleset.id, ruleset.version);
      const step = Number(row.slice(row.lastIndexOf('/') + 1));
      return found === undefined ? [] : [{ ruleset: found, year: Number(why.values['year']), step }];
    }),
    terms:
      part === undefined
        ? []
        : termsOf(draft, product, part).map((ruleset) => {
            const startedOn = termStartedOn(draft, product, ruleset.id);
            return { ruleset, startedOn, status: termStatus(ruleset.body, startedOn, endsOn) };
          }),
  };
}

function campaignOf(draft: BillDraft, joined: JoinedCampaign): CampaignStanding {
  const { closing } = draft;
  const { months } = joined.ruleset.body.duration;
  const first = firstMonthOf(joined, closing);
  const over = months === null ? null : periodOfMonth(monthsLater(first, months), closing).start;
  const to = [over, joined.until].filter((day) => day !== null).sort()[0] ?? null;
  const from = first > draft.month ? first : draft.month;
  const left = to === null ? null : monthsBetween(from, monthOfDate(addDays(to, -1), closing)) + 1;
  return { ruleset: joined.ruleset, from: joined.from, to, monthsLeft: left === null ? null : Math.max(0, left) };
}

function setsOf(draft: BillDraft): readonly SetStanding[] {
  const sets = setsInForce(draft).filter((ruleset) => isComplete(draft, ruleset));
  const complete = new Set(sets.map(({ id }) => id));
  return draft.group.release.allInForce('bundleDiscount', draft.period.start).flatMap((ruleset) => {
    const { services = [], offerings = [] } = ruleset.body.requires;
    const missing = {
      services: services.filter((service) => !draft.services.includes(service)),
      offerings: offerings.filter((offering) => !draft.offerings.includes(offering)),
    };
    const held = services.length + offerings.length - missing.services.length - missing.offerings.length;
    return held === 0 ? [] : [{ ruleset, complete: complete.has(ruleset.id), missing }];
  });
}
