/** A new customer: the form, and entering it. */
import { fail, redirect } from '@sveltejs/kit';
import { customerChoices } from '#runtime/services/customer-choices.ts';
import { enterCustomer } from '#runtime/services/enter-customer.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import { customerEntryOf } from '#lib/server/customer-entry.ts';
import { refusalText } from '#lib/server/refused.ts';
import { entered } from '#lib/server/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  return customerChoices(app, actor);
};

export const actions = {
  enter: async (event) => {
    const { app, actor } = entered(event);
    const form = await event.request.formData();
    let customer: string;
    try {
      const reason = String(form.get('reason') ?? '');
      ({ customer } = await enterCustomer(app, actor, { customer: customerEntryOf(form), reason }));
    } catch (problem) {
      if (!(problem instanceof Refusal) || problem.code === 'forbidden') throw problem;
      return fail(problem.status, {
        typed: Object.fromEntries([...form].map(([name, value]) => [name, String(value)])),
        path: String(problem.values['path'] ?? ''),
        text: refusalText(problem, event.locals.locale),
      });
    }
    redirect(303, `/customers/${encodeURIComponent(customer)}/order`);
  },
} satisfies Actions;
