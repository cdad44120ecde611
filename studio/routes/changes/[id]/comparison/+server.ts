/** What a change does in words and amounts, for the page that waits for it and is told how far it is; nobody waiting, it is given up. */
import { compareDraft } from '#runtime/services/compare-draft.ts';
import { showDraft } from '#runtime/services/show-draft.ts';
import { comparisonShown } from '#lib/server/comparison-shown.ts';
import { longWork } from '#lib/server/long-work.ts';
import { entered } from '#lib/server/session.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const draftId = event.params.id;
  const { kind, id, currentVersion } = await showDraft(app, actor, { draftId });
  return longWork(event, async (told, stop) => {
    const compared = await compareDraft(app, actor, { draftId, signal: stop, told });
    return comparisonShown(compared, { ruleset: `${kind}/${id}`, currentVersion }, event.locals.locale);
  });
};
