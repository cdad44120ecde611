/** One ruleset at one version: in words, as stored, and the versions before and after. */
import { error, redirect } from '@sveltejs/kit';
import { diffVersions } from '#runtime/services/diff-versions.ts';
import { namingOf } from '#engine/diff/meaning/release-meaning.ts';
import { readRuleset } from '#engine/explain/reading/read-ruleset.ts';
import { saidExisting } from '#engine/explain/said-existing.ts';
import { importCoupons } from '#runtime/services/coupons.ts';
import { grantsOfCampaign } from '#runtime/services/grants-of-campaign.ts';
import { listCases } from '#runtime/services/list-cases.ts';
import { listDrafts } from '#runtime/services/list-drafts.ts';
import { publishedRulesets } from '#runtime/services/published-rulesets.ts';
import { rollBackRuleset } from '#runtime/services/roll-back-ruleset.ts';
import { showRuleset } from '#runtime/services/show-ruleset.ts';
import { startDraft } from '#runtime/services/start-draft.ts';
import { mayDo } from '#runtime/access/permissions.ts';
import { choiceOf } from '#lib/lists/address.ts';
import { inForceOn } from '#lib/rulesets/in-force.ts';
import { movedCasesShown } from '#lib/server/comparison-shown.ts';
import { sectionsShown } from '#lib/server/sections-shown.ts';
import { findingsShown } from '#lib/server/findings-shown.ts';
import { orRefused } from '#lib/server/refused.ts';
import { rulesetKinds } from '#lib/server/ruleset-kinds.ts';
import { rulesetSummary } from '#lib/rulesets/summary.ts';
import { entered } from '#lib/server/session.ts';
import { todayOf } from '#lib/server/today.ts';
import type { ExistingCustomers, Ruleset, RulesetKind } from '#schemas/generated/types.ts';
import { words } from '#schemas/messages/render.ts';
import { wordsOf } from '#lib/server/words-of.ts';
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
  const view = choiceOf(url, 'view', ['json', 'compared', 'read']) ?? ('words' as const);
  const others = versions.map((each) => each.version).filter((each) => each !== shown.version);
  const compared = view === 'compared' ? await comparedWith(event, kind, shown.version, others) : null;
  const reading = view === 'read' ? await readOut(event, document) : [];
  const { name, reason, existing, body: _, ...rest } = document;
  return {
    crumb: name[locals.locale],
    head: { ...rest, name, reason, existing: existing && (await existingShown(event, existing)) },
    shown: { ...shown, inForce: inForceOn(today, shown) },
    versions: versions.map((each) => ({
      ...each,
      inForce: inForceOn(today, each),
      approvedBy: changes.approvers.get(each.version) ?? null,
    })),
    openChanges: changes.open,
    cases: cases.flatMap(({ id, document: its }) => (its === null ? [] : [{ id, it: its.it[locals.locale] }])),
    grants: kind === 'campaign' ? await grantsOfCampaign(app, actor, { campaign: params.id }) : null,
    mayStart: mayDo(actor, 'ruleset.draft'),
    mayMakeCoupons: mayDo(actor, 'coupon.write'),
    view,
    others,
    compared,
    reading,
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
  importCoupons: (event) =>
    orRefused(event.locals.locale, async () => {
      const { app, actor } = entered(event);
      const form = await event.request.formData();
      const [text, note] = [String(form.get('codes') ?? ''), String(form.get('note') ?? '')];
      const imported = await importCoupons(app, actor, { campaign: event.params.id, text, note });
      return { done: wordsOf(event.locals.locale)('grants.imported', imported) };
    }),
} satisfies Actions;

function named({ kind, id }: { readonly kind: string; readonly id: string }): { kind: RulesetKind; id: string } {
  return { kind: rulesetKinds.find((each) => each === kind) ?? error(404), id };
}

/** The version as sentences, others called by their names. */
async function readOut(event: Parameters<PageServerLoad>[0], document: Ruleset) {
  const { app, actor } = entered(event);
  const { rulesets } = await publishedRulesets(app, actor);
  return sectionsShown(readRuleset(document, namingOf(rulesets)), event.locals.locale);
}

/** What becomes of customers who have it already, in the reader's language. */
async function existingShown(event: Parameters<PageServerLoad>[0], existing: ExistingCustomers): Promise<string> {
  const { app, actor } = entered(event);
  const { rulesets } = await publishedRulesets(app, actor);
  const { code, values } = saidExisting(existing, namingOf(rulesets));
  return words(event.locals.locale).render(code, values);
}

/** The version held against the one that the address asks for, by default the one before it, else the next. */
async function comparedWith(
  event: Parameters<PageServerLoad>[0],
  kind: RulesetKind,
  version: number,
  others: readonly number[],
) {
  const { app, actor } = entered(event);
  const asked = Number(event.url.searchParams.get('against') ?? '');
  const before = others.find((each) => each === asked) ?? others.find((each) => each < version) ?? others.at(-1);
  if (before === undefined) return null;
  const compared = await diffVersions(app, actor, { kind, id: event.params.id, before, after: version });
  const { locale } = event.locals;
  return {
    ...compared,
    findings: findingsShown(compared.findings, locale),
    cases: movedCasesShown(compared.cases, locale),
  };
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
