/** What was done, by whom, the latest first; and whether the record of it holds. */
import { civilDayOf } from '#runtime/clock/clock.ts';
import { auditLog, verifyAuditLog } from '#runtime/services/audit-log.ts';
import { listPeople } from '#runtime/services/people.ts';
import { auditQuery } from '#lib/server/audit-query.ts';
import { auditActions, auditSentence } from '#lib/server/audit-sentences.ts';
import { entered } from '#lib/server/session.ts';
import { zoneBeforeSetUp } from '#lib/server/today.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const { locale, tenant } = event.locals;
  const zone = tenant?.zone ?? zoneBeforeSetUp;
  const [log, people] = await Promise.all([auditLog(app, actor, auditQuery(event.url)), listPeople(app, actor)]);
  const { rows, ...page } = log;
  const byDay = Map.groupBy(rows, ({ at }) => civilDayOf(new Date(at), zone));
  return {
    days: [...byDay].map(([day, entries]) => ({ day, entries: entries.map((entry) => auditSentence(entry, locale)) })),
    page,
    people: people.map(({ id, name }) => ({ id, name })),
    actions: auditActions,
    // Reading the whole chain may take a while on a long log, so that the page does not wait for it.
    chain: verifyAuditLog(app, actor),
  };
};
