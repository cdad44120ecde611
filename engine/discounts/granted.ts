/**
 * A discount that a product has in a period: what is taken off which charges, and why.
 */
import type { Discount, Localized, Sentence, Stacking } from '#schemas/generated/types.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Line } from '#engine/billing/draft.ts';

export interface Granted extends Terms {
  readonly product: string;
}

/** What is the same for all products that have the discount. */
export interface Terms {
  readonly ruleset: Line['ruleset'];
  readonly row: string;
  readonly priority: number;
  /** Whether it goes on without an end: only such discounts count when "one month's charge" is asked for. */
  readonly permanent: boolean;
  readonly stacking: Stacking | undefined;
  readonly discount: Omit<Discount, 'name'> & { readonly name: Localized };
  readonly why: Sentence;
  /** The days on which it stands, where it is not all of every period: from the day it was joined, until it is over. */
  readonly stands?: { readonly from: CivilDate; readonly until: CivilDate | null };
}

export const grantedTo = (
  product: string,
  { ruleset, row, priority, permanent, stacking, discount, why }: Terms,
): Granted => ({ product, ruleset, row, priority, permanent, stacking, discount, why });
