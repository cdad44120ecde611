/**
 * How does a demo month come to be billed? Opened and run by the operator, closed by the billing manager: nobody closes what they ran.
 * A month that was cut off goes on where it stopped. Also called: closed month, history, 締め済みの月, 過去の請求.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Actor } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';
import type { CycleState } from '#runtime/cycles/moves.ts';
import { withScope } from '#runtime/db/scope.ts';
import { closeCycle } from '#runtime/services/close-cycle.ts';
import { openCycle } from '#runtime/services/open-cycle.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import { runCycle } from '#runtime/services/run-cycle.ts';
import { stopCycle } from '#runtime/services/stop-cycle.ts';
import type { DemoPeople } from './demo-people.ts';

export type MonthToBill = { readonly legalEntity: string; readonly billingCycle: string; readonly month: string };

/** Freezes the month at what is known now, unless it was opened before. */
export async function openMonth(app: App, { operator }: DemoPeople, month: MonthToBill): Promise<void> {
  if ((await cycleOf(app, operator, month)) === undefined) await openCycle(app, operator, month);
}

/** Computes a month that is open, unless that was done before. */
export async function computeMonth(app: App, { operator }: DemoPeople, month: MonthToBill): Promise<void> {
  const { id, state } = await opened(app, operator, month);
  if (state !== 'planned' && state !== 'rating') return;
  if ((await computed(app, operator, id)) === undefined) throw new Error(`the run of ${month.month} was stopped`);
}

/** Closes a month that is computed; its invoices carry the day. Says how many bills it came to, none where it was closed before. */
export async function closeMonth(
  app: App,
  { billingManager }: DemoPeople,
  month: MonthToBill,
  issuedOn: CivilDate,
): Promise<number> {
  const { id, state } = await opened(app, billingManager, month);
  if (state === 'closed' || state === 'issued') return 0;
  const { bills } = await closeCycle(app, billingManager, { cycleId: id, issuedOn });
  return bills;
}

async function opened(app: App, actor: Actor, month: MonthToBill): Promise<Found> {
  const cycle = await cycleOf(app, actor, month);
  if (cycle === undefined) throw new Error(`${month.month} was opened`);
  return cycle;
}

/** One thread: the next month comes in meanwhile. Killed while at work, it keeps the next start waiting for no longer than its lease. */
const alone = { workers: 1, leaseSeconds: 15 };

async function computed(app: App, operator: Actor, cycleId: string): Promise<unknown> {
  try {
    return await (
      await runCycle(app, operator, { cycleId, ...alone })
    ).finished;
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'cycle-other-build') throw error;
    // Begun by another build of Kanade: stopped and run again, it is computed anew.
    await stopCycle(app, operator, { cycleId });
    return (await runCycle(app, operator, { cycleId, ...alone })).finished;
  }
}

type Found = { readonly id: string; readonly state: CycleState };

async function cycleOf(
  app: App,
  { tenantId, personId }: Actor,
  { legalEntity, billingCycle, month }: MonthToBill,
): Promise<Found | undefined> {
  const rows = await withScope(app, { tenantId, personId }, (tx) =>
    tx.sql<Found>(
      'select id, state from cycle where tenant_id = $1 and legal_entity_id = $2 and billing_cycle = $3 and month = $4',
      [tenantId, legalEntity, billingCycle, month],
    ),
  );
  return rows[0];
}
