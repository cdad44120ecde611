/**
 * Is more taken off a device than law allows, by one campaign or by several together?
 * Also called: R6, 端末の割引上限、ハンドセット割引. At most 50 % of the price, held between 20,000 and 40,000.
 */
import type {
  Charge,
  DeviceDiscountLimit,
  OpenPeriod,
  RatePlanRuleset,
  Ruleset,
  Stacking,
} from '#schemas/generated/types.ts';
import {
  compare,
  exact,
  fromInteger,
  dividedBy,
  greatest,
  least,
  plus,
  times,
  toText,
  ZERO,
  type Exact,
} from '#engine/money/exact.ts';
import type { Known } from '#engine/rulesets/known.ts';
import type { RulesetOf } from '#engine/rulesets/release.ts';
import { takenOffPrice, withoutTax } from './monthly-charge.ts';
import { daysOf, plansOf, shared, watchedOfferings, type Look, type Watched } from './watched.ts';

type Benefit = RulesetOf<'campaign' | 'bundleDiscount'>;

export function lookAtDeviceDiscount(ruleset: Ruleset, look: Look<DeviceDiscountLimit>): void {
  if (ruleset.kind !== 'campaign' && ruleset.kind !== 'bundleDiscount') return;
  const { rule, known, report } = look;
  for (const watched of devicesOf(look)) {
    const own = hadOn(ruleset, known);
    const days = shared(own, watched.days);
    if (days === undefined) continue;
    for (const { plan, days: sold } of plansOf({ ...watched, days }, known)) {
      const off = offDevice(ruleset, watched, plan, known);
      if (compare(off, ZERO) <= 0) continue;
      const others = benefitsBeside(ruleset, sold, known).map((other) => offDevice(other, watched, plan, known));
      const price = plan.body.charges.map((charge) => priceOf(charge, known, sold)).reduce(plus, ZERO);
      const total = least(price, [off, ...others].reduce(plus, ZERO));
      const limit = limitOf(rule, price);
      if (compare(total, limit) <= 0) continue;
      const values = {
        offering: watched.offering.id,
        total: toText(total),
        limit: toText(limit),
        price: toText(price),
      };
      return report('law-device-discount', '/body/discounts', values);
    }
  }
}

/** min(most, max(least, percent of the price)): 40,000 and 80,000 are where the three meet. */
const limitOf = (rule: DeviceDiscountLimit, price: Exact): Exact =>
  least(exact(rule.most), greatest(exact(rule.least), times(price, dividedBy(exact(rule.percent), fromInteger(100)))));

/** The offerings that are devices; they belong to no service that the profile watches. */
function devicesOf(look: Look<DeviceDiscountLimit>): readonly Watched[] {
  const { customers, rules } = look.profile.body;
  const profile = { ...look.profile, body: { customers, rules, services: look.rule.services } };
  const limit = shared(daysOf(look.profile, look.known), look.rule);
  return watchedOfferings({ ...look, profile }, limit);
}

const hadOn = (ruleset: Benefit, known: Known): OpenPeriod | undefined =>
  ruleset.kind === 'campaign' ? shared(daysOf(ruleset, known), ruleset.body.window) : daysOf(ruleset, known);

/** Other campaigns and sets that the same customer may have: not of the same group, of which only one holds. */
function benefitsBeside(ruleset: Benefit, days: OpenPeriod, known: Known): readonly Benefit[] {
  return [...known.ofKind('campaign'), ...known.ofKind('bundleDiscount')].filter(
    (other) =>
      (other.kind !== ruleset.kind || other.id !== ruleset.id) &&
      shared(hadOn(other, known), days) !== undefined &&
      !areRivals(ruleset.body.stacking, other.body.stacking),
  );
}

const areRivals = (a: Stacking | undefined, b: Stacking | undefined): boolean =>
  a !== undefined && a.group === b?.group;

/** What the benefit takes off the device in all: of instalments, off each for as many months as it lasts. */
function offDevice(benefit: Benefit, { offering, days }: Watched, plan: RatePlanRuleset, known: Known): Exact {
  const months = benefit.kind === 'campaign' ? benefit.body.duration.months : null;
  return benefit.body.discounts
    .filter(({ target }) => known.reachedBy(target).has(offering))
    .flatMap(({ effect, target }) =>
      plan.body.charges
        .filter(({ id }) => target.charges.includes(id))
        .map((charge) => {
          const price = priceOf(charge, known, days);
          if (charge.type !== 'instalment') return takenOffPrice(effect, price);
          const billed = months === null || months > charge.parts ? charge.parts : months;
          return times(takenOffPrice(effect, dividedBy(price, fromInteger(charge.parts))), fromInteger(billed));
        }),
    )
    .reduce(plus, ZERO);
}

/** The price of a device without tax, whether paid at once or in parts. */
function priceOf(charge: Charge, known: Known, days: OpenPeriod): Exact {
  if (charge.type === 'oneTime') return withoutTax(charge.price, charge, known, days.from);
  return charge.type === 'instalment' ? withoutTax(charge.total, charge, known, days.from) : ZERO;
}
