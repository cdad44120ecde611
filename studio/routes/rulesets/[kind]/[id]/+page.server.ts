/** One ruleset at one version: in words, as stored, and the versions before and after. */
import { error, redirect } from '@sveltejs/kit';
import { listCases } from '#runtime/services/list-cases.ts';
import { listDrafts } from '#runtime/services/list-drafts.ts';
import { rollBackRuleset } from '#runtime/services/roll-back-ruleset.ts';
import { showRuleset } from '#runtime/services/show-ruleset.ts';
import { startDraft } from '#runtime/services/start-draft.ts';
import { mayDo } from '#runtime/access/permissions.ts';
import { choiceOf } from '#lib/lists/address.ts';
import { inForceOn } from '#lib/rulesets/in-force.ts';
import { orRefused } from '#lib/server/refused.ts';
import { rulesetKinds } from '#lib/server/ruleset-kinds.ts';
import { rulesetSummary } from '#lib/rulesets/summary.ts';
import { entered } from '#lib/server/session.ts';
import { todayOf } from '#lib/server/today.ts';
import type { RulesetKind } from '#schemas/generated/types.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const { params, url, locals } = event;
  const { kind } = named(params);
  const version = Number(url.searchParams.get('version') ?? '');
  const { document, shown, versions } = await showRuleset(app, actor, {
    kind,
    id: params.id,
    ...(version > 0 ? { version } : {}),
  });
  const today = todayOf(locals);
  const changes = await changesOf(event, kind);
  const cases = await listCases(app, actor, { kind, id: params.id, version: shown.version });
  const { name, reason, existing, body: _, ...rest } = document;
  return {
    crumb: name[locals.locale],
    head: { ...rest, name, reason, existing },
    shown: { ...shown, inForce: inForceOn(today, shown) },
    versions: versions.map((each) => ({
      ...each,
      inForce: inForceOn(today, each),
      approvedBy: changes.approvers.get(each.version) ?? null,
    })),
    openChanges: changes.open,
    cases: cases.flatMap(({ id, document: its }) => (its === null ? [] : [{ id, it: its.it[locals.locale] }])),
    mayStart: mayDo(actor, 'ruleset.draft'),
    view: choiceOf(url, 'view', ['json']) ?? ('words' as const),
    summary: rulesetSummary(document, locals.locale),
    json: JSON.stringify(document, null, 2),
  };
};

export const actions = {
  start: async (event) => {
    const { app, actor } = entered(event);
    const { kind, id } = named(event.params);
    const started = await orRefused(event.locals.locale, () => startDraft(app, actor, { kind, id }));
    if (!('draftId' in started)) return started;
    redirect(303, `/rulesets/${kind}/${id}/draft?draft=${started.draftId}`);
  },
  rollBack: async (event) => {
    const { app, actor } = entered(event);
    const { kind, id } = named(event.params);
    const form = await event.request.formData();
    const version = Number(form.get('version'));
    const reason = String(form.get('reason') ?? '');
    const started = await orRefused(event.locals.locale, () =>
      rollBackRuleset(app, actor, { kind, id, version, reason }),
    );
    if (!('draftId' in started)) return started;
    redirect(303, `/changes/${started.draftId}`);
  },
} satisfies Actions;

function named({ kind, id }: { readonly kind: string; readonly id: string }): { kind: RulesetKind; id: string } {
  return { kind: rulesetKinds.find((each) => each === kind) ?? error(404), id };
}

/** The changes under way, and who approved each version; for those who may read changes. */
async function changesOf(event: Parameters<PageServerLoad>[0], kind: RulesetKind) {
  const { app, actor } = entered(event);
  if (!mayDo(actor, 'ruleset.readDrafts')) return { open: [], approvers: new Map<number, string>() };
  const { id } = event.params;
  const [open, published] = await Promise.all([
    listDrafts(app, actor, { kind, id, pageSize: 20 }),
    listDrafts(app, actor, { kind, id, states: ['published'], pageSize: 500 }),
  ]);
  const approved = published.rows.flatMap(({ publishedVersion, approvedBy }) =>
    publishedVersion === null || approvedBy === null ? [] : [[publishedVersion, approvedBy] as const],
  );
  return {
    open: open.rows.map(({ draftId, state, startedBy, savedAt }) => ({ draftId, state, startedBy, savedAt })),
    approvers: new Map(approved),
  };
}
