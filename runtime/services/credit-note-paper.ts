/**
 * Show or print a credit note. Also called: return invoice, 返還インボイスの表示・印刷、適格返還請求書 PDF.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { billToCredit } from '#runtime/credits/bill-to-credit.ts';
import { issuedCredits } from '#runtime/credits/credits-of-bill.ts';
import { withScope } from '#runtime/db/scope.ts';
import { creditNoteModel, type CreditNoteModel } from '#runtime/documents/credit-note-model.ts';
import type { Page } from '#runtime/documents/form.ts';
import { printed } from '#runtime/documents/printed.ts';
import { typstSource } from '#runtime/documents/typst-source.ts';
import { guarded } from '#runtime/guard/guarded.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { Locale } from '#schemas/messages/words.ts';

type Wanted = { readonly billId: string; readonly number: string; readonly locale: Locale };

/** It is laid out by a form of its own, in the dress of the invoice. */
const creditForm = { folder: 'credit-note', dress: 'invoice' };

/** The page, and the policy to serve it under. Refused with `bill-unknown` and `credit-unknown`. */
export async function creditNoteHtml(app: App, actor: Actor, wanted: Wanted): Promise<Page> {
  return guarded({ is: 'page', ...creditForm, model: await modelOf(app, actor, wanted) });
}

/** The PDF, and the name to save it under. Refused alike. */
export async function creditNotePdf(
  app: App,
  actor: Actor,
  wanted: Wanted,
): Promise<{ readonly pdf: Uint8Array; readonly fileName: string }> {
  const model = await modelOf(app, actor, wanted);
  const about = { title: model.title, language: wanted.locale, number: model.number };
  const source = typstSource(await guarded({ is: 'body', ...creditForm, model }), about);
  return { pdf: await printed('invoice', source), fileName: `${model.number}.pdf` };
}

async function modelOf(app: App, actor: Actor, { billId, number, locale }: Wanted): Promise<CreditNoteModel> {
  authorize(actor, 'bill.read');
  return withScope(app, actor, async (tx) => {
    const { stored, around, taxRules } = await billToCredit(tx, app, actor.tenantId, billId);
    const found = (await issuedCredits(tx, stored)).find((each) => each.number === number);
    if (found === undefined || around.document === null) throw new Refusal('credit-unknown', {}, 404);
    return creditNoteModel({
      note: found.note,
      number,
      issuedOn: found.issuedOn,
      reason: found.reason,
      leftOutBy: found.small ? (taxRules.smallCredits?.law ?? null) : null,
      invoice: around.document,
      recipient: { name: found.name, address: found.address, corporate: around.recipient.corporate },
      issuer: around.issuer,
      locale,
    });
  });
}
