/** The rulesets that the address asks for, as a file. */
import { listRulesets } from '#runtime/services/list-rulesets.ts';
import { asRows, csvDownload, everyRow } from '#lib/server/csv.ts';
import { rulesetQuery } from '#lib/server/ruleset-query.ts';
import { entered } from '#lib/server/session.ts';
import { wordsOf } from '#lib/server/words-of.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const t = wordsOf(event.locals.locale);
  const rows = everyRow(
    (request) => listRulesets(app, actor, { ...rulesetQuery(event.url), ...request }),
    ({ kind, id, version }) => `${kind}/${id}/${version}`,
  );
  const head = [
    t('ruleset.kind'),
    t('ruleset.id'),
    t('ruleset.name'),
    t('ruleset.version'),
    t('ruleset.from'),
    t('ruleset.to'),
    t('ruleset.publishedAt'),
    t('ruleset.publishedBy'),
  ];
  return csvDownload(
    'rulesets',
    head,
    asRows(rows, (row) => [
      t(`option.RulesetKind.${row.kind}`),
      row.id,
      row.name[event.locals.locale],
      row.version,
      row.effectiveFrom,
      row.effectiveTo,
      new Date(row.publishedAt).toISOString(),
      row.publishedBy,
    ]),
  );
};
