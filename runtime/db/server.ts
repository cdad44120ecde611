/**
 * Which PostgreSQL does this installation work on: the one it was told, or its own?
 * Also called: DATABASE_URL, データベースの選択.
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Server } from '#runtime/db/connection.ts';
import { startEmbedded } from '#runtime/db/embedded.ts';
import { StartUpProblem } from '#runtime/start-up-problem.ts';

/** The server to work on, and how to let go of it. */
export type ServerInUse = { readonly server: Server; readonly embedded: boolean; release(): Promise<void> };

/** Where keys and the embedded database lie: KANADE_DATA, or `.data` in the checkout. */
export const dataDirectoryIn = (environment: NodeJS.ProcessEnv): string =>
  resolve(environment['KANADE_DATA'] ?? fileURLToPath(new URL('../../.data', import.meta.url)));

/** The server named by `databaseUrl`; without one, our own in the data directory, started if need be. */
export async function serverInUse(databaseUrl: string | undefined, dataDirectory: string): Promise<ServerInUse> {
  if (databaseUrl !== undefined && databaseUrl !== '') {
    return { server: parseDatabaseUrl(databaseUrl), embedded: false, release: () => Promise.resolve() };
  }
  const { admin, release } = await startEmbedded(dataDirectory);
  return { server: { ...admin, database: 'kanade' }, embedded: true, release };
}

/**
 * Reads `postgres://user:password@host:port/database?sslmode=require`. A socket directory may be given as `?host=/run/postgresql`.
 * With `sslmode` `require` the connection is encrypted; with `verify-full` the server's certificate is checked too.
 */
export function parseDatabaseUrl(text: string): Server {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const database = url === undefined ? '' : decodeURIComponent(url.pathname.slice(1));
  if (url === undefined || !['postgres:', 'postgresql:'].includes(url.protocol) || database === '') {
    throw new StartUpProblem('database-url-invalid', { expected: 'postgres://user:password@host:5432/kanade' });
  }
  const sslMode = url.searchParams.get('sslmode') ?? 'disable';
  return {
    host: url.searchParams.get('host') ?? (decodeURIComponent(url.hostname) || 'localhost'),
    port: Number(url.port || url.searchParams.get('port') || 5432),
    database,
    user: decodeURIComponent(url.username) || 'postgres',
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    ...(sslMode === 'disable' ? {} : { ssl: { rejectUnauthorized: sslMode.startsWith('verify') } }),
    roles: 'set-role',
  };
}
