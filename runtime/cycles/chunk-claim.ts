/**
 * Who computes a chunk?
 * Whoever changes its row first. A claim holds for a lease on the database's clock and is renewed while work goes on; a lease that
 * ran out may be taken over, and the epoch then keeps the earlier holder from writing. Also called: lease, fencing token, 占有, 排他.
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

const CANDIDATES = 16;

/**
 * Claims a chunk of a cycle that is being rated; undefined when there is none to be had at the moment.
 * `spread` picks among the candidates, so that workers do not all reach for the same one.
 */
export async function claimChunk(
  tx: SqlRunner,
  cycle: CycleId,
  worker: string,
  leaseSeconds: number,
  spread: number,
): Promise<Claim | undefined> {
  const candidates = await tx.sql<Claim & { seen: number }>(
    `select k.shard, k.number, k.from_hash as "fromHash", k.to_hash as "toHash", k.groups, k.epoch as seen, k.bills is not null as "hasResults"
     from chunk k join cycle c on c.tenant_id = k.tenant_id and c.id = k.cycle_id
     where k.tenant_id = $1 and k.cycle_id = $2 and c.state = 'rating'
       and (k.state = 'open' or (k.state = 'claimed' and k.lease_until < clock_timestamp()))
     order by k.number limit $3`,
    [cycle.tenantId, cycle.id, CANDIDATES],
  );
  for (let tried = 0; tried < candidates.length; tried += 1) {
    const { seen, ...chunk } = candidates[(spread + tried) % candidates.length]!;
    const claimed = await tx.sql<{ epoch: number }>(
      `update chunk set state = 'claimed', epoch = epoch + 1, attempts = attempts + 1, claimed_by = $5,
              lease_until = clock_timestamp() + make_interval(secs => $6)
       where shard = $1 and tenant_id = $2 and cycle_id = $3 and number = $4 and epoch = $7
         and (state = 'open' or (state = 'claimed' and lease_until < clock_timestamp()))
       returning epoch`,
      [chunk.shard, cycle.tenantId, cycle.id, chunk.number, worker, leaseSeconds, seen],
    );
    if (claimed[0] !== undefined) return { ...chunk, epoch: claimed[0].epoch };
  }
  return undefined;
}

/** Somebody else holds the chunk by now: what was computed is thrown away, theirs is the same. */
export class LostClaim extends Error {
  constructor({ shard, number }: Pick<Claim, 'shard' | 'number'>) {
    super(`chunk ${number} of shard ${shard} is held by another worker`);
    this.name = 'LostClaim';
  }
}

/** Renews the lease. Throws LostClaim when it is too late. */
export async function renewClaim(tx: SqlRunner, cycle: CycleId, claim: Claim, leaseSeconds: number): Promise<void> {
  const renewed = await tx.sql(
    `update chunk set lease_until = clock_timestamp() + make_interval(secs => $6)
     where shard = $1 and tenant_id = $2 and cycle_id = $3 and number = $4 and epoch = $5 and state = 'claimed'
     returning 1`,
    [claim.shard, cycle.tenantId, cycle.id, claim.number, claim.epoch, leaseSeconds],
  );
  if (renewed.length === 0) throw new LostClaim(claim);
}

/** Gives back the chunks of workers that were stopped, whose names begin with `workers`. */
export async function releaseClaims(tx: SqlRunner, cycle: CycleId, workers: string): Promise<void> {
  await tx.sql(
    `update chunk set state = 'open', claimed_by = null, lease_until = null
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
