/**
 * How does a query tell the name of a ruleset? By its latest published version; by its id where nothing of it is published.
 * Also called: name of a ruleset, ルールセットの名称.
 */
import type { RulesetKind } from '#schemas/generated/types.ts';

/** SQL for the name, as jsonb of ja and en, of the ruleset of `kind` whose id stands in the column `id`. */
export const rulesetNameOf = (kind: RulesetKind, id: string): string =>
  `coalesce(
     (select v.document::jsonb -> 'name' from ruleset_version v where v.kind = '${kind}' and v.id = ${id} order by v.version desc limit 1),
     jsonb_build_object('ja', ${id}, 'en', ${id}))`;
