/** The changes that are on their way, by whom they wait for, with what the checks say of each. */
import { checkDraft } from '#runtime/services/check-draft.ts';
import { listDrafts, type DraftListed, type DraftOrder } from '#runtime/services/list-drafts.ts';
import { listRulesets } from '#runtime/services/list-rulesets.ts';
import { mayDo } from '#runtime/access/permissions.ts';
import { isOver, statesOf, views } from '#lib/changes/states.ts';
import { choiceOf, orderOf, pageOf, textOf } from '#lib/lists/address.ts';
import { rulesetKinds } from '#lib/server/ruleset-kinds.ts';
import { entered } from '#lib/server/session.ts';
import type { PageServerLoad } from './$types';

type By = Pick<ReturnType<typeof entered>, 'app' | 'actor'>;

const pageSize = 25;
const orders: readonly DraftOrder[] = ['ruleset', 'state', 'startedBy', 'saved', 'approvedBy'];

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const { url } = event;
  const view = choiceOf(url, 'view', views) ?? 'open';
  const kind = choiceOf(url, 'kind', rulesetKinds);
  const order = orderOf(url, orders, { by: 'saved', descending: true });
  const search = textOf(url, 'q');
  const [{ rows, ...page }, rulesets, toReview] = await Promise.all([
    listDrafts(app, actor, {
      ...{ page: pageOf(url), pageSize, states: statesOf[view] },
      ...{ sort: order.by, descending: order.descending, locale: event.locals.locale },
      ...(search === undefined ? {} : { search }),
      ...(kind === undefined ? {} : { kind }),
      ...(view === 'mine' ? { own: true } : {}),
    }),
    listRulesets(app, actor, { pageSize: 500 }),
    listDrafts(app, actor, { states: ['inReview'], pageSize: 1 }),
  ]);
  const names = new Map(rulesets.rows.map(({ kind: of, id, name }) => [`${of}/${id}`, name]));
  return {
    view,
    kinds: rulesetKinds,
    rows: rows.map((row) => ({ ...row, name: names.get(`${row.kind}/${row.id}`) ?? { ja: row.id, en: row.id } })),
    page,
    order,
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
