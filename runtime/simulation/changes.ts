/**
 * What can be tried on a customer?
 * Also called: what-if, change order, 試算する変更, 申込内容.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';

/** Identifiers are those of products, accounts and rulesets. */
export type Change =
  | { readonly kind: 'changeOffering'; readonly product: string; readonly offering: string }
  | { readonly kind: 'addProduct'; readonly offering: string; readonly account?: string; readonly quantity?: string }
  | { readonly kind: 'endProduct'; readonly product: string; readonly reason?: string }
  | { readonly kind: 'grantCampaign'; readonly product: string; readonly campaign: string };

/** All changes take effect on one day. */
export type Changes = {
  readonly changes: readonly Change[];
  /** The first day on which they hold; of what ends, the first without service. */
  readonly from: CivilDate;
  /** When they are ordered: sales windows and campaigns are judged by it. */
  readonly appliedOn: CivilDate;
};
