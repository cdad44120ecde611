/**
 * Stop computing a cycle, on every machine; what is done stays done, and running it goes on from there.
 * Also called: cancel bill run, pause, 実行の中止, 一時停止.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { readCycle } from '#runtime/cycles/frozen-cycle.ts';
import { withCycle } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';

export async function stopCycle(app: App, actor: Actor, { cycleId }: { readonly cycleId: string }): Promise<void> {
  authorize(actor, 'cycle.run');
  await withCycle(app, async (tx) => {
    const { state } = await readCycle(tx, actor.tenantId, cycleId, 'for update');
    if (state !== 'rating') throw new Refusal('cycle-not-running', { state });
    // Workers look at the state before they claim a chunk.
    await tx.sql(`update cycle set state = 'planned' where tenant_id = $1 and id = $2`, [actor.tenantId, cycleId]);
    await record(tx, actor, { action: 'cycle.stopped', object: `cycle/${cycleId}` });
  });
}
