/** The cycles, and which may be opened next. */
import { redirect } from '@sveltejs/kit';
import { listCycles } from '#runtime/services/list-cycles.ts';
import { openCycle } from '#runtime/services/open-cycle.ts';
import { mayDo } from '#runtime/access/permissions.ts';
import { pageOf } from '#lib/lists/address.ts';
import { billingCycleNames } from '#lib/server/billing-cycle-names.ts';
import { orRefused } from '#lib/server/refused.ts';
import { entered } from '#lib/server/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const [{ rows, openable, ...page }, nameOf] = await Promise.all([
    listCycles(app, actor, { page: pageOf(event.url) }),
    billingCycleNames(app, actor),
  ]);
  return {
    rows: rows.map((row) => ({ ...row, billingCycleName: nameOf(row.billingCycle) })),
    page,
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
