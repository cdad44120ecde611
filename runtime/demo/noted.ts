/**
 * How far has the seeding of an operator come? It leaves a note of it in the audit trail: the day on which it began, the day
 * through which facts are written, its end. Also called: progress, resumption, 再開, 進み具合.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Actor } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { withScope, type RecordingTx } from '#runtime/db/scope.ts';

export type Step = 'demo.begun' | 'demo.registered' | 'demo.seeded';

/** The day of the last note of the step; undefined while there is none. */
export async function noted(app: App, { tenantId, personId }: Actor, step: Step): Promise<CivilDate | undefined> {
  const rows = await withScope(app, { tenantId, personId }, (tx) =>
    tx.sql<{ day: CivilDate }>(
      `select details ->> 'day' as day from audit_entry where tenant_id = $1 and action = $2 order by number desc limit 1`,
      [tenantId, step],
    ),
  );
  return rows[0]?.day;
}

/** Notes the step in the transaction of the work itself. */
export function note(tx: RecordingTx, operator: Actor, step: Step, day: CivilDate): Promise<void> {
  return record(tx, operator, { action: step, object: `tenant/${String(operator.tenantId)}`, details: { day } });
}
