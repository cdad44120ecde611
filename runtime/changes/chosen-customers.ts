/**
 * On which real customers is a change tried out?
 * The first so many who hold what it reaches, always the same ones: shards and payers are in the order of hashes, which is as good as
 * drawing lots. Also called: sample, witness customers, 試算対象の顧客, サンプル.
 */
import { SHARDS } from '#runtime/cycles/cut-off.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';

/** A billing group, and the customer who pays for it. */
export type Chosen = {
  readonly shard: number;
  readonly groupId: string;
  readonly payerHash: number;
  readonly customer: string;
  readonly name: string;
  readonly legalEntity: string;
  readonly billingCycle: string;
};

export type Choice = {
  readonly groups: readonly Chosen[];
  /** 'any' where nobody holds what the ruleset reaches, and whoever comes first was taken. */
  readonly chosen: 'touched' | 'any';
};

/** Days of application, from the first and before the last; null is open. */
type Window = { readonly from: string; readonly to: string | null };

/**
 * Up to `count` groups that hold any of the offerings, now or later than `from`; of everybody where `offerings` is undefined.
 * With a `window` those who ordered in it come first: a campaign is for them.
 */
export async function chooseCustomers(
  tx: SqlRunner,
  tenantId: number,
  wanted: {
    readonly offerings: ReadonlySet<string> | undefined;
    readonly window?: Window | undefined;
    readonly from: string;
    readonly count: number;
  },
): Promise<Choice> {
  const { offerings, window, from, count } = wanted;
  if (offerings !== undefined) {
    const ofOfferings = (within: Window | undefined): Promise<Chosen[]> =>
      firstGroups(tx, tenantId, [...offerings], within, from, count);
    const ordered = window === undefined ? [] : await ofOfferings(window);
    const groups = [...ordered, ...(ordered.length < count ? await ofOfferings(undefined) : [])];
    const once = [...new Map(groups.map((group) => [`${group.shard}/${group.groupId}`, group])).values()];
    if (once.length > 0) return { groups: once.slice(0, count), chosen: 'touched' };
  }
  return { groups: await firstGroups(tx, tenantId, null, undefined, from, count), chosen: 'any' };
}

async function firstGroups(
  tx: SqlRunner,
  tenantId: number,
  offerings: readonly string[] | null,
  window: Window | undefined,
  from: string,
  count: number,
): Promise<Chosen[]> {
  const groups: Chosen[] = [];
  for (let shard = 0; shard < SHARDS && groups.length < count; shard += 1) {
    const found = await tx.sql<Chosen>(
      `select g.shard, g.id as "groupId", g.payer_hash as "payerHash", c.id as customer, c.name,
              setting.legal_entity_id as "legalEntity", setting.billing_cycle as "billingCycle"
       from billing_group g
       join lateral (
         select id, customer_id from billing_account
         where shard = $1 and tenant_id = $2 and group_id = g.id order by id collate "C" limit 1
       ) account on true
       join customer c on c.shard = $1 and c.tenant_id = $2 and c.id = account.customer_id
       join lateral (
         select legal_entity_id, billing_cycle from billing_account_history
         where shard = $1 and tenant_id = $2 and account_id = account.id and known_to is null
         order by valid_from <= $4 desc, case when valid_from <= $4 then valid_from end desc, valid_from limit 1
       ) setting on true
       where g.shard = $1 and g.tenant_id = $2 and exists (
         select from product p join product_history h on h.shard = $1 and h.tenant_id = $2 and h.product_id = p.id
         where p.shard = $1 and p.tenant_id = $2 and p.group_id = g.id and h.known_to is null
           and (h.valid_to is null or h.valid_to > $4) and ($3::text[] is null or h.offering = any($3))
           and ($6::date is null or p.applied_on >= $6) and ($7::date is null or p.applied_on < $7)
       )
       order by g.payer_hash, g.id collate "C" limit $5`,
      [shard, tenantId, offerings, from, count - groups.length, window?.from ?? null, window?.to ?? null],
    );
    groups.push(...found);
  }
  return groups;
}
