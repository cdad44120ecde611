/**
 * Where is the sign-in library, set up for this installation?
 * Also called: better-auth instance, /api/auth, 認証.
 */
import type { Auth } from 'better-auth';
import type { authOptions } from '#runtime/access/auth-options.ts';
import type { App } from '#runtime/app.ts';

type KanadeAuth = Auth<ReturnType<typeof authOptions>>;
type Installation = Pick<App, 'authPool' | 'keys' | 'publicUrl'>;
const instances = new WeakMap<App['authPool'], Promise<KanadeAuth>>();

/** The library over the App's own connections; made at the first use. */
export function authOf(app: Installation): Promise<KanadeAuth> {
  const made = instances.get(app.authPool) ?? setUp(app);
  instances.set(app.authPool, made);
  return made;
}

/** Loaded only now: it is hundreds of files, for which no start has to wait. */
async function setUp({ authPool, keys, publicUrl }: Installation): Promise<KanadeAuth> {
  const [{ betterAuth }, { authOptions: optionsOf }] = await Promise.all([
    import('better-auth'),
    import('#runtime/access/auth-options.ts'),
  ]);
  return betterAuth(optionsOf(authPool, keys.secret, publicUrl));
}

/** Answers a request under /api/auth. */
export async function handleAuthRequest(app: App, request: Request): Promise<Response> {
  return (await authOf(app)).handler(request);
}
