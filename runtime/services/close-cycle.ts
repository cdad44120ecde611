/**
 * Close a cycle for good, as somebody who neither opened nor ran it.
 * Also called: final close, 本締め, 請求確定.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { closeCycle as close, type ClosedCycle } from '#runtime/cycles/close.ts';
import { withCycle } from '#runtime/db/scope.ts';

export async function closeCycle(
  app: App,
  actor: Actor,
  { cycleId }: { readonly cycleId: string },
): Promise<ClosedCycle> {
  authorize(actor, 'cycle.close');
  const { tenantId, personId } = actor;
  return withCycle(app, async (tx) => {
    const [tenant] = await tx.sql<{ zone: string }>('select zone from tenant where id = $1', [tenantId]);
    const closed = await close(tx, tenantId, cycleId, personId, app.clock.today(tenant!.zone));
    await record(tx, actor, { action: 'cycle.closed', object: `cycle/${cycleId}`, details: { ...closed } });
    return closed;
  });
}
