/**
 * May a campaign be granted once more?
 * Limits, a budget and coupon codes are decided when an order is taken, from what has been granted so far; a bill reads the grants.
 * Also called: campaign limit, budget, quota, first come first served, coupon, 先着、付与の上限、予算、クーポン.
 */
import { compare, exact, minus, plus, times, toText, ZERO } from '#engine/money/exact.ts';
import type { CampaignBody } from '#schemas/generated/types.ts';

export interface GrantedSoFar {
  readonly inAll: number;
  readonly ofCustomer: number;
  /** What these grants can cost at most, as decimal text. */
  readonly promised: string;
}

/** What stands in the way of one more grant. */
export type LimitReached =
  | { readonly limit: 'inAll' | 'perCustomer'; readonly most: number }
  | { readonly limit: 'budget'; readonly budget: string; readonly left: string; readonly cost: string };

/**
 * What one grant can cost at most: as the budget says, or amount × months where nothing but amounts is taken off for a number
 * of months ('3000' for 500 off in six months). Undefined where it cannot be known.
 */
export function costOfGrant(body: CampaignBody): string | undefined {
  return body.limits?.budget?.perGrant ?? amountsTakenOff(body);
}

/** Amount × months; undefined where the discounts follow prices or never end. */
export function amountsTakenOff({ discounts, duration }: CampaignBody): string | undefined {
  if (duration.months === null) return undefined;
  let monthly = ZERO;
  for (const { effect } of discounts) {
    if (effect.op !== 'amountOff') return undefined;
    monthly = plus(monthly, exact(effect.amount));
  }
  return toText(times(monthly, exact(String(duration.months))));
}

/** Every limit that one more grant would go beyond; none when it may be given. */
export function limitsReached(body: CampaignBody, soFar: GrantedSoFar): readonly LimitReached[] {
  const { inAll, perCustomer, budget } = body.limits ?? {};
  const reached: LimitReached[] = [];
  if (inAll !== undefined && soFar.inAll >= inAll) reached.push({ limit: 'inAll', most: inAll });
  if (perCustomer !== undefined && soFar.ofCustomer >= perCustomer)
    reached.push({ limit: 'perCustomer', most: perCustomer });
  const cost = costOfGrant(body);
  if (budget !== undefined && cost !== undefined) {
    const left = minus(exact(budget.amount), exact(soFar.promised));
    if (compare(exact(cost), left) > 0)
      reached.push({ limit: 'budget', budget: budget.amount, left: toText(left), cost });
  }
  return reached;
}

/** A code as it is compared: full width or half, large or small, with spaces and hyphens or without. */
export const spelledCoupon = (said: string): string =>
  said
    .normalize('NFKC')
    .replace(/[\s‐‑–—ー-]/g, '')
    .toUpperCase();
