/** The bill as a PDF, to read, to send and to print. */
import { invoicePdf } from '#runtime/services/invoice-pdf.ts';
import { locales } from '#schemas/messages/words.ts';
import { choiceOf } from '#lib/lists/address.ts';
import { entered } from '#lib/server/session.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const locale = choiceOf(event.url, 'locale', locales) ?? event.locals.locale;
  const { pdf, fileName } = await invoicePdf(app, actor, { billId: event.params.id, locale });
  return new Response(Buffer.from(pdf), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${encodeURIComponent(fileName)}"`,
    },
  });
};
