/** How far a cycle is, for the page that watches it. */
import { cycleStatus } from '#runtime/services/cycle-status.ts';
import { entered } from '#lib/server/session.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const { state, progress, squares } = await cycleStatus(app, actor, { cycleId: event.params.id });
  return Response.json({ state, progress, squares });
};
