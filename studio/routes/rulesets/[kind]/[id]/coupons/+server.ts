/** New single-use codes of a campaign, as a file: the only time that they are told. */
import { makeCoupons } from '#runtime/services/coupons.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import { csvDownload } from '#lib/server/csv.ts';
import { refusalText } from '#lib/server/refused.ts';
import { entered } from '#lib/server/session.ts';
import { wordsOf } from '#lib/server/words-of.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const form = await event.request.formData();
  const [count, note] = [Number(form.get('count') ?? ''), String(form.get('note') ?? '')];
  try {
    const { codes } = await makeCoupons(app, actor, { campaign: event.params.id, count, note });
    const head = wordsOf(event.locals.locale)('grants.code');
    return await csvDownload(
      `coupons-${event.params.id}`,
      [head],
      codes.map((code) => [code]),
    );
  } catch (problem) {
    if (!(problem instanceof Refusal) || problem.code === 'forbidden') throw problem;
    return new Response(refusalText(problem, event.locals.locale), { status: problem.status });
  }
};
