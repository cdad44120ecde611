/**
 * Which campaigns does an order grant, and is there room for them?
 * Decided once, holding the campaign: of two orders for the last grant, the second sees the first. Whoever takes an order back gives
 * its grants back. Also called: campaign counter, quota, redemption, 付与、先着順、予算の引き当て.
 */
import { costOfGrant, limitsReached, type GrantedSoFar, type LimitReached } from '#engine/discounts/grant-limits.ts';
import { exact, plus, toText } from '#engine/money/exact.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { Said } from '#runtime/customers/lane-changes.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { couponRefused, useCoupon } from '#runtime/orders/coupons.ts';
import type { Place } from '#runtime/orders/write.ts';
import type { NotAllowed } from '#runtime/simulation/changed-document.ts';
import type { AccountDocument, CampaignRuleset, Grant, OrderedChange } from '#schemas/generated/types.ts';

type ToGrant = Pick<Grant, 'campaign' | 'product' | 'grantedOn'> & {
  /** Where the order asks for it. */
  readonly path: string;
  readonly ruleset: CampaignRuleset;
  readonly coupon: string | undefined;
};

/** The grants that `after` has and `before` has not: one for each change that asks for one, in their order. */
export function grantsAskedFor(
  changes: readonly OrderedChange[],
  before: AccountDocument,
  after: AccountDocument,
  release: Release,
): readonly ToGrant[] {
  const added = (after.grants ?? []).slice((before.grants ?? []).length);
  const asked = changes.flatMap((change, index) => (change.kind === 'grantCampaign' ? [{ change, index }] : []));
  return added.map(({ campaign, product, grantedOn }, at) => {
    const { change, index } = asked[at]!;
    const ruleset = release.inForce('campaign', campaign, grantedOn)!;
    return { campaign, product, grantedOn, ruleset, coupon: change.coupon, path: `/changes/${index}` };
  });
}

/** Every reason why a grant may not be given, with its place; each campaign is held until the transaction ends. */
export async function grantsRefused(
  tx: SqlRunner,
  place: Pick<Place, 'tenantId' | 'shard'>,
  customerId: string,
  grants: readonly ToGrant[],
): Promise<NotAllowed['refusals']> {
  // All orders take hold of campaigns in one order, so that none waits for one that waits for it.
  for (const campaign of [...new Set(grants.map((grant) => grant.campaign))].toSorted())
    await tx.sql(`select pg_advisory_xact_lock(hashtextextended('campaign/' || $1 || '/' || $2, 0))`, [
      String(place.tenantId),
      campaign,
    ]);
  return grantsWithoutRoom(tx, place, customerId, grants);
}

/** The same of what is only tried: nothing is held, so that another order may be first. */
export async function grantsWithoutRoom(
  tx: SqlRunner,
  { tenantId, shard }: Pick<Place, 'tenantId' | 'shard'>,
  customerId: string,
  grants: readonly ToGrant[],
): Promise<NotAllowed['refusals']> {
  const refused: (Said & { readonly path: string })[] = [];
  const soFar = new Map<string, GrantedSoFar>();
  const codes = new Set<string>();
  for (const { campaign, ruleset, coupon, path } of grants) {
    const { name, body } = ruleset;
    const cost = costOfGrant(body);
    const counted = soFar.get(campaign) ?? (await countedSoFar(tx, shard, customerId, campaign, cost));
    refused.push(...limitsReached(body, counted).map((reached) => ({ ...saidLimit(reached, name), path })));
    const isAgain = body.coupon?.use === 'single' && coupon !== undefined && codes.has(`${campaign}/${coupon}`);
    const problem = isAgain ? 'coupon-used' : await couponRefused(tx, tenantId, ruleset, coupon);
    if (problem !== undefined)
      refused.push({ code: `simulation.refused.${problem}`, values: { name }, path: `${path}/coupon` });
    codes.add(`${campaign}/${coupon ?? ''}`);
    soFar.set(campaign, {
      inAll: counted.inAll + 1,
      ofCustomer: counted.ofCustomer + 1,
      promised: toText(plus(exact(counted.promised), exact(cost ?? '0'))),
    });
  }
  return refused;
}

/** Of all versions together. A grant of which nobody could know the cost counts at what one costs now. */
export async function grantedInAll(
  tx: SqlRunner,
  campaign: string,
  cost: string | undefined,
): Promise<Omit<GrantedSoFar, 'ofCustomer'>> {
  const [all] = await tx.sql<{ inAll: number; promised: string }>(
    `select count(*)::int as "inAll", trim_scale(coalesce(sum(coalesce(promised, $2::numeric)), 0))::text as promised
     from campaign_grant where campaign = $1 and known_to is null`,
    [campaign, cost ?? '0'],
  );
  return all!;
}

async function countedSoFar(
  tx: SqlRunner,
  shard: number,
  customerId: string,
  campaign: string,
  cost: string | undefined,
): Promise<GrantedSoFar> {
  const [own] = await tx.sql<{ count: number }>(
    `select count(*)::int from campaign_grant g
     join product p on p.shard = g.shard and p.tenant_id = g.tenant_id and p.id = g.product_id
     join billing_account a on a.shard = p.shard and a.tenant_id = p.tenant_id and a.id = p.account_id
     where g.shard = $1 and g.campaign = $2 and g.known_to is null and a.customer_id = $3`,
    [shard, campaign, customerId],
  );
  return { ...(await grantedInAll(tx, campaign, cost)), ofCustomer: own!.count };
}

function saidLimit(reached: LimitReached, name: CampaignRuleset['name']): Said {
  if (reached.limit === 'budget') {
    const { budget, left, cost } = reached;
    return { code: 'simulation.refused.campaign-budget', values: { name, budget, left, cost } };
  }
  const code = reached.limit === 'inAll' ? 'campaign-used-up' : 'campaign-customer-limit';
  return { code: `simulation.refused.${code}`, values: { name, most: String(reached.most) } };
}

/** The grants of an order, each with what it can cost; their codes are that order's from now on. */
export async function writeGrants(
  tx: SqlRunner,
  { tenantId, shard, number }: Place,
  order: string,
  grants: readonly ToGrant[],
): Promise<void> {
  for (const { campaign, product, grantedOn, ruleset, coupon } of grants) {
    await tx.sql(
      `insert into campaign_grant (tenant_id, shard, campaign, product_id, granted_on, known_from, promised)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [tenantId, shard, campaign, product, grantedOn, number, costOfGrant(ruleset.body) ?? null],
    );
    if (ruleset.body.coupon?.use === 'single' && coupon !== undefined)
      await useCoupon(tx, tenantId, campaign, coupon, order);
  }
}
