/** The customers that the address asks for. */
import { customerStates } from '#runtime/customers/find-customers.ts';
import { listCustomers } from '#runtime/services/list-customers.ts';
import { mayDo } from '#runtime/access/permissions.ts';
import { customerQuery } from '#lib/server/customer-query.ts';
import { entered } from '#lib/server/session.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const query = customerQuery(event.url);
  const { rows, offerings, segments, ...page } = await listCustomers(app, actor, query);
  const held = new Set(rows.flatMap((row) => row.offerings));
  return {
    rows,
    page,
    offerings: offerings.map(({ id, name }) => ({ id, name })),
    held: Object.fromEntries(offerings.filter(({ id }) => held.has(id)).map(({ id, name }) => [id, name])),
    segments,
    states: customerStates,
    order: { by: query.sort, descending: query.descending },
    mayRead: mayDo(actor, 'customer.read'),
    mayWrite: mayDo(actor, 'customer.write'),
    mayReadBills: mayDo(actor, 'bill.read'),
  };
};
