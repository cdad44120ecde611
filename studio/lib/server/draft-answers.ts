/**
 * How is a save from the editor answered? With the next revision, or with the refusal in words, so that nothing typed is lost.
 * Also called: JSON endpoint, optimistic locking, 保存の応答.
 */
import { error, type RequestEvent } from '@sveltejs/kit';
import { Refusal } from '#runtime/services/refusal.ts';
import { refusalText } from '#lib/server/refused.ts';

/** The object that the editor sent. Anything else is no request of the editor's: 400. */
export async function sent<T extends object>({ request }: Pick<RequestEvent, 'request'>): Promise<T> {
  const body: unknown = await request.json().catch(() => undefined);
  if (typeof body !== 'object' || body === null) error(400);
  return body as T;
}

/** What `work` gives back, as JSON. Every refusal is an answer; that somebody else saved first brings their revision. */
export async function answered(
  { locals }: Pick<RequestEvent, 'locals'>,
  work: () => Promise<object>,
): Promise<Response> {
  try {
    return Response.json(await work());
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    const { code, values, status } = problem;
    const revision = code === 'draft-changed-meanwhile' ? { revision: values['revision'] } : {};
    return Response.json({ refusal: { code, text: refusalText(problem, locals.locale), ...revision } }, { status });
  }
}
