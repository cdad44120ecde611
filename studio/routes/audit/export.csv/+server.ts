/** The audit log that the address asks for, as a file. */
import { auditLog } from '#runtime/services/audit-log.ts';
import { auditQuery } from '#lib/server/audit-query.ts';
import { auditSentence } from '#lib/server/audit-sentences.ts';
import { asRows, csvDownload, everyRow } from '#lib/server/csv.ts';
import { entered } from '#lib/server/session.ts';
import { wordsOf } from '#lib/server/words-of.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const { locale } = event.locals;
  const t = wordsOf(locale);
  const rows = everyRow(
    (request) => auditLog(app, actor, { ...auditQuery(event.url), ...request }),
    ({ number }) => number,
  );
  const head = ['number', 'at', 'person', 'sentence', 'object', 'details'] as const;
  return csvDownload(
    'audit',
    head.map((key) => t(`audit.${key}`)),
    asRows(rows, (row) => {
      const { at, text } = auditSentence(row, locale);
      return [row.number, at, row.person, text, row.object, JSON.stringify(row.details)];
    }),
  );
};
