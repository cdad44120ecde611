/** The bill as the invoice its customer receives: a page of its own, under a policy of its own, for reading and for print. */
import { invoiceHtml } from '#runtime/services/invoice-html.ts';
import { locales } from '#schemas/messages/words.ts';
import { choiceOf } from '#lib/lists/address.ts';
import { entered } from '#lib/server/session.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const locale = choiceOf(event.url, 'locale', locales) ?? event.locals.locale;
  const { html, contentSecurityPolicy } = await invoiceHtml(app, actor, { billId: event.params.id, locale });
  return new Response(html, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': contentSecurityPolicy },
  });
};
