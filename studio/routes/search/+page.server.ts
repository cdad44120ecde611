/** What fits a few words, over all that the person may see. */
import { mayDo } from '#runtime/access/permissions.ts';
import { searchEverything } from '#runtime/services/search-everything.ts';
import { textOf } from '#lib/lists/address.ts';
import { entered } from '#lib/server/session.ts';
import type { PageServerLoad } from './$types';

const shownOfEach = 12;

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const query = textOf(event.url, 'q') ?? '';
  const found = await searchEverything(app, actor, { query, limit: shownOfEach });
  return { query, found, mayRead: mayDo(actor, 'customer.read') };
};
