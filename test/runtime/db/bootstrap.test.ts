/** Setting up a database (データベースの準備): on a server that is ours or theirs, and in words when it cannot be. */
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { administratorScript, prepareDatabase } from '#runtime/db/bootstrap.ts';
import { connectionAs, openPool, type Server } from '#runtime/db/connection.ts';
import { migrateDatabase } from '#runtime/db/migrate.ts';
import { migrationNames } from '#runtime/db/migrations/index.ts';
import { parseDatabaseUrl } from '#runtime/db/server.ts';
import { asAdministrator } from '../../support/administrator.ts';

const template = inject('template');
const maintenance: Server = { ...template, database: 'postgres' };
const unique = `kanade_test_${crypto.randomUUID().slice(0, 8)}`;
/** A login like one that a hosting company gives: no superuser, owner of its database, member of nothing. */
const plain: Server = { ...template, user: `${unique}_login`, password: 'plain', database: unique, roles: 'set-role' };

beforeAll(async () => {
  await asAdministrator(maintenance, `create role ${plain.user} login password 'plain'`);
  await asAdministrator(maintenance, `create database ${unique} owner ${plain.user}`);
});
afterAll(async () => {
  await asAdministrator(maintenance, `drop database ${unique} with (force)`);
  await asAdministrator(maintenance, `drop role ${plain.user}`);
});

describe('a login that may not make roles', () => {
  it('is told what an administrator has to run', async () => {
    const refused = prepareDatabase(plain, () => migrateDatabase(plain));
    await expect(refused).rejects.toMatchObject({ code: 'database-roles-missing', values: { user: plain.user } });
    await expect(refused).rejects.toMatchObject({
      values: { script: expect.stringMatching(/create role kanade_cycle login bypassrls[\s\S]*grant kanade_owner/) },
    });
  });

  it('works once that has been run, as each role in turn', async () => {
    await asAdministrator({ ...template, database: unique }, administratorScript(plain.user, unique));
    await prepareDatabase(plain, () => migrateDatabase(plain));
    for (const role of ['kanade_app', 'kanade_cycle', 'kanade_auth'] as const) {
      const pool = openPool(connectionAs(plain, role), 1);
      expect((await pool.query('select current_user::text as me')).rows).toEqual([{ me: role }]);
      await pool.end();
    }
    const app = openPool(connectionAs(plain, 'kanade_app'), 1);
    await expect(app.query('select * from person')).rejects.toThrow(/app\.tenant/);
    await app.end();
  });
});

it('runs each migration once, also when several nodes start at once', async () => {
  const server: Server = { ...template, database: `${unique}_nodes` };
  await Promise.all([1, 2, 3].map(() => prepareDatabase(server, () => migrateDatabase(server))));
  const client = new Client({
    host: server.host,
    port: server.port,
    user: server.user,
    password: server.password,
    database: server.database,
  });
  await client.connect();
  const { rows } = await client.query<{ name: string }>('select name from mikro_orm_migrations order by id');
  await client.end();
  expect(rows.map(({ name }) => name)).toEqual(migrationNames);
  await asAdministrator(maintenance, `drop database ${server.database} with (force)`);
});

describe('DATABASE_URL', () => {
  it.each([
    [
      'postgres://me:p%40ss@db.example:6432/kanade',
      { host: 'db.example', port: 6432, user: 'me', password: 'p@ss', database: 'kanade' },
    ],
    ['postgresql://me@db.example/kanade', { host: 'db.example', port: 5432, user: 'me', database: 'kanade' }],
    ['postgres:///kanade?host=/run/postgresql', { host: '/run/postgresql', user: 'postgres', database: 'kanade' }],
    ['postgres://me@db/kanade?sslmode=require', { ssl: { rejectUnauthorized: false } }],
    ['postgres://me@db/kanade?sslmode=verify-full', { ssl: { rejectUnauthorized: true } }],
  ])('%s', (url, server) => {
    expect(parseDatabaseUrl(url)).toMatchObject({ ...server, roles: 'set-role' });
  });

  it.each(['mysql://db/kanade', 'db.example/kanade', 'postgres://db.example', 'postgres://db.example/'])(
    '%s is not one',
    (url) => {
      expect(() => parseDatabaseUrl(url)).toThrow(expect.objectContaining({ code: 'database-url-invalid' }));
    },
  );

  it('that leads nowhere is told apart from one that is refused', async () => {
    const nowhere = parseDatabaseUrl('postgres://me@127.0.0.1:1/kanade');
    await expect(prepareDatabase(nowhere, () => Promise.resolve())).rejects.toMatchObject({
      code: 'database-unreachable',
      values: { port: '1' },
    });
    const stranger: Server = { ...template, user: 'nobody_of_that_name', password: 'x' };
    await expect(prepareDatabase(stranger, () => Promise.resolve())).rejects.toMatchObject({
      code: 'database-refused',
    });
  });
});
