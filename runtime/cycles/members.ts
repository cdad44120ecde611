/**
 * Which accounts does a cycle bill?
 * Those whose settings of its month, as known at the cycle's knowledge number, name its legal entity and billing cycle. A month has
 * the settings in force on its first calendar day, whatever the closing day, so that an account is in one cycle of a month and in one
 * only; who begins later in the month has its first. Also called: billing population, eligible accounts, 請求対象, 対象口座.
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
  /** In previews: the day of whose settings it has members, in place of its month's. */
  readonly membersOn?: string;
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
    order by valid_from <= $9 desc, case when valid_from <= $9 then valid_from end desc, valid_from limit 1
  ) setting on setting.legal_entity_id = $7 and setting.billing_cycle = $8`;

export type Membership = Pick<
  FrozenCycle,
  'tenantId' | 'month' | 'periodEnd' | 'knownAt' | 'legalEntity' | 'billingCycle' | 'membersOn'
>;

export function memberParameters(cycle: Membership, ranges: readonly GroupRange[]): readonly unknown[] {
  return [
    ranges.map(({ shard }) => shard),
    ranges.map(({ fromHash }) => fromHash),
    ranges.map(({ toHash }) => toHash),
    ...[cycle.tenantId, cycle.periodEnd, cycle.knownAt, cycle.legalEntity, cycle.billingCycle],
    cycle.membersOn ?? `${cycle.month}-01`,
  ];
}
