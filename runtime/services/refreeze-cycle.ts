/**
 * Freeze a cycle again at what is known now: contracts put right, usage that came late, rules published since its opening.
 * Its trial bills are gone until it is run again; `cycleStatus` keeps what the earlier runs came to, to compare with.
 * Also called: reset trial, take up corrections, 再凍結, 仮締めのやり直し.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { currentRelease } from '#runtime/catalogue/current-release.ts';
import { publishDueOf } from '#runtime/changes/due.ts';
import { drawCutOff } from '#runtime/cycles/cut-off.ts';
import { refreeze, type Planned } from '#runtime/cycles/freeze.ts';
import { withCycle } from '#runtime/db/scope.ts';

export async function refreezeCycle(
  app: App,
  actor: Actor,
  { cycleId }: { readonly cycleId: string },
): Promise<Planned> {
  authorize(actor, 'cycle.open');
  const { tenantId } = actor;
  await publishDueOf(app, tenantId);
  const knownAt = await withCycle(app, (tx) => drawCutOff(tx, tenantId));
  return withCycle(app, async (tx) => {
    const { number: releaseNumber, release } = await currentRelease(tx, tenantId, app.keys.publicKey);
    const planned = await refreeze(tx, tenantId, cycleId, { knownAt, releaseNumber, release });
    await record(tx, actor, {
      action: 'cycle.refrozen',
      object: `cycle/${cycleId}`,
      details: { knownAt, release: releaseNumber, ...planned },
    });
    return planned;
  });
}
