/** The changes that are on their way, by whom they wait for, with what the checks say of each. */
import { checkDraft } from '#runtime/services/check-draft.ts';
import { listDrafts, type DraftListed } from '#runtime/services/list-drafts.ts';
import { mayDo } from '#runtime/access/permissions.ts';
import { isOver } from '#lib/changes/states.ts';
import { changeQuery, changeView } from '#lib/server/change-query.ts';
import { rulesetKinds } from '#lib/server/ruleset-kinds.ts';
import { entered } from '#lib/server/session.ts';
import type { PageServerLoad } from './$types';

type By = Pick<ReturnType<typeof entered>, 'app' | 'actor'>;

const pageSize = 25;

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const asked = changeQuery(event.url, event.locals.locale);
  const [{ rows, ...page }, toReview] = await Promise.all([
    listDrafts(app, actor, { ...asked, pageSize }),
    listDrafts(app, actor, { states: ['inReview'], pageSize: 1 }),
  ]);
  return {
    view: changeView(event.url),
    kinds: rulesetKinds,
    rows,
    page,
    order: { by: asked.sort, descending: asked.descending },
    toReview: toReview.total,
    mayStart: mayDo(actor, 'ruleset.draft'),
    // Checking reads everything that is published: the list does not wait for it.
    obstacles: obstaclesOf({ app, actor }, rows).catch(() => null),
  };
};

/** How many things stand in the way of each change, by draft. */
async function obstaclesOf({ app, actor }: By, rows: readonly DraftListed[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { draftId, state } of rows)
    if (!isOver(state)) counts[draftId] = (await checkDraft(app, actor, { draftId })).obstacles.length;
  return counts;
}
