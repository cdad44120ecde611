/** A credit note as its customer receives it: a page under a policy of its own, or with `?as=pdf` to send and to print. */
import { creditNoteHtml, creditNotePdf } from '#runtime/services/credit-note-paper.ts';
import { locales } from '#schemas/messages/words.ts';
import { choiceOf } from '#lib/lists/address.ts';
import { entered } from '#lib/server/session.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const { id: billId, number } = event.params;
  const wanted = { billId, number, locale: choiceOf(event.url, 'locale', locales) ?? event.locals.locale };
  if (choiceOf(event.url, 'as', ['pdf']) === undefined) {
    const { html, contentSecurityPolicy } = await creditNoteHtml(app, actor, wanted);
    return new Response(html, {
      headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': contentSecurityPolicy },
    });
  }
  const { pdf, fileName } = await creditNotePdf(app, actor, wanted);
  return new Response(Buffer.from(pdf), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${encodeURIComponent(fileName)}"`,
    },
  });
};
