/** The audit log that the address asks for, as a file. */
import { auditLog } from '#runtime/services/audit-log.ts';
import { auditQuery } from '#lib/server/audit-query.ts';
import { auditSentence } from '#lib/server/audit-sentences.ts';
import { csvDownload, everyRow } from '#lib/server/csv.ts';
import { entered } from '#lib/server/session.ts';
import { wordsOf } from '#lib/server/words-of.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const { locale } = event.locals;
  const t = wordsOf(locale);
  const rows = await everyRow((request) => auditLog(app, actor, { ...auditQuery(event.url), ...request }));
  return csvDownload('audit', [
    [t('audit.number'), t('audit.at'), t('audit.person'), t('audit.sentence'), t('audit.object'), t('audit.details')],
    ...rows.map((row) => {
      const { at, text } = auditSentence(row, locale);
      return [row.number, at, row.person, text, row.object, JSON.stringify(row.details)];
    }),
  ]);
};
