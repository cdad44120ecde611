/**
 * What stands on the invoice of a bill, and by which form is it laid out? Shared by the page and the PDF.
 * Until the cycle is closed the invoice says that it is provisional, and has no number.
 */
import type { Actor } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';
import { invoiceModel, type InvoiceModel } from '#runtime/documents/invoice-model.ts';
import { showBill } from '#runtime/services/show-bill.ts';
import type { InvoiceTemplateBody } from '#schemas/generated/types.ts';
import type { Locale } from '#schemas/messages/words.ts';

/** What stands on an invoice whose billing cycle names no template. */
export const plainWording: InvoiceTemplateBody = {
  template: 'invoice',
  title: { ja: '請求書', en: 'Invoice' },
  message: { ja: 'ご利用ありがとうございます。', en: 'Thank you.' },
};

export interface InvoiceOfBill {
  readonly template: string;
  readonly model: InvoiceModel;
}

/** Refused with `bill-unknown`. */
export async function invoiceOfBill(
  app: App,
  actor: Actor,
  { billId, locale }: { readonly billId: string; readonly locale: Locale },
): Promise<InvoiceOfBill> {
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
  return { template, model };
}
