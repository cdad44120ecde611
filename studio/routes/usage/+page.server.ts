/** The usage files that came in, and the formats in which another can. */
import { listRejects } from '#runtime/services/list-rejects.ts';
import { listRulesets } from '#runtime/services/list-rulesets.ts';
import { listUsageFiles } from '#runtime/services/list-usage-files.ts';
import { showRuleset } from '#runtime/services/show-ruleset.ts';
import { mayDo } from '#runtime/access/permissions.ts';
import { needsGivenDay } from '#runtime/usage/map-line.ts';
import { entered } from '#lib/server/session.ts';
import { usageFileQuery } from '#lib/server/usage-query.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const mayImport = mayDo(actor, 'usage.import');
  const asked = usageFileQuery(event.url, event.locals.locale);
  const [{ rows, ...page }, open, formats] = await Promise.all([
    listUsageFiles(app, actor, asked),
    listRejects(app, actor, { state: 'open', pageSize: 1 }),
    mayImport ? listRulesets(app, actor, { kind: 'fileFormat', pageSize: 500 }) : undefined,
  ]);
  const choices = await Promise.all(
    (formats?.rows ?? []).map(async ({ id, name }) => {
      const { document } = await showRuleset(app, actor, { kind: 'fileFormat', id });
      return { id, name, needsDay: document.kind === 'fileFormat' && needsGivenDay(document.body) };
    }),
  );
  const order = { by: asked.sort, descending: asked.descending };
  return { rows, page, order, openRejects: open.total, mayImport, formats: choices };
};
