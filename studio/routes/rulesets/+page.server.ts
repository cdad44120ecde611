/** The published rulesets, one row each. */
import { listRulesets } from '#runtime/services/list-rulesets.ts';
import { inForceOn } from '#lib/rulesets/in-force.ts';
import { rulesetKinds } from '#lib/server/ruleset-kinds.ts';
import { rulesetQuery } from '#lib/server/ruleset-query.ts';
import { entered } from '#lib/server/session.ts';
import { todayOf } from '#lib/server/today.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const query = rulesetQuery(event.url);
  const { rows, ...page } = await listRulesets(app, actor, query);
  const today = todayOf(event.locals);
  return {
    rows: rows.map((row) => ({ ...row, inForce: inForceOn(today, row) })),
    page,
    kinds: rulesetKinds,
    order: { by: query.sort, descending: query.descending },
  };
};
