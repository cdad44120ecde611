/**
 * What is taken off, and in which order? Also called: discount stacking, 割引の適用順序, 各種割引計算.
 *
 * By default tenure, bundle, campaign, each on what the one before has left; the billing cycle may order them
 * otherwise. 4,200 less 10 %, less 500, is 3,280; the other way round 3,330.
 */
import type { RulesetKind } from '#schemas/generated/types.ts';
import type { BillDraft } from '#engine/billing/draft.ts';
import { applyDiscount } from './apply.ts';
import { bundleDiscounts } from './bundle.ts';
import { campaignDiscounts } from './campaign.ts';
import type { Granted } from './granted.ts';
import { tenureDiscounts } from './tenure.ts';

type DiscountKind = Extract<RulesetKind, 'tenureDiscount' | 'bundleDiscount' | 'campaign'>;

const sources: { readonly [K in DiscountKind]: (draft: BillDraft) => readonly Granted[] } = {
  tenureDiscount: tenureDiscounts,
  bundleDiscount: bundleDiscounts,
  campaign: campaignDiscounts,
};

const defaultOrder: readonly DiscountKind[] = ['tenureDiscount', 'bundleDiscount', 'campaign'];

/** Phase 5. */
export function discounts(draft: BillDraft): void {
  for (const granted of discountsInOrder(draft)) applyDiscount(draft, granted);
}

/** Every discount that holds in the period: by kind, then priority, then ruleset, then product. */
export function discountsInOrder(draft: BillDraft): readonly Granted[] {
  const order = draft.cycle.body.discountOrder ?? defaultOrder;
  return order.flatMap((kind) => [...sources[kind](draft)].sort(byPriority));
}

function byPriority(a: Granted, b: Granted): number {
  if (a.priority !== b.priority) return a.priority - b.priority;
  if (a.ruleset.id !== b.ruleset.id) return a.ruleset.id < b.ruleset.id ? -1 : 1;
  return a.product < b.product ? -1 : a.product > b.product ? 1 : 0;
}
