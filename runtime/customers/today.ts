/**
 * Which day is it where the operator is?
 * Also called: business date, 業務日付, 営業日.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { App } from '#runtime/app.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';

/** Today in the zone of the tenant of the scope. */
export async function todayOf({ clock }: Pick<App, 'clock'>, tx: SqlRunner): Promise<CivilDate> {
  const [tenant] = await tx.sql<{ zone: string }>(
    `select zone from tenant where id = current_setting('app.tenant')::int`,
  );
  return clock.today(tenant!.zone);
}
