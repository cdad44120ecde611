/**
 * How does sign-in work: password, session, cookie, rate limit?
 * Also called: better-auth, authentication, login, ログイン, 認証, セッション.
 */
import type { BetterAuthOptions } from 'better-auth';
import { createAuthMiddleware } from 'better-auth/api';
import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';

const TWELVE_HOURS = 12 * 3600;

/** The options for an installation that people reach at `baseUrl`. Its tables are those of migration 0002-auth. */
export function authOptions(pool: Pool, secret: string, baseUrl: string) {
  const https = baseUrl.startsWith('https://');
  return {
    baseURL: baseUrl,
    basePath: '/api/auth',
    secret,
    database: { db: new Kysely({ dialect: new PostgresDialect({ pool }) }), type: 'postgres', schemaName: 'auth' },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, revokeSessionsOnPasswordReset: true },
    // Without the cookie cache, a session that was ended is ended at the next request.
    session: { expiresIn: TWELVE_HOURS, updateAge: 300, freshAge: 600, cookieCache: { enabled: false } },
    rateLimit: { enabled: true, storage: 'database', window: 60, max: 100, customRules: { '/sign-in/email': { window: 60, max: 5 } } },
    disabledPaths: ['/sign-up/email', '/update-user', '/change-email', '/delete-user'],
    advanced: {
      // The library's own switch would name the cookie __Secure-; __Host- is the stricter promise.
      useSecureCookies: false,
      cookiePrefix: https ? '__Host-kanade' : 'kanade',
      ipAddress: { ipAddressHeaders: ['x-kanade-client-ip'] },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: https, path: '/' },
      database: { generateId: 'uuid' },
    },
    telemetry: { enabled: false },
    hooks: { after: endEarlierSession },
  } satisfies BetterAuthOptions;
}

/** Signing in again ends the session that the browser still held; the library would leave it valid. */
const endEarlierSession = createAuthMiddleware(async (context) => {
  const fresh = context.context.newSession;
  if (fresh === null) return;
  const earlier = await context.getSignedCookie(context.context.authCookies.sessionToken.name, context.context.secret);
  if (typeof earlier === 'string' && earlier !== fresh.session.token) await context.context.internalAdapter.deleteSession(earlier);
});
