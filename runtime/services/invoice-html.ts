/**
 * Show a bill as the invoice that its customer receives. Also called: 請求書の表示, 適格請求書, invoice preview.
 * Until the cycle is closed it says that it is provisional, and has no number.
 */
import type { Actor } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';
import { form, page, type Page } from '#runtime/documents/form.ts';
import { invoiceModel } from '#runtime/documents/invoice-model.ts';
import { showBill } from '#runtime/services/show-bill.ts';
import type { InvoiceTemplateBody } from '#schemas/generated/types.ts';
import type { Locale } from '#schemas/messages/words.ts';

/** What stands on an invoice whose billing cycle names no template. */
const plainWording: InvoiceTemplateBody = {
  template: 'invoice',
  title: { ja: '請求書', en: 'Invoice' },
  message: { ja: 'ご利用ありがとうございます。', en: 'Thank you.' },
};

/** The page, and the policy to serve it under. Refused with `bill-unknown`. */
export async function invoiceHtml(
  app: App,
  actor: Actor,
  { billId, locale }: { readonly billId: string; readonly locale: Locale },
): Promise<Page> {
  const { bill, document, recipient, issuer, products, wording } = await showBill(app, actor, { billId });
  const { template, title, message } = wording ?? plainWording;
  const model = invoiceModel({
    bill,
    document,
    recipient,
    issuer,
    products: new Map(products.map((product) => [product.id, product])),
    wording: { title, message },
    locale,
  });
  return page(form(template), model);
}
