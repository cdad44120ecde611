/** The refused usage lines that the address asks for, as a file: each with its reason and what became of it. */
import { listRejects } from '#runtime/services/list-rejects.ts';
import { asRows, csvDownload, everyRow } from '#lib/server/csv.ts';
import { entered } from '#lib/server/session.ts';
import { rejectQuery } from '#lib/server/usage-query.ts';
import { wordsOf } from '#lib/server/words-of.ts';
import { words } from '#schemas/messages/render.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const { locale } = event.locals;
  const t = wordsOf(locale);
  const rows = everyRow(
    (request) => listRejects(app, actor, { ...rejectQuery(event.url), ...request }),
    ({ id }) => id,
  );
  const head = [
    'usage.file',
    'usage.lineNumber',
    'usage.reason',
    'usage.lineText',
    'usage.stateLabel',
    'usage.correctedText',
    'usage.setAsideReason',
    'usage.settledAt',
    'usage.importedBy',
  ] as const;
  return csvDownload(
    'refused-lines',
    head.map((key) => t(key)),
    asRows(rows, (row) => [
      row.fileName,
      row.lineNumber,
      words(locale).render(`reject.${row.code}`, row.values),
      row.text,
      t(`usage.state.${row.state}`),
      row.correctedText,
      row.voidReason,
      row.correctedAt === null ? null : new Date(row.correctedAt).toISOString(),
      row.correctedBy,
    ]),
  );
};
