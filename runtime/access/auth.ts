/**
 * Where is the sign-in library, set up for this installation?
 * Also called: better-auth instance, /api/auth, 認証.
 */
import { betterAuth, type Auth } from 'better-auth';
import { authOptions } from '#runtime/access/auth-options.ts';
import type { App } from '#runtime/app.ts';

type KanadeAuth = Auth<ReturnType<typeof authOptions>>;
const instances = new WeakMap<App['authPool'], KanadeAuth>();

/** The library over the App's own connections; made at the first use. */
export function authOf(app: Pick<App, 'authPool' | 'keys' | 'publicUrl'>): KanadeAuth {
  const made = instances.get(app.authPool) ?? betterAuth(authOptions(app.authPool, app.keys.secret, app.publicUrl));
  instances.set(app.authPool, made);
  return made;
}

/** Answers a request under /api/auth. */
export function handleAuthRequest(app: App, request: Request): Promise<Response> {
  return authOf(app).handler(request);
}
