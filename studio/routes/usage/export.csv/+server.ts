/** The usage files that the address asks for, as a file. */
import { listUsageFiles } from '#runtime/services/list-usage-files.ts';
import { asRows, csvDownload, everyRow } from '#lib/server/csv.ts';
import { entered } from '#lib/server/session.ts';
import { usageFileQuery } from '#lib/server/usage-query.ts';
import { wordsOf } from '#lib/server/words-of.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const { locale } = event.locals;
  const t = wordsOf(locale);
  const rows = everyRow(
    (request) => listUsageFiles(app, actor, { ...usageFileQuery(event.url, locale), ...request }),
    ({ id }) => id,
  );
  const head = [
    'usage.file',
    'usage.format',
    'ruleset.version',
    'usage.givenOn',
    'usage.received',
    'usage.accepted',
    'usage.duplicate',
    'usage.rejected',
    'usage.voided',
    'usage.records',
    'usage.importedAt',
    'usage.importedBy',
  ] as const;
  return csvDownload(
    'usage-files',
    head.map((key) => t(key)),
    asRows(rows, (row) => [
      row.name,
      row.formatName[locale],
      row.formatVersion,
      row.givenOn,
      row.received,
      row.accepted,
      row.duplicate,
      row.rejected,
      row.voided,
      row.records,
      new Date(row.importedAt).toISOString(),
      row.importedBy,
    ]),
  );
};
