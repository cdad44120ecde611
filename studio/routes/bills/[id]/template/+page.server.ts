/** The form by which a bill is laid out, beside the invoice that it makes of this bill; `?show=` is the side that a small screen shows. */
import { invoiceTemplate } from '#runtime/services/invoice-template.ts';
import { showBill } from '#runtime/services/show-bill.ts';
import { choiceOf } from '#lib/lists/address.ts';
import { entered } from '#lib/server/session.ts';
import { locales } from '#schemas/messages/words.ts';
import type { PageServerLoad } from './$types';

const sides = ['preview', 'source'] as const;

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const billId = event.params.id;
  const [form, { bill, customer, cycle, document }] = await Promise.all([
    invoiceTemplate(app, actor, { billId }),
    showBill(app, actor, { billId }),
  ]);
  return {
    crumb: document?.number ?? `${bill.account} · ${cycle.month}`,
    form,
    bill: { id: billId, customer: customer.name, month: cycle.month },
    show: choiceOf(event.url, 'show', sides) ?? 'preview',
    locale: choiceOf(event.url, 'locale', locales) ?? event.locals.locale,
  };
};
