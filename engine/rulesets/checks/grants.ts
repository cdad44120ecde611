/**
 * Are the limits of a campaign ever counted, and is what it may cost known?
 * Also called: unlimited offer, budget check, 無制限の付与、予算の検査.
 */
import { compare, exact } from '#engine/money/exact.ts';
import { amountsTakenOff, costOfGrant } from '#engine/discounts/grant-limits.ts';
import type { Check } from '../known.ts';

export const checkGrants: Check = (ruleset, _known, report) => {
  if (ruleset.kind !== 'campaign') return;
  const { grant, limits, coupon, window } = ruleset.body;
  if (grant !== 'required') {
    if (window.to === null && ruleset.effective.to === null && limits === undefined)
      report('campaign-open-ended', '/body/window/to');
    if (limits !== undefined) report('limits-never-counted', '/body/limits');
    if (coupon !== undefined) report('coupon-never-asked', '/body/coupon');
    return;
  }
  // Each code of a list is used once: the list is the limit.
  if (limits === undefined && coupon?.use !== 'single') report('grants-unlimited', '/body');
  if (limits?.budget === undefined) return;
  const { amount, perGrant } = limits.budget;
  const [cost, takenOff] = [costOfGrant(ruleset.body), amountsTakenOff(ruleset.body)];
  if (cost === undefined) {
    report('budget-without-cost', '/body/limits/budget');
    return;
  }
  if (perGrant !== undefined && takenOff !== undefined && compare(exact(perGrant), exact(takenOff)) < 0)
    report('grant-costs-more', '/body/limits/budget/perGrant', { perGrant, takenOff });
  if (compare(exact(amount), exact(cost)) < 0)
    report('budget-below-one-grant', '/body/limits/budget/amount', { amount, cost });
};
