/**
 * How does a person sign in and out on a screen?
 * Also called: login, logout, password, lock-out, ログイン, ログアウト, アカウントロック.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { handleAuthRequest } from '#runtime/access/auth.ts';
import { findActor } from '#runtime/access/find-actor.ts';
import { noteOfPerson, refuseLocked, tooManyAttempts } from '#runtime/access/lock-out.ts';
import type { App } from '#runtime/app.ts';
import { Refusal } from '#runtime/services/refusal.ts';

/** What the browser is told to keep: `Set-Cookie` values to pass on as they are. */
export type CookiesToSet = { readonly setCookies: readonly string[] };

/**
 * Checks the password and begins a session. `request` is the form's own: its cookie names the session to end, its address is limited.
 * Refused with `sign-in-failed`; with `too-many-attempts` after 5 in a minute from one address or 10 in 15 minutes for one
 * person; with `address-unknown` when the page was reached by a name that KANADE_URL does not say.
 */
export async function signIn(
  app: App,
  request: Request,
  input: { readonly email: string; readonly password: string },
): Promise<CookiesToSet> {
  const person = await personOf(app, input.email);
  if (person !== null) await refuseLocked(app, person);
  const response = await ask(app, request, '/api/auth/sign-in/email', {
    email: input.email,
    password: input.password,
    rememberMe: true,
  });
  if (response.status === 429) throw tooManyAttempts();
  if (response.status === 403) throw new Refusal('address-unknown', { address: new URL(request.url).origin }, 403);
  if (!response.ok || person === null) {
    if (person !== null) await noteOfPerson(app, person, 'person.signInFailed');
    throw new Refusal('sign-in-failed', {}, 401);
  }
  await noteOfPerson(app, person, 'person.signedIn');
  return { setCookies: response.headers.getSetCookie() };
}

/** Ends the session that the request carries. */
export async function signOut(app: App, request: Request): Promise<CookiesToSet> {
  const response = await ask(app, request, '/api/auth/sign-out', {});
  return { setCookies: response.headers.getSetCookie() };
}

/** Puts a request to the library's own route: only there are rate limits and session hooks at work. */
function ask(app: App, from: Request, path: string, body: object): Promise<Response> {
  const url = new URL(path, app.publicUrl ?? from.url);
  // The form's origin was checked before it came here; the library wants to see its own.
  const headers = new Headers({ 'content-type': 'application/json', origin: url.origin, host: url.host });
  for (const name of ['cookie', 'user-agent', 'x-kanade-client-ip']) {
    const value = from.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return handleAuthRequest(app, new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }));
}

function personOf(app: App, email: string): Promise<Actor | null> {
  return findActor(app, 'email', [email.trim().toLowerCase()]);
}
