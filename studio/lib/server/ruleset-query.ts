/**
 * Which rulesets does the address ask for?
 * Also called: list filter, 一覧の絞り込み.
 */
import type { ListRulesets } from '#runtime/services/list-rulesets.ts';
import { choiceOf, orderOf, pageOf, textOf } from '#lib/lists/address.ts';
import { rulesetKinds } from '#lib/server/ruleset-kinds.ts';

export function rulesetQuery(
  url: URL,
): ListRulesets & { sort: NonNullable<ListRulesets['sort']>; descending: boolean } {
  const kind = choiceOf(url, 'kind', rulesetKinds);
  const search = textOf(url, 'q');
  const { by, descending } = orderOf(url, ['kind', 'id', 'effectiveFrom', 'publishedAt'], {
    by: 'kind',
    descending: false,
  });
  return {
    page: pageOf(url),
    sort: by,
    descending,
    ...(kind === undefined ? {} : { kind }),
    ...(search === undefined ? {} : { search }),
  };
}
