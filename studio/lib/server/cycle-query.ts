/**
 * Which cycles does the address ask for?
 * Also called: cycle filter, 締めの絞り込み.
 */
import type { CycleOrder, CyclesAsked } from '#runtime/cycles/queries.ts';
import type { Locale } from '#schemas/messages/words.ts';
import { orderOf, pageOf, textOf } from '#lib/lists/address.ts';

const orders: readonly CycleOrder[] = ['month', 'billingCycle', 'legalEntity', 'state', 'bills', 'quarantined'];

export function cycleQuery(url: URL, locale: Locale): CyclesAsked & { sort: CycleOrder; descending: boolean } {
  const { by, descending } = orderOf(url, orders, { by: 'month', descending: true });
  const search = textOf(url, 'q');
  return { page: pageOf(url), sort: by, descending, locale, ...(search === undefined ? {} : { search }) };
}
