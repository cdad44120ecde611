/**
 * What do the groups of some chunks come to?
 * Reads frozen input a slice of groups at a time, so that memory stays bounded, and keeps the claims alive from slice to slice.
 * Also called: batch rating, チャンク計算.
 */
import assert from 'node:assert/strict';
import type { Release } from '#engine/rulesets/release.ts';
import { renewClaims, type Claim } from '#runtime/cycles/chunk-claim.ts';
import {
  computeGroup,
  nothingCounted,
  type ComputedBill,
  type Counting,
  type GroupResult,
  type Quarantined,
} from '#runtime/cycles/compute-group.ts';
import { periodEndOf } from '#runtime/cycles/closing-of-group.ts';
import type { DocumentFrame } from '#runtime/cycles/document-of.ts';
import { mayFailAt } from '#runtime/cycles/failpoints.ts';
import { readGroups, readUsage, type PlacedGroup } from '#runtime/cycles/group-rows.ts';
import type { FrozenCycle, GroupRange } from '#runtime/cycles/members.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import type { BillingState } from '#schemas/generated/types.ts';

export type ChunkResult = {
  readonly bills: readonly ComputedBill[];
  readonly states: readonly { readonly groupId: string; readonly state: BillingState }[];
  readonly quarantined: readonly Quarantined[];
  readonly usageRecords: number;
  readonly counting: Counting;
};

/** What a worker knows of the cycle it works on. */
export type Frame = { readonly cycle: FrozenCycle; readonly document: DocumentFrame; readonly release: Release };

const GROUPS_A_SLICE = 100;

/** What each of the claimed chunks comes to, in the order of the claims. */
export async function computeChunks(
  tx: SqlRunner,
  { cycle, document, release }: Frame,
  claims: readonly Claim[],
  leaseSeconds: number,
): Promise<readonly ChunkResult[]> {
  const groups = await readGroups(tx, cycle, claims);
  const results = claims.map(
    () => ({ bills: [], states: [], quarantined: [], usageRecords: 0, counting: nothingCounted, groups: 0 }) as Growing,
  );
  mayFailAt('after-read');
  for (let start = 0; start < groups.length; start += GROUPS_A_SLICE) {
    const slice = groups.slice(start, start + GROUPS_A_SLICE);
    const usage = await readUsage(tx, cycle, slice, (rows) => periodEndOf(rows, document, cycle.periodEnd));
    for (const rows of slice) {
      const result = results[claims.findIndex((claim) => holds(claim, rows))]!;
      add(computeGroup(rows, usage.get(rows.groupId) ?? [], document, release), result);
    }
    mayFailAt('mid-compute');
    await renewClaims(tx, cycle, claims, leaseSeconds);
  }
  claims.forEach(({ groups: planned }, index) => {
    assert.equal(results[index]!.groups, planned, 'a chunk holds the groups that it was planned for');
  });
  return results;
}

type Growing = {
  readonly bills: ComputedBill[];
  readonly states: { readonly groupId: string; readonly state: BillingState }[];
  readonly quarantined: Quarantined[];
  usageRecords: number;
  counting: Counting;
  groups: number;
};

const holds = ({ shard, fromHash, toHash }: GroupRange, group: PlacedGroup): boolean =>
  shard === group.shard && fromHash <= group.payerHash && group.payerHash <= toHash;

function add(group: GroupResult, to: Growing): void {
  to.groups += 1;
  if (group.quarantined !== undefined) {
    to.quarantined.push(group.quarantined);
    return;
  }
  to.bills.push(...group.bills);
  if (group.state !== undefined) to.states.push({ groupId: group.groupId, state: group.state });
  to.usageRecords += group.usageRecords;
  to.counting = plus(to.counting, group.counting);
}

const plus = (a: Counting, b: Counting): Counting => ({
  ahead: a.ahead + b.ahead,
  whole: a.whole + b.whole,
  inNumbers: a.inNumbers + b.inNumbers,
  inFractions: a.inFractions + b.inFractions,
});
