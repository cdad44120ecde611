/** One cycle: how it stands, what it froze, what it came to against the month before; and its next step. */
import { closeCycle } from '#runtime/services/close-cycle.ts';
import { cycleDifferences } from '#runtime/services/cycle-differences.ts';
import { cycleStatus } from '#runtime/services/cycle-status.ts';
import { listCycles } from '#runtime/services/list-cycles.ts';
import { refreezeCycle } from '#runtime/services/refreeze-cycle.ts';
import { runCycle } from '#runtime/services/run-cycle.ts';
import { stopCycle } from '#runtime/services/stop-cycle.ts';
import type { CycleState } from '#runtime/cycles/moves.ts';
import { mayDo } from '#runtime/access/permissions.ts';
import { monthsLater } from '#engine/calendar/billing-cycle.ts';
import { quarantineReason } from '#lib/server/quarantine-reason.ts';
import { orRefused } from '#lib/server/refused.ts';
import { entered } from '#lib/server/session.ts';
import { wordsOf } from '#lib/server/words-of.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const { locale } = event.locals;
  const { quarantine, ...cycle } = await cycleStatus(app, actor, { cycleId: event.params.id });
  const [{ rows }, differences] = await Promise.all([
    listCycles(app, actor, { pageSize: 500 }),
    isComparable(cycle.state) ? cycleDifferences(app, actor, { cycleId: event.params.id, limit: 10 }) : null,
  ]);
  const month = monthsLater(cycle.month, -1);
  const before = rows.find(
    (row) => row.legalEntity === cycle.legalEntity && row.billingCycle === cycle.billingCycle && row.month === month,
  );
  return {
    crumb: `${cycle.billingCycleName[locale]} ${cycle.month}`,
    cycle,
    quarantine: quarantine.map(({ groupId, customer, code, details }) => ({
      groupId,
      customer,
      reason: quarantineReason(code, details, locale),
    })),
    before: before?.total == null ? null : { id: before.id, month, total: before.total, bills: before.bills ?? 0 },
    differences,
    mayCloseOthers: mayDo(actor, 'cycle.close'),
    mayReadBills: mayDo(actor, 'bill.read'),
  };
};

/** Only what has been rated through can be compared. */
const isComparable = (state: CycleState): boolean => ['trial', 'reviewed', 'closed', 'issued'].includes(state);

export const actions = {
  run: (event) => step(event, 'cycle.done.run', ({ app, actor }, cycleId) => runCycle(app, actor, { cycleId })),
  refreeze: (event) =>
    step(event, 'cycle.done.refreeze', ({ app, actor }, cycleId) => refreezeCycle(app, actor, { cycleId })),
  stop: (event) => step(event, 'cycle.done.stop', ({ app, actor }, cycleId) => stopCycle(app, actor, { cycleId })),
  close: (event) => step(event, 'cycle.done.close', ({ app, actor }, cycleId) => closeCycle(app, actor, { cycleId })),
} satisfies Actions;

type ActionEvent = Parameters<NonNullable<Actions[string]>>[0];

function step(
  event: ActionEvent,
  done: 'cycle.done.run' | 'cycle.done.refreeze' | 'cycle.done.stop' | 'cycle.done.close',
  work: (by: ReturnType<typeof entered>, cycleId: string) => Promise<unknown>,
) {
  return orRefused(event.locals.locale, async () => {
    await work(entered(event), event.params.id);
    return { done: wordsOf(event.locals.locale)(done) };
  });
}
