/**
 * What can be tried on a customer, and what can be ordered? The same.
 * Also called: what-if, change order, 試算する変更, 申込内容.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { OrderedChange } from '#schemas/generated/types.ts';

/** Identifiers are those of products, accounts and rulesets. */
export type Change = OrderedChange;

/** All changes take effect on one day. */
export type Changes = {
  readonly changes: readonly Change[];
  /** The first day on which they hold; of what ends, the first without service. */
  readonly from: CivilDate;
  /** When they are ordered: sales windows and campaigns are judged by it. */
  readonly appliedOn: CivilDate;
  /** Whether `from` may lie in what is billed: an order is put right by the next bill, an estimate looks ahead. */
  readonly reachesBack?: boolean;
  /** The number that the successor of a product gets, where the product must end for another offering; by default its own and '+'. */
  readonly successorNumbers?: Readonly<Record<string, string>>;
};
