/**
 * Where does a charge stand? Its plan and its row, which every line it puts on a bill will name.
 */
import type { Charge, RatePlanRuleset } from '#schemas/generated/types.ts';
import { identityOf, type RulesetIdentity } from '#engine/billing/draft.ts';
import { preparedOnce } from '#engine/rulesets/prepared.ts';

export interface ChargePlace<C extends Charge = Charge> {
  readonly plan: RatePlanRuleset;
  readonly charge: C;
  /** Of the plan. */
  readonly ruleset: RulesetIdentity;
  readonly row: string;
  /** The row of its price, for charges whose price has rows of its own. */
  readonly priceRow: string;
}

/** A place of one of the types of charge. */
export type AnyPlace = { readonly [T in Charge['type']]: TypedPlace<T> }[Charge['type']];

type TypedPlace<T extends Charge['type']> = ChargePlace<Extract<Charge, { type: T }>> & { readonly type: T };

/** The places of a plan's charges in the order in which it lists them. */
export const placesOf = preparedOnce((plan: RatePlanRuleset): readonly AnyPlace[] =>
  plan.body.charges.map((charge, index) => {
    const row = `/body/charges/${index}`;
    return { type: charge.type, plan, charge, ruleset: identityOf(plan), row, priceRow: `${row}/price` } as AnyPlace;
  }),
);
