/**
 * How does sign-in work: password, session, cookie, rate limit?
 * Also called: better-auth, authentication, login, ログイン, 認証, セッション.
 */
import type { BetterAuthOptions } from 'better-auth';
import { createAuthMiddleware } from 'better-auth/api';
import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import { MINIMUM_PASSWORD_LENGTH } from '#runtime/access/password-length.ts';

const TWELVE_HOURS = 12 * 3600;
// Names that only this machine answers to. Whoever reaches Kanade by another one says so in KANADE_URL; a sign-in there is refused.
const OWN_NAMES = ['localhost', '127.0.0.1', '[::1]'].flatMap((name) => [name, `${name}:*`]);

/** The options for an installation whose people type `publicUrl`, or reach it on this machine. Its tables are those of 0002-auth. */
export function authOptions(pool: Pool, secret: string, publicUrl: string | undefined) {
  const https = publicUrl?.startsWith('https://') ?? false;
  return {
    baseURL: publicUrl ?? { allowedHosts: OWN_NAMES, protocol: 'http' as const, fallback: 'http://localhost' },
    basePath: '/api/auth',
    secret,
    database: {
      db: new Kysely({ dialect: new PostgresDialect({ pool }) }),
      type: 'postgres' as const,
      schemaName: 'auth',
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MINIMUM_PASSWORD_LENGTH,
      revokeSessionsOnPasswordReset: true,
    },
    // A session ends after twelve hours whatever happens, and sooner when nobody uses it: `session.ts` sees to that.
    // Without the cookie cache, a session that was ended is ended at the next request.
    session: { expiresIn: TWELVE_HOURS, disableSessionRefresh: true, freshAge: 600, cookieCache: { enabled: false } },
    rateLimit: {
      enabled: true,
      storage: 'database' as const,
      window: 60,
      max: 100,
      customRules: { '/sign-in/email': { window: 60, max: 5 }, '/get-session': false as const },
    },
    disabledPaths: ['/sign-up/email', '/update-user', '/change-email', '/delete-user'],
    advanced: {
      // Said aloud, because the library leaves the check out where it believes itself under test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      // The library's own switch would name the cookie __Secure-; __Host- is the stricter promise.
      useSecureCookies: false,
      cookiePrefix: https ? '__Host-kanade' : 'kanade',
      ipAddress: { ipAddressHeaders: ['x-kanade-client-ip'] },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' as const, secure: https, path: '/' },
      database: { generateId: 'uuid' as const },
    },
    telemetry: { enabled: false },
    logger: { level: 'error' as const },
    hooks: { after: endEarlierSession },
  } satisfies BetterAuthOptions;
}

/** Signing in again ends the session that the browser still held; the library would leave it valid. */
const endEarlierSession = createAuthMiddleware(async (context) => {
  const fresh = context.context.newSession;
  if (fresh === null) return;
  const earlier = await context.getSignedCookie(context.context.authCookies.sessionToken.name, context.context.secret);
  if (typeof earlier === 'string' && earlier !== fresh.session.token)
    await context.context.internalAdapter.deleteSession(earlier);
});
