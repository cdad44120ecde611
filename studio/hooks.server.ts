/**
 * What happens to every request before and after its page?
 * Origin, session, language, permission; then the headers. Also called: middleware, ミドルウェア.
 */
import { redirect } from '@sveltejs/kit';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { resolveActor } from '#runtime/access/session.ts';
import { tenants } from '#runtime/access/tenants.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import { app } from '#lib/server/app.ts';
import { isSmallEnough } from '#lib/server/body-size.ts';
import { admitEditors } from '#lib/server/editor-policy.ts';
import { addSecurityHeaders } from '#lib/server/headers.ts';
import { isOurOwn } from '#lib/server/origin.ts';
import { localeOf, themeOf } from '#lib/server/preferences.ts';
import { refusalText } from '#lib/server/refused.ts';
import { assertMayKnock } from '#lib/server/session.ts';

export const handle: Handle = async ({ event, resolve }) => {
  const { locals, cookies, request, url, route } = event;
  if (!isOurOwn(request, url.origin)) return new Response('Forbidden', { status: 403 });
  if (!isSmallEnough(request, route.id)) return new Response('Content Too Large', { status: 413 });
  locals.kanade = await app();
  locals.actor = await resolveActor(locals.kanade, request.headers);
  locals.locale = localeOf(cookies, locals.actor, request.headers.get('accept-language'));
  locals.theme = themeOf(cookies);

  const operators = await tenants(locals.kanade);
  locals.tenant = operators.find(({ id }) => id === locals.actor?.tenantId) ?? null;
  if (operators.length === 0 && route.id !== '/welcome' && route.id !== '/preferences') redirect(303, '/welcome');
  assertMayKnock(event);

  const response = await resolve(event, {
    transformPageChunk: ({ html }) =>
      html.replace('%kanade.lang%', locals.locale).replace('%kanade.theme%', locals.theme),
    // The variable font has a file for every few characters; the browser asks for those that a page needs.
    preload: ({ type }) => type !== 'font',
  });
  admitEditors(response, route.id);
  addSecurityHeaders(response);
  return response;
};

export const handleError: HandleServerError = ({ error, event, kind }) => {
  if (error instanceof Refusal) {
    return { status: error.status, code: error.code, message: refusalText(error, event.locals.locale) };
  }
  if (kind === 'unknown') console.error(error);
  return {};
};
