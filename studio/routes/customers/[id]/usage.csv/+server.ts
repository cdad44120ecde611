/** All that a customer used, record by record, as a file. */
import { listUsageRecords } from '#runtime/services/list-usage-records.ts';
import { asRows, csvDownload, everyRow } from '#lib/server/csv.ts';
import { entered } from '#lib/server/session.ts';
import { wordsOf } from '#lib/server/words-of.ts';
import { words } from '#schemas/messages/render.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const { params, locals } = event;
  const t = wordsOf(locals.locale);
  const say = words(locals.locale);
  const meterText = (meter: string): string =>
    say.has(`screen.meter.${meter}`) ? say.render(`screen.meter.${meter}`) : meter;
  const rows = everyRow(
    (request) => listUsageRecords(app, actor, { customerId: params.id, ...request }),
    ({ id }) => id,
  );
  const head = [
    'usage.startedAt',
    'usage.identifier',
    'usage.product',
    'usage.meter',
    'usage.quantity',
    'usage.attributes',
    'usage.file',
    'usage.lineNumber',
  ] as const;
  return csvDownload(
    `usage-${params.id}`,
    head.map((key) => t(key)),
    asRows(rows, (row) => [
      row.startedAt,
      row.identifier,
      row.product,
      meterText(row.meter),
      row.quantity,
      Object.entries(row.attributes)
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
      row.fileName,
      row.lineNumber,
    ]),
  );
};
