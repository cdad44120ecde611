/** A draft that somebody overtook: what was published, what both changed, and the way onto the newer version. */
import { redirect } from '@sveltejs/kit';
import type { Side } from '#runtime/changes/carry-over.ts';
import { carryOverDraft, showCarryOver } from '#runtime/services/carry-over-draft.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import { showDraft } from '#runtime/services/show-draft.ts';
import { nameWritten } from '#lib/server/change-shown.ts';
import { orRefused } from '#lib/server/refused.ts';
import { entered } from '#lib/server/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const draftId = event.params.id;
  const draft = await showDraft(app, actor, { draftId });
  const name = nameWritten(draft) ?? { ja: draft.id, en: draft.id };
  const carry = await showCarryOver(app, actor, { draftId }).catch((problem: unknown) => {
    // Carried over already, as from another window: the change itself says how it stands.
    if (problem instanceof Refusal && problem.code === 'draft-not-outdated') redirect(303, `/changes/${draftId}`);
    throw problem;
  });
  return { crumb: name[event.locals.locale], name, carry, takesBack: draft.may.takesBack };
};

const sides: readonly Side[] = ['draft', 'published'];

export const actions: Actions = {
  carry: async (event) => {
    const { app, actor } = entered(event);
    const { locale } = event.locals;
    const draftId = event.params.id;
    const form = await event.request.formData();
    const choices = Object.fromEntries(
      [...form].flatMap(([field, value]): [string, Side][] => {
        const side = sides.find((each) => each === value);
        return field.startsWith('at ') && side !== undefined ? [[field.slice('at '.length), side]] : [];
      }),
    );
    const revision = Number(form.get('revision'));
    const saved = await orRefused(locale, () => carryOverDraft(app, actor, { draftId, revision, choices }));
    if (!('revision' in saved)) return saved;
    const { kind, id } = await showDraft(app, actor, { draftId });
    redirect(303, `/rulesets/${kind}/${encodeURIComponent(id)}/draft?draft=${draftId}`);
  },
};
