/** The cycles, and which may be opened next. */
import { redirect } from '@sveltejs/kit';
import { listCycles } from '#runtime/services/list-cycles.ts';
import { openCycle } from '#runtime/services/open-cycle.ts';
import { mayDo } from '#runtime/access/permissions.ts';
import { cycleQuery } from '#lib/server/cycle-query.ts';
import { orRefused } from '#lib/server/refused.ts';
import { entered } from '#lib/server/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const asked = cycleQuery(event.url, event.locals.locale);
  const { rows, openable, ...page } = await listCycles(app, actor, asked);
  return {
    rows,
    page,
    order: { by: asked.sort, descending: asked.descending },
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
