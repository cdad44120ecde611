/**
 * Which changes does the address ask for?
 * Also called: review inbox filter, 変更の絞り込み.
 */
import type { DraftOrder, ListDrafts } from '#runtime/services/list-drafts.ts';
import type { Locale } from '#schemas/messages/words.ts';
import { statesOf, views, type View } from '#lib/changes/states.ts';
import { choiceOf, orderOf, pageOf, textOf } from '#lib/lists/address.ts';
import { rulesetKinds } from '#lib/server/ruleset-kinds.ts';

const orders: readonly DraftOrder[] = ['ruleset', 'state', 'startedBy', 'saved', 'approvedBy'];

export const changeView = (url: URL): View => choiceOf(url, 'view', views) ?? 'open';

export function changeQuery(url: URL, locale: Locale): ListDrafts & { sort: DraftOrder; descending: boolean } {
  const view = changeView(url);
  const kind = choiceOf(url, 'kind', rulesetKinds);
  const search = textOf(url, 'q');
  const { by, descending } = orderOf(url, orders, { by: 'saved', descending: true });
  return {
    page: pageOf(url),
    states: statesOf[view],
    sort: by,
    descending,
    locale,
    ...(search === undefined ? {} : { search }),
    ...(kind === undefined ? {} : { kind }),
    ...(view === 'mine' ? { own: true } : {}),
  };
}
