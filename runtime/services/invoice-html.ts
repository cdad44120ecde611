/**
 * Show a bill as the invoice that its customer receives. Also called: 請求書の表示, 適格請求書, invoice preview.
 */
import type { Actor } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';
import { form, page, type Page } from '#runtime/documents/form.ts';
import type { Locale } from '#schemas/messages/words.ts';
import { invoiceOfBill } from './invoice-of-bill.ts';

/** The page, and the policy to serve it under. Refused with `bill-unknown`. */
export async function invoiceHtml(
  app: App,
  actor: Actor,
  wanted: { readonly billId: string; readonly locale: Locale },
): Promise<Page> {
  const { template, model } = await invoiceOfBill(app, actor, wanted);
  return page(form(template), model);
}
