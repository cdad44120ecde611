/** One customer: contracts, orders, bills, usage, and the rules that hold now. */
import { listOrders } from '#runtime/services/list-orders.ts';
import { undoOrder } from '#runtime/services/place-order.ts';
import { showCustomer } from '#runtime/services/show-customer.ts';
import { mayDo } from '#runtime/access/permissions.ts';
import { orRefused } from '#lib/server/refused.ts';
import { entered } from '#lib/server/session.ts';
import { wordsOf } from '#lib/server/words-of.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const customerId = event.params.id;
  const [customer, orders] = await Promise.all([
    showCustomer(app, actor, { customerId }),
    listOrders(app, actor, { customerId }),
  ]);
  return {
    crumb: customer.name,
    customer,
    orders,
    placed: event.url.searchParams.get('placed'),
    maySimulate: mayDo(actor, 'simulation.run'),
    mayOrder: mayDo(actor, 'order.place'),
  };
};

export const actions = {
  undoOrder: (event) =>
    orRefused(event.locals.locale, async () => {
      const { app, actor } = entered(event);
      const form = await event.request.formData();
      const [order, reason] = [String(form.get('order') ?? ''), String(form.get('reason') ?? '')];
      await undoOrder(app, actor, { customerId: event.params.id, order, reason });
      return { done: wordsOf(event.locals.locale)('order.takenBack') };
    }),
} satisfies Actions;
