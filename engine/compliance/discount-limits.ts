/**
 * Is staying, or signing up, rewarded more than law allows?
 * Also called: R4, R5, 長期利用割引の上限、新規契約を条件とする割引、お試し割. On 3,000 a month 5 % is 1,800 a year, lawful; 10 % is 3,600.
 */
import type {
  CampaignRuleset,
  Charge,
  DiscountTarget,
  Effect,
  Ruleset,
  SignUpDiscountLimit,
  TenureBenefitLimit,
} from '#schemas/generated/types.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import { compare, exact, plus, times, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import { benefitOf, notTold } from './benefit.ts';
import { monthlyCharge, monthlyChargesOf } from './monthly-charge.ts';
import { daysOf, plansOf, shared, watchedOfferings, type Look } from './watched.ts';

/** What the discount takes off in twelve months, of all that the plan charges, is at most so many months' charges. */
export function lookAtTenureBenefit(ruleset: Ruleset, look: Look<TenureBenefitLimit>): void {
  if (ruleset.kind !== 'tenureDiscount') return;
  const plans = plansReached(ruleset, ruleset.body.target, look);
  ruleset.body.steps.forEach(({ effect }, index) => {
    for (const { offering, month, offIn } of plans) {
      const yearly = offIn(effect, 12);
      const limit = times(month, exact(look.rule.months));
      if (compare(yearly, limit) <= 0) continue;
      const values = { offering, yearly: toText(yearly), limit: toText(limit) };
      return look.report('law-tenure-benefit', below('/body/steps', index, 'effect'), values);
    }
    for (const { offering, month, notTold } of plans) {
      const values = {
        offering,
        charges: namesOf(notTold(effect)),
        limit: toText(times(month, exact(look.rule.months))),
      };
      if (values.charges === '') continue;
      return look.report('law-tenure-benefit-not-told', below('/body/steps', index, 'effect'), values, 'warning');
    }
  });
}

/** A campaign for those who sign up: granted, of so many months, and no more than so much in all. */
export function lookAtSignUpDiscount(ruleset: Ruleset, look: Look<SignUpDiscountLimit>): void {
  if (ruleset.kind !== 'campaign' || !ruleset.body.triggers.includes('new')) return;
  const { rule, report } = look;
  const { months } = ruleset.body.duration;
  const counted = months ?? rule.months;
  const off = ruleset.body.discounts.flatMap(({ effect, target }) =>
    plansReached(ruleset, target, look).map(({ offering, offIn, notTold }) => ({
      offering,
      off: offIn(effect, counted),
      notTold: namesOf(notTold(effect)),
    })),
  );
  const had = off.filter((each) => compare(each.off, ZERO) > 0 || each.notTold !== '');
  if (had.length === 0) return;
  if (ruleset.body.grant !== 'required') report('law-sign-up-not-a-trial', '/body/grant', {});
  if (months === null || months > rule.months) {
    report('law-sign-up-too-long', '/body/duration/months', { months: `${months ?? 'none'}`, limit: `${rule.months}` });
    return;
  }
  for (const [offering, each] of Map.groupBy(had, (one) => one.offering)) {
    const total = each.map((one) => one.off).reduce(plus, ZERO);
    if (compare(total, exact(rule.total)) <= 0) continue;
    return report('law-sign-up-too-much', '/body/discounts', { offering, total: toText(total), limit: rule.total });
  }
  const open = had.find(({ notTold }) => notTold !== '');
  if (open === undefined) return;
  const values = { offering: open.offering, charges: open.notTold, limit: rule.total };
  report('law-sign-up-not-told', '/body/discounts', values, 'warning');
}

interface Reached {
  readonly offering: string;
  /** All monthly charges of the plan. */
  readonly month: Exact;
  /** What an effect takes off the charges that the discount names, in so many months. */
  readonly offIn: (effect: Effect, months: number) => Exact;
  /** The charges of which that is not known. */
  readonly notTold: (effect: Effect) => readonly Charge[];
}

const namesOf = (charges: readonly Charge[]): string => charges.map(({ id }) => id).join(', ');

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
      return plansOf({ ...watched, days }, known).map(({ plan, days: { from: on } }) => ({
        offering: watched.offering.id,
        month: monthlyCharge(monthlyChargesOf(plan), known, on),
        offIn: (effect: Effect, months: number) => benefitOf(effect, target, plan, { months, known, on }),
        notTold: (effect: Effect) => notTold(effect, target, plan),
      }));
    });
}
