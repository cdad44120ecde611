/**
 * What do the groups of a chunk come to?
 * Reads frozen input a slice of groups at a time, so that memory stays bounded, and keeps the claim alive from slice to slice.
 * Also called: batch rating, チャンク計算.
 */
import assert from 'node:assert/strict';
import type { Release } from '#engine/rulesets/release.ts';
import { renewClaim, type Claim } from '#runtime/cycles/chunk-claim.ts';
import { computeGroup, type ComputedBill, type Quarantined } from '#runtime/cycles/compute-group.ts';
import type { DocumentFrame } from '#runtime/cycles/document-of.ts';
import { mayFailAt } from '#runtime/cycles/failpoints.ts';
import { readGroups, readUsage } from '#runtime/cycles/group-rows.ts';
import type { FrozenCycle } from '#runtime/cycles/members.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import type { BillingState } from '#schemas/generated/types.ts';

export type ChunkResult = {
  readonly bills: readonly ComputedBill[];
  readonly states: readonly { readonly groupId: string; readonly state: BillingState }[];
  readonly quarantined: readonly Quarantined[];
  readonly usageRecords: number;
};

/** What a worker knows of the cycle it works on. */
export type Frame = { readonly cycle: FrozenCycle; readonly document: DocumentFrame; readonly release: Release };

const GROUPS_A_SLICE = 100;

export async function computeChunk(
  tx: SqlRunner,
  frame: Frame,
  claim: Claim,
  leaseSeconds: number,
): Promise<ChunkResult> {
  const { cycle, document, release } = frame;
  const groups = await readGroups(tx, cycle, claim);
  assert.equal(groups.length, claim.groups, 'a chunk holds the groups that it was planned for');
  mayFailAt('after-read');
  const bills: ComputedBill[] = [];
  const states: { groupId: string; state: BillingState }[] = [];
  const quarantined: Quarantined[] = [];
  let usageRecords = 0;
  for (let start = 0; start < groups.length; start += GROUPS_A_SLICE) {
    const slice = groups.slice(start, start + GROUPS_A_SLICE);
    const usage = await readUsage(tx, cycle, claim.shard, slice);
    for (const rows of slice) {
      const result = computeGroup(rows, usage.get(rows.groupId) ?? [], document, release);
      if (result.quarantined !== undefined) {
        quarantined.push(result.quarantined);
        continue;
      }
      bills.push(...result.bills);
      if (result.state !== undefined) states.push({ groupId: result.groupId, state: result.state });
      usageRecords += result.usageRecords;
    }
    mayFailAt('mid-compute');
    await renewClaim(tx, cycle, claim, leaseSeconds);
  }
  return { bills, states, quarantined, usageRecords };
}
