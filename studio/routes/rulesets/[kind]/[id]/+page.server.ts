/** One ruleset at one version: in words, as stored, and the versions before and after. */
import { error } from '@sveltejs/kit';
import { showRuleset } from '#runtime/services/show-ruleset.ts';
import { choiceOf } from '#lib/lists/address.ts';
import { inForceOn } from '#lib/rulesets/in-force.ts';
import { rulesetKinds } from '#lib/server/ruleset-kinds.ts';
import { rulesetSummary } from '#lib/rulesets/summary.ts';
import { entered } from '#lib/server/session.ts';
import { todayOf } from '#lib/server/today.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const { params, url, locals } = event;
  const kind = rulesetKinds.find((each) => each === params.kind) ?? error(404);
  const version = Number(url.searchParams.get('version') ?? '');
  const { document, shown, versions } = await showRuleset(app, actor, {
    kind,
    id: params.id,
    ...(version > 0 ? { version } : {}),
  });
  const today = todayOf(locals);
  const { name, reason, existing, body: _, ...rest } = document;
  return {
    crumb: name[locals.locale],
    head: { ...rest, name, reason, existing },
    shown: { ...shown, inForce: inForceOn(today, shown) },
    versions: versions.map((each) => ({ ...each, inForce: inForceOn(today, each) })),
    view: choiceOf(url, 'view', ['json']) ?? ('words' as const),
    summary: rulesetSummary(document, locals.locale),
    json: JSON.stringify(document, null, 2),
  };
};
