/** The cycles that the address asks for, as a file. */
import { listCycles } from '#runtime/services/list-cycles.ts';
import { asRows, csvDownload, everyRow } from '#lib/server/csv.ts';
import { cycleQuery } from '#lib/server/cycle-query.ts';
import { entered } from '#lib/server/session.ts';
import { wordsOf } from '#lib/server/words-of.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const { locale } = event.locals;
  const t = wordsOf(locale);
  const rows = everyRow(
    (request) => listCycles(app, actor, { ...cycleQuery(event.url, locale), ...request }),
    ({ id }) => id,
  );
  const head = [
    'cycle.month',
    'cycle.billingCycle',
    'cycle.legalEntity',
    'ruleset.from',
    'ruleset.to',
    'cycle.stateLabel',
    'cycle.bills',
    'cycle.quarantined',
    'bill.currency',
    'cycle.total',
    'cycle.openedBy',
  ] as const;
  return csvDownload(
    'cycles',
    head.map((key) => t(key)),
    asRows(rows, (row) => [
      row.month,
      row.billingCycleName[locale],
      row.legalEntityName[locale],
      row.periodStart,
      row.periodEnd,
      t(`cycle.state.${row.state}`),
      row.bills,
      row.quarantined,
      row.currency,
      row.total,
      row.openedBy.name,
    ]),
  );
};
