/** One customer: contracts, bills, usage, and the rules that hold now. */
import { showCustomer } from '#runtime/services/show-customer.ts';
import { mayDo } from '#runtime/access/permissions.ts';
import { entered } from '#lib/server/session.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const customer = await showCustomer(app, actor, { customerId: event.params.id });
  return { crumb: customer.name, customer, maySimulate: mayDo(actor, 'simulation.run') };
};
