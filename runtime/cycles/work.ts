/**
 * What does a worker do until a cycle is computed?
 * Claims a chunk, computes it, writes it, and so on; waits while others still hold chunks, in case one of them dies.
 * Also called: worker loop, ワーカー, 並列処理.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { claimChunk, hasWorkLeft, LostClaim, releaseClaims, type Claim } from '#runtime/cycles/chunk-claim.ts';
import { computeChunk, type Frame } from '#runtime/cycles/compute-chunk.ts';
import { mayFailAt } from '#runtime/cycles/failpoints.ts';
import { writeChunk } from '#runtime/cycles/write-chunk.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';

export type Shift = {
  /** Names the worker in the chunk's row. */
  readonly worker: string;
  readonly leaseSeconds: number;
  /** A number of its own among the workers of a process. */
  readonly spread: number;
};

const POLL_MILLISECONDS = 200;

/** Returns when every chunk of the cycle is done, or the cycle is no longer being rated. */
export async function workOnCycle(client: ClientBase, tx: SqlRunner, frame: Frame, shift: Shift): Promise<void> {
  const { cycle } = frame;
  for (;;) {
    const claim = await claimChunk(tx, cycle, shift.worker, shift.leaseSeconds, shift.spread);
    if (claim !== undefined) await doChunk(client, tx, frame, shift, claim);
    else if (await hasWorkLeft(tx, cycle)) await pause(POLL_MILLISECONDS);
    else return;
  }
}

async function doChunk(client: ClientBase, tx: SqlRunner, frame: Frame, shift: Shift, claim: Claim): Promise<void> {
  mayFailAt('after-claim');
  try {
    const result = await computeChunk(tx, frame, claim, shift.leaseSeconds);
    await writeChunk(client, frame.cycle, claim, result);
  } catch (error) {
    if (error instanceof LostClaim) return;
    await releaseClaims(tx, frame.cycle, shift.worker);
    throw error;
  }
}
