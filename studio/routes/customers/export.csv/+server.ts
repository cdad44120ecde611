/** The customers that the address asks for, as a file. */
import { listCustomers } from '#runtime/services/list-customers.ts';
import { asRows, csvDownload, everyRow } from '#lib/server/csv.ts';
import { customerQuery } from '#lib/server/customer-query.ts';
import { entered } from '#lib/server/session.ts';
import { wordsOf } from '#lib/server/words-of.ts';
import { words } from '#schemas/messages/render.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const { locale } = event.locals;
  const t = wordsOf(locale);
  const rows = everyRow(
    (request) => listCustomers(app, actor, { ...customerQuery(event.url), ...request }),
    ({ id }) => id,
  );
  const head = [
    'customers.number',
    'customers.name',
    'customers.kana',
    'customers.type',
    'customers.segment',
    'customers.state',
    'customers.since',
    'customers.offering',
    'customers.identifiers',
    'customers.lastMonth',
    'customers.lastBill',
    'customers.currency',
  ] as const;
  return csvDownload(
    'customers',
    head.map((key) => t(key)),
    asRows(rows, (row) => [
      row.id,
      row.name,
      row.kana,
      t(`customer.type.${row.type}`),
      row.segment,
      words(locale).render(`customer.state.${row.state}`),
      row.since,
      row.offerings.join(' '),
      row.identifiers.join(' '),
      row.lastBill?.month ?? null,
      row.lastBill?.total ?? null,
      row.lastBill?.currency ?? null,
    ]),
  );
};
