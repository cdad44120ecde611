/**
 * Whose session does a request carry?
 * Also called: current user, cookie, session timeout, セッション, ログイン状態.
 */
import { findActor } from '#runtime/access/find-actor.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authOf } from '#runtime/access/auth.ts';
import type { App } from '#runtime/app.ts';

const MINUTE_MS = 60_000;
const IDLE_LIMIT_MS = 30 * MINUTE_MS;
// Use is noted no more often than this, so that reading a page costs no write.
const TOUCH_AFTER_MS = 5 * MINUTE_MS;

/** The person whose session cookie the headers carry, or null: no session, one that lay idle for half an hour, or a person who has left. */
export async function resolveActor(app: App, headers: Headers): Promise<Actor | null> {
  if (!headers.has('cookie')) return null;
  const found = await (await authOf(app)).api.getSession({ headers });
  if (found === null) return null;
  const { session, user } = found;
  const now = app.clock.now();
  const idleMs = now.getTime() - new Date(session.updatedAt).getTime();
  if (idleMs > IDLE_LIMIT_MS) {
    await app.authPool.query('delete from auth.session where id = $1', [session.id]);
    return null;
  }
  if (idleMs > TOUCH_AFTER_MS)
    await app.authPool.query('update auth.session set "updatedAt" = $2 where id = $1', [session.id, now]);
  return findActor(app, 'authUser', [user.id]);
}

/** Whether it is the password of the person whose session the headers carry. */
export async function isOwnPassword(app: App, headers: Headers, password: string): Promise<boolean> {
  const auth = await authOf(app);
  return auth.api.verifyPassword({ headers, body: { password } }).then(
    ({ status }) => status,
    () => false,
  );
}
