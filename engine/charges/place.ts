/**
 * Where does a charge stand? Its plan and its row, which every line it puts on a bill will name.
 */
import type { Charge, RatePlanRuleset } from '#schemas/generated/types.ts';

export interface ChargePlace<C extends Charge = Charge> {
  readonly plan: RatePlanRuleset;
  readonly charge: C;
  readonly row: string;
}
