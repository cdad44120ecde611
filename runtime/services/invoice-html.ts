/**
 * Show a bill as the invoice that its customer receives. Also called: 請求書の表示, 適格請求書, invoice preview.
 */
import type { Actor } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';
import type { Page } from '#runtime/documents/form.ts';
import { guarded } from '#runtime/guard/guarded.ts';
import type { Locale } from '#schemas/messages/words.ts';
import { invoiceOfBill } from './invoice-of-bill.ts';

/** The page, and the policy to serve it under. Refused with `bill-unknown`. */
export async function invoiceHtml(
  app: App,
  actor: Actor,
  wanted: { readonly billId: string; readonly locale: Locale },
): Promise<Page> {
  const { template, model } = await invoiceOfBill(app, actor, wanted);
  return guarded({ is: 'page', folder: template, model });
}
