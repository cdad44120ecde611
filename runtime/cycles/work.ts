/**
 * What does a worker do until a cycle is computed?
 * Claims some chunks, computes them, writes them, and so on; waits while others still hold chunks, in case one of them dies.
 * Also called: worker loop, ワーカー, 並列処理.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { claimChunks, hasWorkLeft, LostClaim, releaseClaims, type Claim } from '#runtime/cycles/chunk-claim.ts';
import { computeChunks, type Frame } from '#runtime/cycles/compute-chunk.ts';
import { mayFailAt } from '#runtime/cycles/failpoints.ts';
import { writeChunks } from '#runtime/cycles/write-chunk.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';

export type Shift = {
  /** Names the worker in the chunk's row. */
  readonly worker: string;
  readonly leaseSeconds: number;
  /** About how many groups are read, computed and written together. */
  readonly groupsAtOnce: number;
};

const POLL_MILLISECONDS = 200;

/** Returns when every chunk of the cycle is done, or the cycle is no longer being rated. */
export async function workOnCycle(client: ClientBase, tx: SqlRunner, frame: Frame, shift: Shift): Promise<void> {
  const { cycle } = frame;
  for (;;) {
    const claims = await claimChunks(tx, cycle, shift.worker, shift.leaseSeconds, shift.groupsAtOnce);
    if (claims.length > 0) await doChunks(client, tx, frame, shift, claims);
    else if (await hasWorkLeft(tx, cycle)) await pause(POLL_MILLISECONDS);
    else return;
  }
}

async function doChunks(
  client: ClientBase,
  tx: SqlRunner,
  frame: Frame,
  shift: Shift,
  claims: readonly Claim[],
): Promise<void> {
  mayFailAt('after-claim');
  try {
    const results = await computeChunks(tx, frame, claims, shift.leaseSeconds);
    await writeChunks(client, frame.cycle, claims, results);
  } catch (error) {
    await releaseClaims(tx, frame.cycle, shift.worker);
    if (!(error instanceof LostClaim)) throw error;
  }
}
