/** The usage lines that were refused, each with its reason and a place to put it right. */
import { fail } from '@sveltejs/kit';
import { correctReject } from '#runtime/services/correct-reject.ts';
import { listRejects } from '#runtime/services/list-rejects.ts';
import { listUsageFiles } from '#runtime/services/list-usage-files.ts';
import { voidReject } from '#runtime/services/void-reject.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import { mayDo } from '#runtime/access/permissions.ts';
import { words, type MessageValues } from '#schemas/messages/render.ts';
import { refusalText } from '#lib/server/refused.ts';
import { entered } from '#lib/server/session.ts';
import { rejectQuery } from '#lib/server/usage-query.ts';
import { wordsOf } from '#lib/server/words-of.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const { url, locals } = event;
  const [{ rows, ...page }, open, files] = await Promise.all([
    listRejects(app, actor, rejectQuery(url)),
    listRejects(app, actor, { state: 'open', pageSize: 1 }),
    listUsageFiles(app, actor, { pageSize: 500 }),
  ]);
  return {
    rows: rows.map(({ code, values, raw: _, ...row }) => ({
      ...row,
      reason: words(locals.locale).render(`reject.${code}`, values),
    })),
    page,
    openRejects: open.total,
    files: files.rows.map(({ id, name }) => ({ id, name })),
    mayCorrect: mayDo(actor, 'usage.correct'),
    maySetAside: mayDo(actor, 'usage.void'),
  };
};

export const actions = {
  correct: async (event) => {
    const { app, actor } = entered(event);
    const { locale } = event.locals;
    const form = await event.request.formData();
    const rejectId = String(form.get('reject') ?? '');
    const text = String(form.get('text') ?? '');
    try {
      const { outcome } = await correctReject(app, actor, { rejectId, text });
      return { done: wordsOf(locale)(outcome === 'accepted' ? 'usage.correctedAccepted' : 'usage.correctedDuplicate') };
    } catch (problem) {
      if (!(problem instanceof Refusal) || problem.code === 'forbidden') throw problem;
      return fail(problem.status, { rejectId, text, problem: reasonOf(problem, locale) });
    }
  },
  setAside: async (event) => {
    const { app, actor } = entered(event);
    const { locale } = event.locals;
    const form = await event.request.formData();
    const rejectId = String(form.get('reject') ?? '');
    const text = String(form.get('reason') ?? '');
    try {
      await voidReject(app, actor, { rejectId, reason: text });
      return { done: wordsOf(locale)('usage.setAsideDone') };
    } catch (problem) {
      if (!(problem instanceof Refusal) || problem.code === 'forbidden') throw problem;
      return fail(problem.status, { rejectId, text, problem: refusalText(problem, locale) });
    }
  },
} satisfies Actions;

/** Why the line is still refused, in the words of the reject; any other refusal in its own. */
function reasonOf(problem: Refusal, locale: Parameters<typeof words>[0]): string {
  const again = problem.values['reject'];
  return typeof again === 'string'
    ? words(locale).render(`reject.${again}`, problem.values as MessageValues)
    : refusalText(problem, locale);
}
