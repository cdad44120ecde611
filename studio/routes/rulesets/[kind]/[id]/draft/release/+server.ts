/** What is published now: the editor checks and prices the draft against it. */
import { publishedRulesets } from '#runtime/services/published-rulesets.ts';
import { entered } from '#lib/server/session.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  return Response.json(await publishedRulesets(app, actor));
};
