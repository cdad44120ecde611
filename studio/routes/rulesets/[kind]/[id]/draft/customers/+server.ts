/** Customers to price the draft for. */
import { listCustomers } from '#runtime/services/list-customers.ts';
import { words } from '#schemas/messages/render.ts';
import { entered } from '#lib/server/session.ts';
import type { RequestHandler } from './$types';

const mostShown = 20;

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const search = event.url.searchParams.get('q')?.trim() ?? '';
  const { rows, offerings } = await listCustomers(app, actor, {
    pageSize: mostShown,
    ...(search === '' ? {} : { search }),
  });
  const { locale } = event.locals;
  const nameOf = new Map(offerings.map(({ id, name }) => [id, name[locale]]));
  const comma = words(locale).render('screen.list.separator');
  return Response.json(
    rows.map(({ id, name, identifiers, offerings: held }) => ({
      id,
      name,
      note: [id, identifiers[0], held.map((each) => nameOf.get(each) ?? each).join(comma)].filter(Boolean).join(' · '),
    })),
  );
};
