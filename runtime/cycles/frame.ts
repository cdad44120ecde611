/**
 * What does one have to know of a cycle to compute any of its bills?
 * Its frozen values, its release with every hash checked, and the frame of its documents. Also called: rating context, 計算条件.
 */
import { prepareRelease, type Release } from '#engine/rulesets/release.ts';
import { loadRelease } from '#runtime/catalogue/load-release.ts';
import type { Frame } from '#runtime/cycles/compute-chunk.ts';
import { readCycle } from '#runtime/cycles/frozen-cycle.ts';
import type { FrozenCycle } from '#runtime/cycles/members.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';

/** The frame of a cycle; `publicKey` verifies its release. */
export async function frameOf(tx: SqlRunner, tenantId: number, cycleId: string, publicKey: string): Promise<Frame> {
  const cycle = await readCycle(tx, tenantId, cycleId);
  return frameWith(cycle, prepareRelease(await loadRelease(tx, tenantId, cycle.releaseNumber, publicKey)));
}

/** The frame of a cycle and its release, which has been verified. */
export function frameWith(cycle: FrozenCycle, release: Release): Frame {
  const { legalEntity, billingCycle, month, firstMonth } = cycle;
  const ruleset = release.inForce('billingCycle', billingCycle, `${month}-01`);
  if (ruleset === undefined)
    throw new Error(`the billing cycle ${billingCycle} was in the release when ${month} was opened`);
  return {
    cycle,
    release,
    document: { legalEntity, billingCycle, closingDay: ruleset.body.closingDay, month, firstMonth, release },
  };
}
