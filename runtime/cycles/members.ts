/**
 * Which accounts does a cycle bill?
 * Those whose latest settings, as known at the cycle's knowledge number and dated before the period's end, name its legal entity
 * and billing cycle. Also called: billing population, eligible accounts, 請求対象, 対象口座.
 */

/** What was frozen when the cycle was opened. Numbers of the sequence `knowledge` are text: they may pass 2⁵³. */
export type FrozenCycle = {
  readonly tenantId: number;
  readonly id: string;
  readonly legalEntity: string;
  readonly billingCycle: string;
  readonly month: string;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly knownAt: string;
  readonly releaseNumber: number;
  readonly build: string;
  /** The month of the first cycle there ever was for this legal entity and billing cycle. */
  readonly firstMonth: string;
};

/** A range of groups within one shard: what a chunk holds. */
export type GroupRange = { readonly shard: number; readonly fromHash: number; readonly toHash: number };

/**
 * For `from`: the groups `g` and accounts `a` of the cycle in ranges of shards, with the number of the `range`, from 1.
 * Parameters: `memberParameters`.
 */
export const members = `
  unnest($1::smallint[], $2::int[], $3::int[]) with ordinality as range (shard, from_hash, to_hash, number)
  join billing_group g on g.shard = range.shard and g.tenant_id = $4 and g.payer_hash between range.from_hash and range.to_hash
  join billing_account a on a.shard = g.shard and a.tenant_id = $4 and a.group_id = g.id
  join lateral (
    select legal_entity_id, billing_cycle from billing_account_history
    where shard = a.shard and tenant_id = $4 and account_id = a.id and valid_from < $5
      and known_from <= $6 and (known_to is null or known_to > $6)
    order by valid_from desc limit 1
  ) setting on setting.legal_entity_id = $7 and setting.billing_cycle = $8`;

type Membership = Pick<FrozenCycle, 'tenantId' | 'periodEnd' | 'knownAt' | 'legalEntity' | 'billingCycle'>;

export function memberParameters(cycle: Membership, ranges: readonly GroupRange[]): readonly unknown[] {
  return [
    ranges.map(({ shard }) => shard),
    ranges.map(({ fromHash }) => fromHash),
    ranges.map(({ toHash }) => toHash),
    ...[cycle.tenantId, cycle.periodEnd, cycle.knownAt, cycle.legalEntity, cycle.billingCycle],
  ];
}
