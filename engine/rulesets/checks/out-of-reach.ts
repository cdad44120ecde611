/**
 * Is there anybody who gets the discount: can the campaign be joined, is it open to those it is for, is anything taken off?
 * Also called: dead discount, 誰にも適用されない割引、受付できないキャンペーン.
 */
import { certainty } from '#engine/conditions/certainty.ts';
import type { FactValue } from '#engine/conditions/operators.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import { compare, exact } from '#engine/money/exact.ts';
import type { CampaignRuleset, Condition, DiscountTarget, OfferingRuleset, Ruleset } from '#schemas/generated/types.ts';
import type { Report } from '#engine/diagnostics/catalogue.ts';
import type { Check, Known } from '../known.ts';
import { fixedPriceOf } from './amounts-off.ts';
import { mayMeet, overlapping } from './discounts.ts';
import { targetsOf } from './references.ts';

export const checkOutOfReach: Check = (ruleset, known, report) => {
  if (ruleset.kind === 'campaign') checkWindow(ruleset, known, report);
  if (!known.isWhole('offering', 'ratePlan')) return;
  const eligibility = eligibilityOf(ruleset);
  for (const { target, path } of targetsOf(ruleset)) {
    const reached = [...known.reachedBy(target)];
    if (reached.length === 0 || eligibility === undefined) continue;
    const isOpen = reached.some((offering) => certainty(eligibility, factsOf(offering, ruleset)) !== false);
    if (!isOpen) report('discount-out-of-reach', path, { offerings: namesOf(reached) });
  }
  if (ruleset.kind !== 'campaign' && ruleset.kind !== 'bundleDiscount') return;
  ruleset.body.discounts.forEach(({ effect, target }, index) => {
    if (effect.op !== 'fixedPrice' || !isNeverLess(effect.price, target, ruleset, known)) return;
    report('fixed-price-not-lower', below('/body/discounts', index, 'effect'), { price: effect.price });
  });
};

/** Who orders joins by the version of that day. A later version may close a campaign on purpose. */
function checkWindow(campaign: CampaignRuleset, known: Known, report: Report): void {
  const own = known.spans('campaign', campaign.id).find((span) => span.ruleset === campaign);
  const { window } = campaign.body;
  if (own === undefined || overlapping(own, window)) return;
  const isLater = known.spans('campaign', campaign.id).some(({ from }) => from < own.from);
  const values = { from: own.from, to: own.to ?? 'none', opens: window.from, closes: window.to ?? 'none' };
  report('window-never-open', '/body/window', values, isLater ? 'hint' : 'warning');
}

function eligibilityOf(ruleset: Ruleset): Condition | undefined {
  switch (ruleset.kind) {
    case 'campaign':
    case 'bundleDiscount':
    case 'tenureDiscount':
      return ruleset.body.eligibility;
    default:
      return undefined;
  }
}

/** A campaign is judged once, on joining: the offering may be another by the time that something is taken off. */
const factsOf = ({ id, body }: OfferingRuleset, { kind }: Ruleset): ReadonlyMap<string, FactValue> =>
  new Map([
    ['product.service', body.service],
    ...(kind === 'campaign'
      ? []
      : ([
          ['product.offering', id],
          ['product.ratePlan', body.ratePlan],
        ] as const)),
  ]);

const namesOf = (offerings: readonly OfferingRuleset[]): string => {
  const ids = [...new Set(offerings.map(({ id }) => id))];
  return ids.length > 5 ? `${ids.slice(0, 5).join(', ')}, …` : ids.join(', ');
};

/** Whether all that the price is for costs no more without it. */
function isNeverLess(price: string, target: DiscountTarget, ruleset: Ruleset, known: Known): boolean {
  const plans = new Set([...known.reachedBy(target)].map(({ body }) => body.ratePlan));
  const asked = known
    .ofKind('ratePlan')
    .filter(({ id, body }) => plans.has(id) && body.charges.some((charge) => target.charges.includes(charge.id)))
    .filter((plan) => mayMeet(plan, ruleset, known))
    .map((plan) => fixedPriceOf(plan, target));
  return asked.length > 0 && asked.every((list) => list !== undefined && compare(exact(price), list) >= 0);
}
