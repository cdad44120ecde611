/**
 * Show how often a campaign has been granted, of how many, and what its budget and its codes have been used for.
 * Also called: campaign usage, redemption report, 付与状況、予算の消化、クーポンの利用状況.
 */
import { costOfGrant } from '#engine/discounts/grant-limits.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { todayOf } from '#runtime/customers/today.ts';
import { withScope, type ScopedTx } from '#runtime/db/scope.ts';
import { campaignIn } from '#runtime/orders/campaign-in-release.ts';
import { grantedInAll } from '#runtime/orders/grants.ts';
import type { GrantLimits } from '#schemas/generated/types.ts';

export type CouponBatch = {
  readonly id: string;
  readonly origin: 'made' | 'imported';
  readonly note: string | null;
  readonly codes: number;
  readonly used: number;
  readonly madeBy: string;
  readonly madeAt: string;
};

export type GrantsOfCampaign = {
  readonly granted: number;
  readonly limits: GrantLimits;
  /** What the grants can cost at most, and one more of them; null where that is not known. */
  readonly promised: string;
  readonly costOfGrant: string | null;
  readonly currency: string;
  readonly coupon: 'none' | 'shared' | 'single';
  /** The newest first. */
  readonly batches: readonly CouponBatch[];
};

/** By the version in force today, else the last. Refused with `campaign-unknown`; null where a campaign is never granted by orders. */
export async function grantsOfCampaign(
  app: App,
  actor: Actor,
  { campaign }: { readonly campaign: string },
): Promise<GrantsOfCampaign | null> {
  authorize(actor, 'ruleset.read');
  return withScope(app, actor, async (tx) => {
    const { release } = await keptRelease(app, tx, actor.tenantId);
    const { body } = campaignIn(release, campaign, await todayOf(app, tx));
    if (body.grant !== 'required') return null;
    const cost = costOfGrant(body);
    const { inAll, promised } = await grantedInAll(tx, campaign, cost);
    const [issuer] = await tx.sql<{ currency: string }>('select currency from legal_entity order by id limit 1');
    return {
      granted: inAll,
      promised,
      limits: body.limits ?? {},
      costOfGrant: cost ?? null,
      currency: issuer?.currency ?? 'JPY',
      coupon: body.coupon?.use ?? 'none',
      batches: await batchesOf(tx, campaign),
    };
  });
}

function batchesOf(tx: ScopedTx, campaign: string): Promise<CouponBatch[]> {
  return tx.sql<CouponBatch>(
    `select b.id, b.origin, b.note, b.codes, coalesce(p.name, '') as "madeBy",
            to_char(b.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "madeAt",
            (select count(*)::int from coupon_code c
             where c.tenant_id = b.tenant_id and c.batch_id = b.id and c.used_by is not null) as used
     from coupon_batch b left join person p on p.id = b.made_by
     where b.campaign = $1 order by b.made_at desc, b.id`,
    [campaign],
  );
}
