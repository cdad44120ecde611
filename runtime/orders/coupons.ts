/**
 * Is a coupon code good, and by which order is it used?
 * A code of a list is kept as its SHA-256 and used once, until its order is taken back. Also called: redeem, promo code, クーポンの利用.
 */
import { createHash } from 'node:crypto';
import { spelledCoupon } from '#engine/discounts/grant-limits.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import type { CampaignRuleset, OrderedChange } from '#schemas/generated/types.ts';

type Campaign = Pick<CampaignRuleset, 'id' | 'body'>;

/** What stands for a code in the tables: it cannot be read back, and says nothing about another campaign's. */
export const couponHash = (tenantId: number, campaign: string, code: string): string =>
  createHash('sha256')
    .update(`coupon/${tenantId}/${campaign}/${spelledCoupon(code)}`)
    .digest('hex');

/** Why the code is not accepted; undefined when it is, or when the campaign asks for none. */
export async function couponRefused(
  tx: SqlRunner,
  tenantId: number,
  { id, body }: Campaign,
  said: string | undefined,
): Promise<'coupon-needed' | 'coupon-unknown' | 'coupon-used' | undefined> {
  if (body.coupon === undefined) return undefined;
  if (said === undefined) return 'coupon-needed';
  if (body.coupon.use === 'shared')
    return spelledCoupon(said) === spelledCoupon(body.coupon.code) ? undefined : 'coupon-unknown';
  const [code] = await tx.sql<{ used_by: string | null }>(
    'select used_by from coupon_code where tenant_id = $1 and campaign = $2 and sha256 = $3 for update',
    [tenantId, id, couponHash(tenantId, id, said)],
  );
  if (code === undefined) return 'coupon-unknown';
  return code.used_by === null ? undefined : 'coupon-used';
}

/** From now on the code is that order's. */
export async function useCoupon(
  tx: SqlRunner,
  tenantId: number,
  campaign: string,
  code: string,
  order: string,
): Promise<void> {
  await tx.sql('update coupon_code set used_by = $4 where tenant_id = $1 and campaign = $2 and sha256 = $3', [
    ...[tenantId, campaign, couponHash(tenantId, campaign, code), order],
  ]);
}

/** What an order used can be used again. */
export async function giveCouponsBack(tx: SqlRunner, tenantId: number, order: string): Promise<void> {
  await tx.sql('update coupon_code set used_by = null where tenant_id = $1 and used_by = $2', [tenantId, order]);
}

/** The changes as they are put on record: a code can be used again when its order is taken back, so its end alone is kept. */
export const withoutCodes = (changes: readonly OrderedChange[]): OrderedChange[] =>
  changes.map((change) =>
    change.kind === 'grantCampaign' && change.coupon !== undefined
      ? { ...change, coupon: `…${spelledCoupon(change.coupon).slice(-4)}` }
      : change,
  );
