/**
 * What is taken off, and in which order? Also called: discount stacking, 割引の適用順序, 各種割引計算.
 *
 * By default tenure, bundle, campaign, each on what the one before has left; the billing cycle may order them
 * otherwise. 4,200 less 10 %, less 500, is 3,280; the other way round 3,330.
 */
import type { RulesetKind } from '#schemas/generated/types.ts';
import type { BillDraft } from '#engine/billing/draft.ts';
import { assertOneTrial } from '#engine/compliance/one-trial.ts';
import { applyAllInPrices } from './all-in-price.ts';
import { applyDiscount } from './apply.ts';
import { bundleDiscounts } from './bundle.ts';
import { campaignDiscounts } from './campaign.ts';
import type { Granted } from './granted.ts';
import { withoutExcluded, type Chosen } from './stacking.ts';
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
  assertOneTrial(draft);
  const kinds = orderOf(draft).map((kind) => ({ kind, granted: ofKind(draft, kind) }));
  const all = kinds.flatMap(({ granted }) => granted);
  const chosen: Chosen = new Map();
  for (const { kind, granted } of kinds) {
    if (kind === 'bundleDiscount') applyAllInPrices(draft);
    for (const one of withoutExcluded(draft, granted, all, chosen)) applyDiscount(draft, one);
  }
}

/** Every permanent discount that holds in the period, in the order in which discounts are taken. */
export function permanentDiscounts(draft: BillDraft): readonly Granted[] {
  return orderOf(draft)
    .flatMap((kind) => ofKind(draft, kind))
    .filter((granted) => granted.permanent);
}

const orderOf = (draft: BillDraft): readonly DiscountKind[] => draft.cycle.body.discountOrder ?? defaultOrder;

/** By priority, then ruleset, then product. */
function ofKind(draft: BillDraft, kind: DiscountKind): readonly Granted[] {
  const granted = sources[kind](draft);
  const isInOrder = granted.every((one, at) => at === 0 || byPriority(granted[at - 1]!, one) <= 0);
  return isInOrder ? granted : granted.toSorted(byPriority);
}

function byPriority(a: Granted, b: Granted): number {
  if (a.priority !== b.priority) return a.priority - b.priority;
  if (a.ruleset.id !== b.ruleset.id) return a.ruleset.id < b.ruleset.id ? -1 : 1;
  return a.product < b.product ? -1 : a.product > b.product ? 1 : 0;
}
