/** What is published now, and the cases in use of other rulesets: the editor checks and prices the draft against it. */
import { casesOfPublished } from '#runtime/services/cases-of-published.ts';
import { publishedRulesets } from '#runtime/services/published-rulesets.ts';
import { entered } from '#lib/server/session.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const { kind, id } = event.params;
  const published = await publishedRulesets(app, actor);
  const cases = await casesOfPublished(app, actor, published.rulesets);
  const casesElsewhere = cases.flatMap((each) => (each.ruleset === `${kind}/${id}` ? [] : [each.case]));
  return Response.json({ ...published, casesElsewhere });
};
