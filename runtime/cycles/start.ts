/**
 * How does a run of a cycle begin: the first, one after a crash, another at the same time, and one that repeats a trial?
 * Also called: start bill run, rerun, resume, 実行開始, 再実行, 再開.
 */
import { buildHash } from '#runtime/cycles/build.ts';
import { readCycle, type CycleRow } from '#runtime/cycles/frozen-cycle.ts';
import { mayMove } from '#runtime/cycles/moves.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';

/**
 * Moves the cycle to `rating` and gives the number of the run. A cycle that is being rated already is joined, or taken up where
 * it stopped. A trial is computed anew, from the same frozen input.
 */
export async function startRun(tx: SqlRunner, tenantId: number, cycleId: string, runBy: string): Promise<number> {
  const cycle = await readCycle(tx, tenantId, cycleId, 'for update');
  const isJoined = cycle.state === 'rating';
  if (!isJoined && !mayMove(cycle.state, 'rating')) throw new Refusal('cycle-not-runnable', { state: cycle.state });
  // What one build began another must not continue.
  if (isJoined && cycle.build !== buildHash()) throw new Refusal('cycle-other-build', {});
  if (!isJoined) await beginRating(tx, cycle);
  const [run] = await tx.sql<{ number: number }>(
    `insert into cycle_run (tenant_id, cycle_id, number, run_by, build, known_at, started_at)
     select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, clock_timestamp() from cycle_run where tenant_id = $1 and cycle_id = $2
     returning number`,
    [tenantId, cycleId, runBy, buildHash(), cycle.knownAt],
  );
  return run!.number;
}

/** A cycle that was stopped goes on; one that is a trial, or was begun by another build, is computed from the start. */
async function beginRating(tx: SqlRunner, { tenantId, id, state, build }: CycleRow): Promise<void> {
  const isSameBuild = build === buildHash();
  if (state !== 'planned' || !isSameBuild) await reopenChunks(tx, tenantId, id);
  if (!isSameBuild) {
    // Amounts may differ under another build, so the digest to be met again is forgotten with it.
    await tx.sql(`update cycle set state = 'planned' where tenant_id = $1 and id = $2`, [tenantId, id]);
    await tx.sql(`update cycle set build = $3, digest = null where tenant_id = $1 and id = $2`, [
      tenantId,
      id,
      buildHash(),
    ]);
  }
  await tx.sql(`update cycle set state = 'rating' where tenant_id = $1 and id = $2`, [tenantId, id]);
}

/** The next epoch: a worker of an earlier run that still computes will not write. */
async function reopenChunks(tx: SqlRunner, tenantId: number, cycleId: string): Promise<void> {
  await tx.sql(
    `update chunk set state = 'open', epoch = epoch + 1, claimed_by = null, claimed_at = null, lease_until = null where tenant_id = $1 and cycle_id = $2`,
    [tenantId, cycleId],
  );
}
