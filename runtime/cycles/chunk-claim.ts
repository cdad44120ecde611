/**
 * Who computes a chunk?
 * Whoever changes its row first; small chunks are claimed some at a time. A claim holds for a lease on the database's clock and is
 * renewed while work goes on; a lease that ran out may be taken over, and the epoch then keeps the earlier holder from writing.
 * Also called: lease, fencing token, 占有, 排他.
 */
import type { FrozenCycle } from '#runtime/cycles/members.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';

export type Claim = {
  readonly shard: number;
  readonly number: number;
  readonly fromHash: number;
  readonly toHash: number;
  readonly groups: number;
  readonly epoch: number;
  /** The chunk was computed in an earlier run: its results are there to be replaced. */
  readonly hasResults: boolean;
};

type CycleId = Pick<FrozenCycle, 'tenantId' | 'id'>;

const CANDIDATES = 64;

/**
 * Claims the next chunks of a cycle that is being rated: as many as come to about `groups` groups, so that small chunks are read
 * and written together; none when there is none to be had at the moment. Chunks that another worker is just claiming are passed over.
 */
export async function claimChunks(
  tx: SqlRunner,
  cycle: CycleId,
  worker: string,
  leaseSeconds: number,
  groups: number,
): Promise<readonly Claim[]> {
  const claims = await tx.sql<Claim>(
    `with free as (
       select k.shard, k.number, k.groups from chunk k
       where k.tenant_id = $1 and k.cycle_id = $2
         and (k.state = 'open' or (k.state = 'claimed' and k.lease_until < clock_timestamp()))
         and exists (select from cycle c where c.tenant_id = $1 and c.id = $2 and c.state = 'rating')
       order by k.number limit $3
       for update of k skip locked
     ), next as (
       select shard, number from (select *, sum(groups) over (order by number) - groups as before from free) counted where before < $4
     )
     update chunk k set state = 'claimed', epoch = epoch + 1, attempts = attempts + 1, claimed_by = $5,
            claimed_at = clock_timestamp(), lease_until = clock_timestamp() + make_interval(secs => $6)
     from next
     where k.shard = next.shard and k.tenant_id = $1 and k.cycle_id = $2 and k.number = next.number
     returning k.shard, k.number, k.from_hash as "fromHash", k.to_hash as "toHash", k.groups, k.epoch, k.bills is not null as "hasResults"`,
    [cycle.tenantId, cycle.id, CANDIDATES, groups, worker, leaseSeconds],
  );
  return claims.toSorted((a, b) => a.number - b.number);
}

/** Somebody else holds one of the chunks by now: what was computed is thrown away, theirs is the same. */
export class LostClaim extends Error {
  constructor(claims: readonly Pick<Claim, 'number'>[]) {
    super(`of the chunks ${claims.map(({ number }) => number).join(', ')} one is held by another worker`);
    this.name = 'LostClaim';
  }
}

/** For `from`: the claims of a worker. Parameters: `claimParameters`. */
export const everyClaim = 'unnest($3::smallint[], $4::int[], $5::int[]) claim (shard, number, epoch)';

export function claimParameters(cycle: CycleId, claims: readonly Claim[]): readonly unknown[] {
  return [
    ...[cycle.tenantId, cycle.id],
    claims.map(({ shard }) => shard),
    claims.map(({ number }) => number),
    claims.map(({ epoch }) => epoch),
  ];
}

/** Renews the lease. Throws LostClaim when it is too late for any of them. */
export async function renewClaims(
  tx: SqlRunner,
  cycle: CycleId,
  claims: readonly Claim[],
  leaseSeconds: number,
): Promise<void> {
  const renewed = await tx.sql(
    `update chunk k set lease_until = clock_timestamp() + make_interval(secs => $6) from ${everyClaim}
     where k.shard = claim.shard and k.tenant_id = $1 and k.cycle_id = $2 and k.number = claim.number and k.epoch = claim.epoch
       and k.state = 'claimed'
     returning 1`,
    [...claimParameters(cycle, claims), leaseSeconds],
  );
  if (renewed.length < claims.length) throw new LostClaim(claims);
}

/** Gives back the chunks of workers that were stopped, whose names begin with `workers`. */
export async function releaseClaims(tx: SqlRunner, cycle: CycleId, workers: string): Promise<void> {
  await tx.sql(
    `update chunk set state = 'open', claimed_by = null, claimed_at = null, lease_until = null
     where tenant_id = $1 and cycle_id = $2 and state = 'claimed' and starts_with(claimed_by, $3)`,
    [cycle.tenantId, cycle.id, workers],
  );
}

/** Whether a chunk is still to be done, by anybody. */
export async function hasWorkLeft(tx: SqlRunner, cycle: CycleId): Promise<boolean> {
  const [row] = await tx.sql<{ left: boolean }>(
    `select exists (
       select from chunk k join cycle c on c.tenant_id = k.tenant_id and c.id = k.cycle_id
       where k.tenant_id = $1 and k.cycle_id = $2 and k.state <> 'done' and c.state = 'rating') as left`,
    [cycle.tenantId, cycle.id],
  );
  return row!.left;
}
