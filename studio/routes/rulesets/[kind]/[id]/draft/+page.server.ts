/** A draft as its author writes it; without one, the way to begin. */
import { error, fail, redirect } from '@sveltejs/kit';
import { listDrafts } from '#runtime/services/list-drafts.ts';
import { showDraft } from '#runtime/services/show-draft.ts';
import { startDraft } from '#runtime/services/start-draft.ts';
import { submitDraft } from '#runtime/services/submit-draft.ts';
import { mayDo } from '#runtime/access/permissions.ts';
import { nameWritten } from '#lib/server/change-shown.ts';
import { orRefused } from '#lib/server/refused.ts';
import { rulesetKinds } from '#lib/server/ruleset-kinds.ts';
import { entered } from '#lib/server/session.ts';
import type { Actions, PageServerLoad } from './$types';

const beingWritten = new Set(['draft', 'sentBack']);

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const { params, url } = event;
  const kind = rulesetKinds.find((each) => each === params.kind) ?? error(404);
  const drafts = await listDrafts(app, actor, { kind, id: params.id });
  const mine = drafts.rows.find(({ isOwn, state }) => isOwn && beingWritten.has(state));
  const draftId = url.searchParams.get('draft') ?? mine?.draftId ?? drafts.rows[0]?.draftId;
  const page = {
    kind,
    id: params.id,
    mayStart: mayDo(actor, 'ruleset.draft'),
  };
  if (draftId === undefined) return { ...page, crumb: params.id, draft: null };
  const draft = await showDraft(app, actor, { draftId });
  if (draft.kind !== kind || draft.id !== params.id) error(404);
  const comment =
    draft.state === 'sentBack' ? draft.steps.find(({ action }) => action === 'draft.sentBack') : undefined;
  return {
    ...page,
    crumb: nameWritten(draft)?.[event.locals.locale] ?? params.id,
    draft,
    sentBackWith: comment === undefined ? null : { by: comment.by.name, text: comment.comment ?? '' },
  };
};

export const actions: Actions = {
  start: async (event) => {
    const { app, actor } = entered(event);
    const { params, url, locals } = event;
    const kind = rulesetKinds.find((each) => each === params.kind) ?? error(404);
    const started = await orRefused(locals.locale, () => startDraft(app, actor, { kind, id: params.id }));
    if (!('draftId' in started)) return started;
    redirect(303, `${url.pathname}?draft=${started.draftId}`);
  },
  submit: async (event) => {
    const { app, actor } = entered(event);
    const form = await event.request.formData();
    const draftId = String(form.get('draftId') ?? '');
    const revision = Number(form.get('revision'));
    const comment = String(form.get('comment') ?? '').trim();
    const judged = await orRefused(event.locals.locale, () =>
      submitDraft(app, actor, { draftId, revision, ...(comment === '' ? {} : { comment }) }),
    );
    if ('obstacles' in judged) return fail(409, { obstacles: judged.obstacles.map(({ reason }) => reason) });
    if (!('state' in judged)) return judged;
    redirect(303, `/changes/${draftId}`);
  },
};
