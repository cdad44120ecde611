/**
 * Print a bill: the invoice as a PDF with its fonts inside. Also called: 請求書 PDF, 印刷, 帳票出力.
 */
import type { Actor } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';
import { printed } from '#runtime/documents/printed.ts';
import { typstSource } from '#runtime/documents/typst-source.ts';
import { guarded } from '#runtime/guard/guarded.ts';
import type { Locale } from '#schemas/messages/words.ts';
import { invoiceOfBill } from './invoice-of-bill.ts';

/** The PDF, and the name to save it under. Refused with `bill-unknown`. */
export async function invoicePdf(
  app: App,
  actor: Actor,
  wanted: { readonly billId: string; readonly locale: Locale },
): Promise<{ readonly pdf: Uint8Array; readonly fileName: string }> {
  const { template, model } = await invoiceOfBill(app, actor, wanted);
  const number = model.number ?? '';
  const body = await guarded({ is: 'body', folder: template, model });
  const source = typstSource(body, { title: model.title, language: wanted.locale, number });
  return { pdf: await printed(template, source), fileName: `${number === '' ? wanted.billId : number}.pdf` };
}
