/**
 * Where does a charge stand? Its plan and its row, which every line it puts on a bill will name.
 */
import type { Charge, RatePlanRuleset } from '#schemas/generated/types.ts';
import { preparedOnce } from '#engine/rulesets/prepared.ts';

export interface ChargePlace<C extends Charge = Charge> {
  readonly plan: RatePlanRuleset;
  readonly charge: C;
  readonly row: string;
}

/** A place of one of the types of charge. */
export type AnyPlace = { readonly [T in Charge['type']]: TypedPlace<T> }[Charge['type']];

type TypedPlace<T extends Charge['type']> = ChargePlace<Extract<Charge, { type: T }>> & { readonly type: T };

/** The places of a plan's charges in the order in which it lists them. */
export const placesOf = preparedOnce((plan: RatePlanRuleset): readonly AnyPlace[] =>
  plan.body.charges.map(
    (charge, index) => ({ type: charge.type, plan, charge, row: `/body/charges/${index}` }) as AnyPlace,
  ),
);
