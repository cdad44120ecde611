/** Customers to price the draft for. */
import { listCustomers } from '#runtime/services/list-customers.ts';
import { words } from '#schemas/messages/render.ts';
import { entered } from '#lib/server/session.ts';
import type { RequestHandler } from './$types';

const mostShown = 20;

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const { params, url, locals } = event;
  const search = url.searchParams.get('q')?.trim() ?? '';
  const { rows, offerings } = await listCustomers(app, actor, {
    pageSize: mostShown,
    ...(search === '' ? concerned(params.kind, params.id) : { search }),
  });
  const nameOf = new Map(offerings.map(({ id, name }) => [id, name[locals.locale]]));
  const comma = words(locals.locale).render('screen.list.separator');
  return Response.json(
    rows.map(({ id, name, identifiers, offerings: held }) => ({
      id,
      name,
      note: [id, identifiers[0], held.map((each) => nameOf.get(each) ?? each).join(comma)].filter(Boolean).join(' · '),
    })),
  );
};

/** Whoever has not been looked for yet is one whom the change concerns, where that can be said. */
function concerned(kind: string, id: string): { readonly plan?: string; readonly offering?: string } {
  if (kind === 'ratePlan') return { plan: id };
  return kind === 'offering' ? { offering: id } : {};
}
