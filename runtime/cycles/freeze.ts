/**
 * At what is a cycle frozen, and into which chunks is it cut?
 * Once when it is opened, and again whenever it is to take up what has become known since. Also called: freeze, as-of, 凍結, 締切の取り直し.
 */
import { periodOfMonth } from '#engine/calendar/billing-cycle.ts';
import type { Release } from '#engine/rulesets/release.ts';
import { buildHash } from '#runtime/cycles/build.ts';
import { SHARDS } from '#runtime/cycles/cut-off.ts';
import { readCycle } from '#runtime/cycles/frozen-cycle.ts';
import {
  memberParameters,
  members,
  type FrozenCycle,
  type GroupRange,
  type Membership,
} from '#runtime/cycles/members.ts';
import { assertMovesSettled } from '#runtime/cycles/moved-accounts.ts';
import { mayMove } from '#runtime/cycles/moves.ts';
import { planChunks } from '#runtime/cycles/plan.ts';
import { removeResults } from '#runtime/cycles/write-chunk.ts';
import type { CycleTx, SqlRunner } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { BillingCycleBody } from '#schemas/generated/types.ts';

/** What a cycle is frozen at. */
export type Freeze = {
  /** Drawn by `drawCutOff` in a transaction of its own. */
  readonly knownAt: string;
  readonly releaseNumber: number;
  readonly release: Release;
};

export type Planned = { readonly chunks: number; readonly groups: number };

/** The rules of the billing cycle in its month. Refuses when none is published. */
export function billingCycleIn(release: Release, billingCycle: string, month: string): BillingCycleBody {
  const ruleset = release.inForce('billingCycle', billingCycle, `${month}-01`);
  if (ruleset === undefined) throw new Refusal('billing-cycle-unknown', { billingCycle, month }, 422);
  return ruleset.body;
}

/** Freezes a cycle that is not closed at what is known now. Its bills are gone until it is run. */
export async function refreeze(tx: CycleTx, tenantId: number, cycleId: string, at: Freeze): Promise<Planned> {
  const cycle = await readCycle(tx, tenantId, cycleId, 'for update');
  const { state, billingCycle, month, periodStart, periodEnd } = cycle;
  if (state === 'rating' || (state !== 'planned' && !mayMove(state, 'planned')))
    throw new Refusal('cycle-not-refreezable', { state });
  const { start, end } = periodOfMonth(month, billingCycleIn(at.release, billingCycle, month).closingDay);
  if (start !== periodStart || end !== periodEnd) throw new Refusal('cycle-period-changed', { billingCycle, month });
  await assertMovesSettled(tx, { ...cycle, knownAt: at.knownAt });
  await forgetChunks(tx, cycle);
  await tx.sql(`update cycle set state = 'planned' where tenant_id = $1 and id = $2`, [tenantId, cycleId]);
  await tx.sql(
    `update cycle set known_at = $3, release_number = $4, build = $5, bills = null, quarantined = null, total_minor = null, digest = null
     where tenant_id = $1 and id = $2`,
    [tenantId, cycleId, at.knownAt, at.releaseNumber, buildHash()],
  );
  return planCycle(tx, { ...cycle, knownAt: at.knownAt });
}

async function forgetChunks(tx: CycleTx, cycle: FrozenCycle): Promise<void> {
  const computed = await tx.sql<{ shard: number; number: number }>(
    'select shard, number from chunk where tenant_id = $1 and cycle_id = $2 and bills is not null',
    [cycle.tenantId, cycle.id],
  );
  await removeResults(tx.client, cycle, computed);
  await tx.sql('delete from chunk where tenant_id = $1 and cycle_id = $2', [cycle.tenantId, cycle.id]);
}

type Population = Membership & Pick<FrozenCycle, 'id'>;

/** Cuts the cycle's groups, as known at its knowledge number, into chunks of about `groupsAChunk`. */
export async function planCycle(tx: SqlRunner, cycle: Population, groupsAChunk?: number): Promise<Planned> {
  const chunks = planChunks(await hashesByShard(tx, cycle), groupsAChunk);
  await tx.sql(
    `insert into chunk (tenant_id, cycle_id, number, shard, from_hash, to_hash, groups)
     select $1, $2, * from unnest($3::int[], $4::smallint[], $5::int[], $6::int[], $7::int[])`,
    [
      cycle.tenantId,
      cycle.id,
      chunks.map(({ number }) => number),
      chunks.map(({ shard }) => shard),
      chunks.map(({ fromHash }) => fromHash),
      chunks.map(({ toHash }) => toHash),
      chunks.map(({ groups }) => groups),
    ],
  );
  return { chunks: chunks.length, groups: chunks.reduce((sum, { groups }) => sum + groups, 0) };
}

const EVERY_HASH = { fromHash: -2_147_483_648, toHash: 2_147_483_647 };
const everyGroup: readonly GroupRange[] = Array.from({ length: SHARDS }, (_, shard) => ({ shard, ...EVERY_HASH }));

async function hashesByShard(tx: SqlRunner, population: Population): Promise<Map<number, readonly number[]>> {
  const rows = await tx.sql<{ shard: number; hashes: readonly number[] }>(
    `select shard, array_agg(payer_hash order by payer_hash) as hashes
     from (select distinct g.shard, g.id, g.payer_hash from ${members}) member
     group by shard`,
    memberParameters(population, everyGroup),
  );
  return new Map(rows.map(({ shard, hashes }) => [shard, hashes]));
}
