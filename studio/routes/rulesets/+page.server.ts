/** The published rulesets, one row each, and the way to begin a new one. */
import { fail, redirect } from '@sveltejs/kit';
import { mayDo } from '#runtime/access/permissions.ts';
import { listRulesets } from '#runtime/services/list-rulesets.ts';
import { publishedRulesets } from '#runtime/services/published-rulesets.ts';
import { startDraft } from '#runtime/services/start-draft.ts';
import { choiceOf, textOf } from '#lib/lists/address.ts';
import { inForceOn } from '#lib/rulesets/in-force.ts';
import { orRefused } from '#lib/server/refused.ts';
import { rulesetKinds } from '#lib/server/ruleset-kinds.ts';
import { rulesetQuery } from '#lib/server/ruleset-query.ts';
import { entered } from '#lib/server/session.ts';
import { todayOf } from '#lib/server/today.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const query = rulesetQuery(event.url);
  const { rows, ...page } = await listRulesets(app, actor, query);
  const today = todayOf(event.locals);
  const mayStart = mayDo(actor, 'ruleset.draft');
  const kind = choiceOf(event.url, 'new', rulesetKinds);
  return {
    mayStart,
    models: mayStart ? await modelsOf(event) : [],
    asked: kind && { kind, id: '', like: textOf(event.url, 'like') ?? '' },
    rows: rows.map((row) => ({ ...row, inForce: inForceOn(today, row) })),
    page,
    kinds: rulesetKinds,
    order: { by: query.sort, descending: query.descending },
  };
};

export const actions = {
  create: async (event) => {
    const { app, actor } = entered(event);
    const form = await event.request.formData();
    const text = (field: string): string => String(form.get(field) ?? '').trim();
    const kind = rulesetKinds.find((each) => each === text('kind')) ?? rulesetKinds[0]!;
    const asked = { kind, id: text('id'), like: text('like') };
    const isNew = asked.like === '' ? {} : { like: asked.like };
    const started = await orRefused(event.locals.locale, () => startDraft(app, actor, { kind, id: asked.id, isNew }));
    if (!('draftId' in started)) return fail(started.status, { ...started.data, asked });
    redirect(303, `/rulesets/${kind}/${encodeURIComponent(asked.id)}/draft?draft=${started.draftId}`);
  },
} satisfies Actions;

/** Every published ruleset once, by its latest name. */
async function modelsOf(event: Parameters<PageServerLoad>[0]) {
  const { app, actor } = entered(event);
  const { rulesets } = await publishedRulesets(app, actor);
  const latest = new Map(rulesets.map(({ kind, id, name }) => [`${kind}/${id}`, { kind, id, name }]));
  return [...latest.values()];
}
