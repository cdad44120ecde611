/**
 * When is a run over?
 * When the last chunk is done, whoever did it: the cycle becomes a trial with its totals and its digest. Also called: 仮締め, trial close.
 */
import assert from 'node:assert/strict';
import { mayFailAt } from '#runtime/cycles/failpoints.ts';
import { readCycle } from '#runtime/cycles/frozen-cycle.ts';
import { resultsOf, type CycleResults } from '#runtime/cycles/results.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';

/** The results of the trial; undefined while chunks are open or when the run was stopped. Finishing twice changes nothing. */
export async function finishRun(tx: SqlRunner, tenantId: number, cycleId: string): Promise<CycleResults | undefined> {
  const cycle = await readCycle(tx, tenantId, cycleId, 'for update');
  if (cycle.state === 'planned' || (cycle.state === 'rating' && (await hasOpenChunks(tx, tenantId, cycleId))))
    return undefined;
  const results = await resultsOf(tx, tenantId, cycleId);
  // Same frozen input, same build: other bytes would mean that something we rely on does not hold.
  if (cycle.digest !== null) assert.equal(results.digest, cycle.digest, 'running a cycle again makes the same bills');
  mayFailAt('before-finish');
  if (cycle.state === 'rating') {
    await tx.sql(
      `update cycle set state = 'trial', bills = $3, quarantined = $4, total_minor = $5, digest = $6 where tenant_id = $1 and id = $2`,
      [tenantId, cycleId, results.bills, results.quarantined, results.totalMinor, results.digest],
    );
  }
  return results;
}

async function hasOpenChunks(tx: SqlRunner, tenantId: number, cycleId: string): Promise<boolean> {
  const open = await tx.sql(`select from chunk where tenant_id = $1 and cycle_id = $2 and state <> 'done' limit 1`, [
    tenantId,
    cycleId,
  ]);
  return open.length > 0;
}
