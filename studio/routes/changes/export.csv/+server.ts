/** The changes that the address asks for, as a file. */
import { listDrafts } from '#runtime/services/list-drafts.ts';
import { words } from '#schemas/messages/render.ts';
import { changeQuery } from '#lib/server/change-query.ts';
import { asRows, csvDownload, everyRow } from '#lib/server/csv.ts';
import { entered } from '#lib/server/session.ts';
import { wordsOf } from '#lib/server/words-of.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const { locale } = event.locals;
  const t = wordsOf(locale);
  const say = words(locale);
  const rows = everyRow(
    (request) => listDrafts(app, actor, { ...changeQuery(event.url, locale), ...request }),
    ({ draftId }) => draftId,
  );
  const head = [
    t('ruleset.kind'),
    t('ruleset.id'),
    t('ruleset.name'),
    t('ruleset.version'),
    say.render('change.list.state'),
    say.render('change.field.on'),
    say.render('change.list.startedBy'),
    say.render('change.list.saved'),
    say.render('change.list.savedBy'),
    say.render('change.list.approvedBy'),
  ];
  return csvDownload(
    'changes',
    head,
    asRows(rows, (row) => [
      t(`option.RulesetKind.${row.kind}`),
      row.id,
      row.name?.[locale] ?? '',
      row.publishedVersion ?? (row.baseVersion ?? 0) + 1,
      say.render(`draft.state.${row.state}`),
      row.publishOn,
      row.startedBy,
      new Date(row.savedAt).toISOString(),
      row.savedBy,
      row.approvedBy,
    ]),
  );
};
