/**
 * Close a cycle for good, as somebody who neither opened nor ran it.
 * Also called: final close, 本締め, 請求確定.
 */
import { isCivilDate } from '#engine/calendar/civil-date.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { closeCycle as close, type ClosedCycle } from '#runtime/cycles/close.ts';
import { withCycle } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';

export type CycleToClose = {
  readonly cycleId: string;
  /** The day that its invoices carry; today when none is given. */
  readonly issuedOn?: string;
};

export async function closeCycle(app: App, actor: Actor, { cycleId, issuedOn }: CycleToClose): Promise<ClosedCycle> {
  authorize(actor, 'cycle.close');
  if (issuedOn !== undefined && !isCivilDate(issuedOn)) throw new Refusal('not-a-day', { value: issuedOn }, 422);
  const { tenantId, personId } = actor;
  return withCycle(app, async (tx) => {
    const [tenant] = await tx.sql<{ zone: string }>('select zone from tenant where id = $1', [tenantId]);
    const dated = issuedOn ?? app.clock.today(tenant!.zone);
    const closed = await close(tx, tenantId, cycleId, personId, dated);
    const details = { ...closed, issuedOn: dated };
    await record(tx, actor, { action: 'cycle.closed', object: `cycle/${cycleId}`, details });
    return closed;
  });
}
