/**
 * How is the database reached, and as which of its roles?
 * Also called: connection string, pool, database role, 接続, ロール.
 */
import { Pool, TypeOverrides, type ClientConfig } from 'pg';

/** The database roles, least power each. `README.md` beside this file says which may do what. */
export type DatabaseRole = 'kanade_owner' | 'kanade_app' | 'kanade_cycle' | 'kanade_auth';

/** A server and a database on it, with the login that may become each role. Plain values: a worker thread can be told it. */
export type Server = {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password?: string;
  readonly ssl?: { readonly rejectUnauthorized: boolean };
  /** On our own embedded server each role signs in by itself; on another server the login takes the role on. */
  readonly roles: 'sign-in' | 'set-role';
};

/** What `new Client(…)` and `new Pool(…)` need to work as one role. Plain values, except for `types`. */
export type Connection = Omit<ClientConfig, 'types'>;

// A statement of a screen that takes longer is a mistake; an open transaction of a dead cycle node must end before its lease does.
const limits: Record<DatabaseRole, string> = {
  kanade_owner: '-c statement_timeout=0',
  kanade_app: '-c statement_timeout=30s -c idle_in_transaction_session_timeout=60s',
  kanade_cycle: '-c statement_timeout=0 -c idle_in_transaction_session_timeout=20s',
  kanade_auth: '-c statement_timeout=10s -c idle_in_transaction_session_timeout=10s',
};

/** The connection to `server` as `role`. */
export function connectionAs(server: Server, role: DatabaseRole): Connection {
  const { roles, user, ...where } = server;
  const become = roles === 'set-role' ? `-c role=${role} ` : '';
  return {
    ...where,
    user: roles === 'sign-in' ? role : user,
    options: `${become}${limits[role]} -c timezone=UTC`,
    application_name: role,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  };
}

const DATE = 1082;
const TIMESTAMP = 1114;
const TIMESTAMPTZ = 1184;

/** Days and local times come back as the text they are, moments as ISO 8601 in UTC; bigint and numeric as text (the library's default). */
export function columnTypes(): TypeOverrides {
  const types = new TypeOverrides();
  types.setTypeParser(DATE, (text: string) => text);
  types.setTypeParser(TIMESTAMP, (text: string) => text.replace(' ', 'T'));
  types.setTypeParser(TIMESTAMPTZ, (text: string) => text.replace(' ', 'T').replace(/\+00$/, 'Z'));
  return types;
}

/** A pool of connections that survives the loss of any of them. `types` says how columns are read. */
export function openPool(connection: Connection, max: number, types = columnTypes()): Pool {
  const pool = new Pool({ ...connection, types, max, idleTimeoutMillis: 10_000 });
  // A dropped connection is reported by the query that needed it; without a listener it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', () => undefined);
  return pool;
}
