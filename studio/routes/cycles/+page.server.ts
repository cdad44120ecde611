/** The cycles, and which may be opened next. */
import { redirect } from '@sveltejs/kit';
import { listCycles } from '#runtime/services/list-cycles.ts';
import { openCycle } from '#runtime/services/open-cycle.ts';
import { mayDo } from '#runtime/access/permissions.ts';
import type { CycleOrder } from '#runtime/cycles/queries.ts';
import { orderOf, pageOf, textOf } from '#lib/lists/address.ts';
import { orRefused } from '#lib/server/refused.ts';
import { entered } from '#lib/server/session.ts';
import type { Actions, PageServerLoad } from './$types';

const orders: readonly CycleOrder[] = ['month', 'billingCycle', 'legalEntity', 'state', 'bills', 'quarantined'];

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const order = orderOf(event.url, orders, { by: 'month', descending: true });
  const search = textOf(event.url, 'q');
  const { rows, openable, ...page } = await listCycles(app, actor, {
    ...{ page: pageOf(event.url), sort: order.by, descending: order.descending, locale: event.locals.locale },
    ...(search === undefined ? {} : { search }),
  });
  return {
    rows,
    page,
    order,
    openable,
    mayOpen: mayDo(actor, 'cycle.open'),
  };
};

export const actions = {
  open: async (event) => {
    const { app, actor } = entered(event);
    const form = await event.request.formData();
    const [legalEntity = '', billingCycle = ''] = String(form.get('which') ?? '').split('/');
    const month = String(form.get('month') ?? '');
    const result = await orRefused(event.locals.locale, () =>
      openCycle(app, actor, { legalEntity, billingCycle, month }),
    );
    if ('cycleId' in result) redirect(303, `/cycles/${result.cycleId}`);
    return result;
  },
} satisfies Actions;
