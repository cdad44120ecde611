/**
 * Is the database there, with Kanade's roles, and new enough?
 * Also called: set-up of the database, CREATE ROLE, CREATE DATABASE, データベースの準備.
 */
import { readFileSync } from 'node:fs';
import { Client, DatabaseError, escapeIdentifier } from 'pg';
import type { DatabaseRole, Server } from '#runtime/db/connection.ts';
import { StartUpProblem } from '#runtime/start-up-problem.ts';

const OLDEST_MAJOR = 15;
// Held while roles are made and migrations run, so that of several nodes that start at once one does it and the others wait.
const SET_UP_LOCK = 5_260_327;
const ROLES: readonly DatabaseRole[] = ['kanade_owner', 'kanade_app', 'kanade_cycle', 'kanade_auth'];

/** Readies the database for Kanade and runs `migrate` while no other process does the same. */
export async function prepareDatabase(admin: Server, migrate: () => Promise<void>): Promise<void> {
  const client = await connectOrCreate(admin);
  try {
    await refuseOldServer(client, admin);
    await client.query('select pg_advisory_lock($1)', [SET_UP_LOCK]);
    await ensureRoles(client, admin);
    await migrate();
  } catch (error) {
    if (error instanceof DatabaseError && error.code === '53100')
      throw new StartUpProblem('disk-full', { path: admin.database }, error);
    throw error;
  } finally {
    await client.end();
  }
}

/** What an administrator runs once on a server whose login for Kanade may not create roles. */
export function administratorScript(login: string, database: string): string {
  const names = ROLES.join(', ');
  return [
    readFileSync(new URL('./roles.sql', import.meta.url), 'utf8').trim(),
    `grant ${names} to ${escapeIdentifier(login)};`,
    `grant create on database ${escapeIdentifier(database)} to kanade_owner;`,
    `grant connect, temporary on database ${escapeIdentifier(database)} to ${names};`,
    `grant usage, create on schema public to kanade_owner;`,
    `grant usage on schema public to kanade_app, kanade_cycle, kanade_auth;`,
  ].join('\n');
}

async function connectOrCreate(admin: Server): Promise<Client> {
  try {
    return await connect(admin, admin.database);
  } catch (error) {
    if (!(error instanceof DatabaseError && error.code === '3D000')) throw unreachable(error, admin);
  }
  try {
    const maintenance = await connect(admin, 'postgres');
    await maintenance
      .query(`create database ${escapeIdentifier(admin.database)} encoding 'UTF8' template template0`)
      .catch(ignoring('42P04', '23505'))
      .finally(() => maintenance.end());
    return await connect(admin, admin.database);
  } catch (error) {
    throw unreachable(error, admin);
  }
}

async function connect(admin: Server, database: string): Promise<Client> {
  const { host, port, user, password, ssl } = admin;
  const client = new Client({ host, port, user, database, password, ssl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

function unreachable(error: unknown, admin: Server): unknown {
  const where = { host: admin.host, port: String(admin.port), database: admin.database, user: admin.user };
  if (error instanceof DatabaseError)
    return new StartUpProblem('database-refused', { ...where, said: error.message }, error);
  return new StartUpProblem('database-unreachable', where, error);
}

async function refuseOldServer(client: Client, admin: Server): Promise<void> {
  const major = await majorVersion(client);
  if (major < OLDEST_MAJOR) {
    throw new StartUpProblem('database-too-old', {
      host: admin.host,
      found: String(major),
      needed: String(OLDEST_MAJOR),
    });
  }
}

async function majorVersion(client: Client): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    `select current_setting('server_version_num')::int as version`,
  );
  return Math.floor((rows[0]?.version ?? 0) / 10_000);
}

async function ensureRoles(client: Client, admin: Server): Promise<void> {
  const major = await majorVersion(client);
  if (await rolesAreReady(client, major)) return;
  const script = administratorScript(admin.user, admin.database);
  try {
    await client.query(script);
  } catch (error) {
    throw new StartUpProblem('database-roles-missing', { user: admin.user, script }, error);
  }
  if (!(await rolesAreReady(client, major)))
    throw new StartUpProblem('database-roles-missing', { user: admin.user, script });
}

/** Whether the roles exist, the login may become each, and the owner may create in this database. */
async function rolesAreReady(client: Client, major: number): Promise<boolean> {
  const become = major >= 16 ? 'SET' : 'MEMBER';
  const { rows } = await client.query<{ ready: boolean }>(
    `select count(*) = $1 and bool_and(pg_has_role(oid, $2)) and bool_or(rolname = 'kanade_cycle' and rolbypassrls)
       and bool_or(rolname = 'kanade_owner' and has_database_privilege(oid, current_database(), 'CREATE')
                   and has_schema_privilege(oid, 'public', 'CREATE')) as ready
     from pg_roles where rolname = any($3)`,
    [ROLES.length, become, ROLES],
  );
  return rows[0]?.ready === true;
}

function ignoring(...codes: readonly string[]): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof DatabaseError && error.code !== undefined && codes.includes(error.code))) throw error;
  };
}
