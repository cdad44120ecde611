/** One change as it is judged: what it says, what stands in the way, what happened to it, and its next step. */
import { fail } from '@sveltejs/kit';
import { approveDraft } from '#runtime/services/approve-draft.ts';
import { confirmPerson } from '#runtime/services/confirm-person.ts';
import { checkDraft } from '#runtime/services/check-draft.ts';
import { publishDraft } from '#runtime/services/publish-draft.ts';
import { sendBackDraft } from '#runtime/services/send-back-draft.ts';
import { showDraft } from '#runtime/services/show-draft.ts';
import { submitDraft } from '#runtime/services/submit-draft.ts';
import { withdrawDraft } from '#runtime/services/withdraw-draft.ts';
import { words, type MessageValues } from '#schemas/messages/render.ts';
import { changeShown, nameWritten, readableParts } from '#lib/server/change-shown.ts';
import { checksShown, obstacleFinding } from '#lib/server/checks-shown.ts';
import { orRefused } from '#lib/server/refused.ts';
import { entered } from '#lib/server/session.ts';
import { todayOf } from '#lib/server/today.ts';
import type { DraftChecked } from '#runtime/services/check-draft.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const { locale } = event.locals;
  const draftId = event.params.id;
  const draft = await showDraft(app, actor, { draftId });
  const name = nameWritten(draft) ?? { ja: draft.id, en: draft.id };
  return {
    crumb: name[locale],
    name,
    change: changeShown(draft, actor),
    today: todayOf(event.locals),
    checks: checkDraft(app, actor, { draftId })
      .then((checked) => checksShown(checked, readableParts(draft.text), locale))
      .catch(() => null),
  };
};

type ActionEvent = Parameters<NonNullable<Actions[string]>>[0];
type Outcome = { readonly obstacles: DraftChecked['obstacles'] } | { readonly state: string };

export const actions = {
  submit: (event) =>
    step(event, 'submitted', ({ app, actor }, draftId, form) =>
      submitDraft(app, actor, { draftId, revision: Number(form.get('revision')), ...commentIn(form) }),
    ),
  approve: (event) =>
    step(event, 'approved', async ({ app, actor }, draftId, form) => {
      const confirmed = await confirmPerson(app, actor, {
        permission: 'ruleset.approve',
        headers: event.request.headers,
        password: String(form.get('password') ?? ''),
      });
      return approveDraft(app, confirmed, { draftId, hash: String(form.get('hash') ?? ''), ...commentIn(form) });
    }),
  sendBack: (event) =>
    step(event, 'sentBack', ({ app, actor }, draftId, form) =>
      sendBackDraft(app, actor, { draftId, comment: String(form.get('comment') ?? '') }),
    ),
  publish: (event) => step(event, 'published', ({ app, actor }, draftId) => publishDraft(app, actor, { draftId })),
  schedule: (event) =>
    step(event, 'scheduled', ({ app, actor }, draftId, form) =>
      publishDraft(app, actor, { draftId, on: String(form.get('on') ?? '') }),
    ),
  withdraw: (event) =>
    step(event, 'withdrawn', ({ app, actor }, draftId, form) =>
      withdrawDraft(app, actor, { draftId, ...commentIn(form) }),
    ),
} satisfies Actions;

/** Takes a step, and answers with what was done, with the refusal, or with all that stands in the way. */
function step(
  event: ActionEvent,
  done: string,
  work: (by: ReturnType<typeof entered>, draftId: string, form: FormData) => Promise<Outcome>,
) {
  const { locale } = event.locals;
  return orRefused(locale, async () => {
    const outcome = await work(entered(event), event.params.id ?? '', await event.request.formData());
    if ('obstacles' in outcome)
      return fail(409, { obstacles: outcome.obstacles.map((each) => obstacleFinding(each, locale)) });
    return { done: words(locale).render(`change.done.${done}`, outcome as unknown as MessageValues) };
  });
}

function commentIn(form: FormData): { comment?: string } {
  const comment = String(form.get('comment') ?? '').trim();
  return comment === '' ? {} : { comment };
}
