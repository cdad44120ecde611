/** The bills that the address asks for, as a file. */
import { listBills } from '#runtime/services/list-bills.ts';
import { billQuery } from '#lib/server/bill-query.ts';
import { asRows, csvDownload, everyRow } from '#lib/server/csv.ts';
import { entered } from '#lib/server/session.ts';
import { wordsOf } from '#lib/server/words-of.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const t = wordsOf(event.locals.locale);
  const rows = everyRow(
    (request) => listBills(app, actor, { ...billQuery(event.url), ...request }),
    ({ id }) => id,
  );
  const head = [
    'bill.number',
    'bill.account',
    'bill.customer',
    'bill.customerName',
    'cycle.month',
    'ruleset.from',
    'ruleset.to',
    'bill.dueOn',
    'bill.currency',
    'bill.netPlain',
    'bill.taxPlain',
    'bill.total',
    'bill.id',
  ] as const;
  return csvDownload(
    'bills',
    head.map((key) => t(key)),
    asRows(rows, (row) => [
      row.number,
      row.account,
      row.customer,
      row.customerName,
      row.month,
      row.periodStart,
      row.periodEnd,
      row.dueOn,
      row.currency,
      row.net,
      row.tax,
      row.total,
      row.id,
    ]),
  );
};
