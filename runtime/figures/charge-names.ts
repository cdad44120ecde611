/**
 * What is a charge of some version of a ruleset called, and is it for usage?
 * Also called: charge name, revenue category, 料金項目名, 科目.
 */
import type { Release } from '#engine/rulesets/release.ts';
import type { Localized, Ruleset, RulesetKind } from '#schemas/generated/types.ts';

export type ChargeNamed = {
  readonly name: Localized;
  /** The plan that the charge is of, since many have a basic fee; null where the name says all. */
  readonly of: Localized | null;
  readonly isUsage: boolean;
};

type OfCharge = { readonly ruleset: string; readonly version: number; readonly charge: string };

/** Of a plan, its charge; of a discount, its own name; else the name of the ruleset. */
export function chargeNamed(release: Release, { ruleset, version, charge }: OfCharge): ChargeNamed {
  const [kind = '', id = ''] = ruleset.split('/');
  const found: Ruleset | undefined = release.version(kind as RulesetKind, id, version);
  if (found === undefined) return { name: { ja: charge, en: charge }, of: null, isUsage: false };
  switch (found.kind) {
    case 'ratePlan': {
      const priced = found.body.charges.find((each) => each.id === charge);
      if (priced === undefined) return { name: found.name, of: null, isUsage: false };
      return { name: priced.name, of: found.name, isUsage: priced.type === 'usage' };
    }
    case 'campaign':
    case 'bundleDiscount':
      return {
        name: found.body.discounts.find((each) => each.id === charge)?.name ?? found.name,
        of: null,
        isUsage: false,
      };
    default:
      return { name: found.name, of: null, isUsage: false };
  }
}
