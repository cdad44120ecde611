/**
 * Is staying, or signing up, rewarded more than law allows?
 * Also called: R4, R5, 長期利用割引の上限、新規契約を条件とする割引、お試し割. On 3,000 a month 5 % is 1,800 a year, lawful; 10 % is 3,600.
 */
import type {
  CampaignRuleset,
  DiscountTarget,
  RecurringCharge,
  Ruleset,
  SignUpDiscountLimit,
  TenureBenefitLimit,
} from '#schemas/generated/types.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import { compare, exact, fromInteger, plus, times, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import { monthlyCharge, monthlyChargesOf, takenOffPrice } from './monthly-charge.ts';
import { daysOf, plansOf, shared, watchedOfferings, type Look } from './watched.ts';

/** Twelve months of the discount are at most so many months' charges. */
export function lookAtTenureBenefit(ruleset: Ruleset, look: Look<TenureBenefitLimit>): void {
  if (ruleset.kind !== 'tenureDiscount') return;
  const plans = plansReached(ruleset, ruleset.body.target, look);
  ruleset.body.steps.forEach(({ effect }, index) => {
    for (const { offering, month, targeted } of plans) {
      const yearly = times(takenOffPrice(effect, targeted), fromInteger(12));
      const limit = times(month, exact(look.rule.months));
      if (compare(yearly, limit) <= 0) continue;
      const values = { offering, yearly: toText(yearly), limit: toText(limit) };
      return look.report('law-tenure-benefit', below('/body/steps', index, 'effect'), values);
    }
  });
}

/** A campaign for those who sign up: granted, of so many months, and no more than so much in all. */
export function lookAtSignUpDiscount(ruleset: Ruleset, look: Look<SignUpDiscountLimit>): void {
  if (ruleset.kind !== 'campaign' || !ruleset.body.triggers.includes('new')) return;
  const { rule, report } = look;
  const { months } = ruleset.body.duration;
  const off = ruleset.body.discounts.map(({ effect, target }) =>
    plansReached(ruleset, target, look).map(({ offering, targeted }) => ({
      offering,
      off: takenOffPrice(effect, targeted),
    })),
  );
  const monthly = off.flat().filter(({ off: each }) => compare(each, ZERO) > 0);
  if (monthly.length === 0) return;
  if (ruleset.body.grant !== 'required') report('law-sign-up-not-a-trial', '/body/grant', {});
  if (months === null || months > rule.months) {
    report('law-sign-up-too-long', '/body/duration/months', { months: `${months ?? 'none'}`, limit: `${rule.months}` });
    return;
  }
  for (const [offering, each] of Map.groupBy(monthly, (one) => one.offering)) {
    const total = times(each.map((one) => one.off).reduce(plus, ZERO), fromInteger(months));
    if (compare(total, exact(rule.total)) <= 0) continue;
    return report('law-sign-up-too-much', '/body/discounts', { offering, total: toText(total), limit: rule.total });
  }
}

interface Reached {
  readonly offering: string;
  /** All monthly charges of the plan, and those that the discount is taken from. */
  readonly month: Exact;
  readonly targeted: Exact;
}

/** The plans that a discount reaches among the offerings watched, on days on which it may be had. */
function plansReached(ruleset: Ruleset, target: DiscountTarget, look: Look): readonly Reached[] {
  const { known } = look;
  const window = ruleset.kind === 'campaign' ? (ruleset satisfies CampaignRuleset).body.window : undefined;
  const own = daysOf(ruleset, known);
  const had = window === undefined ? own : shared(own, window);
  const reached = known.reachedBy(target);
  return watchedOfferings(look)
    .filter(({ offering }) => reached.has(offering))
    .flatMap((watched) => {
      const days = shared(had, watched.days);
      if (days === undefined) return [];
      return plansOf({ ...watched, days }, known).map(({ plan, days: { from } }) => {
        const sum = (charges: readonly RecurringCharge[]): Exact => monthlyCharge(charges, known, from);
        return {
          offering: watched.offering.id,
          month: sum(monthlyChargesOf(plan)),
          targeted: sum(monthlyChargesOf(plan, target.charges)),
        };
      });
    });
}
