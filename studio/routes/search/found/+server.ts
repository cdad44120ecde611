/** What fits the letters typed so far, for the command palette. */
import { json } from '@sveltejs/kit';
import { mayDo } from '#runtime/access/permissions.ts';
import { searchEverything } from '#runtime/services/search-everything.ts';
import { entered } from '#lib/server/session.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const query = event.url.searchParams.get('q') ?? '';
  return json({ found: await searchEverything(app, actor, { query }), mayRead: mayDo(actor, 'customer.read') });
};
