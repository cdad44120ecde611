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

/** A range of groups within one shard. */
export type GroupRange = { readonly shard: number; readonly fromHash: number; readonly toHash: number };

/** For `from`: the groups `g` and accounts `a` of the cycle in one shard. Parameters: `memberParameters`. */
export const members = `
  billing_group g
  join billing_account a on a.shard = $1 and a.tenant_id = $2 and a.group_id = g.id
  join lateral (
    select legal_entity_id, billing_cycle from billing_account_history
    where shard = $1 and tenant_id = $2 and account_id = a.id and valid_from < $3
      and known_from <= $4 and (known_to is null or known_to > $4)
    order by valid_from desc limit 1
  ) setting on setting.legal_entity_id = $5 and setting.billing_cycle = $6
  where g.shard = $1 and g.tenant_id = $2 and g.payer_hash between $7 and $8`;

type Membership = Pick<FrozenCycle, 'tenantId' | 'periodEnd' | 'knownAt' | 'legalEntity' | 'billingCycle'>;

export function memberParameters(cycle: Membership, { shard, fromHash, toHash }: GroupRange): readonly unknown[] {
  return [
    shard,
    cycle.tenantId,
    cycle.periodEnd,
    cycle.knownAt,
    cycle.legalEntity,
    cycle.billingCycle,
    fromHash,
    toHash,
  ];
}
