/** A change of a customer: what is known now, a look at what would change, and the change itself. */
import { fail, redirect } from '@sveltejs/kit';
import { assertCustomerChange, changeCustomer } from '#runtime/services/change-customer.ts';
import { customerToChange } from '#runtime/services/customer-to-change.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import { textOf } from '#lib/lists/address.ts';
import { customerChangeOf, fieldsChanged } from '#lib/customers/customer-change.ts';
import { refusalText } from '#lib/server/refused.ts';
import { entered } from '#lib/server/session.ts';
import { wordsOf } from '#lib/server/words-of.ts';
import type { Actions, PageServerLoad } from './$types';

type ActionEvent = Parameters<NonNullable<Actions[string]>>[0];

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const asked = { customerId: event.params.id, account: textOf(event.url, 'account') };
  const now = await customerToChange(app, actor, asked);
  return { crumb: now.name, now };
};

export const actions = {
  look: (event) =>
    step(event, async (asked, form) => {
      const { app, actor } = entered(event);
      const now = await customerToChange(app, actor, asked);
      const changed = fieldsChanged(form, now);
      if (changed.length === 0) return nothing(event, form);
      assertCustomerChange(actor, customerChangeOf(form, now));
      return { typed: typedIn(form), changed, path: '', text: '' };
    }),
  change: (event) =>
    step(event, async (asked, form) => {
      const { app, actor } = entered(event);
      const change = customerChangeOf(form, await customerToChange(app, actor, asked));
      if (Object.keys(change).length === 0) return nothing(event, form);
      const { customerId } = asked;
      await changeCustomer(app, actor, { customerId, change, reason: String(form.get('reason') ?? '') });
      redirect(303, `/customers/${encodeURIComponent(customerId)}?changed=${String(form.get('from') ?? '')}`);
    }),
} satisfies Actions;

type Asked = { readonly customerId: string; readonly account: string | undefined };

/** What `work` gives back, or the refusal, with everything that was typed. */
async function step<T>(event: ActionEvent, work: (asked: Asked, form: FormData) => Promise<T>) {
  const form = await event.request.formData();
  try {
    return await work({ customerId: event.params.id ?? '', account: textOf(event.url, 'account') }, form);
  } catch (problem) {
    if (!(problem instanceof Refusal) || problem.code === 'forbidden') throw problem;
    const { status, values } = problem;
    return refused(form, status, String(values['path'] ?? ''), refusalText(problem, event.locals.locale));
  }
}

const nothing = (event: ActionEvent, form: FormData) =>
  refused(form, 422, '', wordsOf(event.locals.locale)('changeCustomer.nothing'));

const refused = (form: FormData, status: number, path: string, text: string) =>
  fail(status, { typed: typedIn(form), changed: [], path, text });

const typedIn = (form: FormData): Record<string, string> =>
  Object.fromEntries([...form].map(([name, value]) => [name, String(value)]));
