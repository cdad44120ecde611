/** Each database role may do its own work and nothing beyond it (最小権限). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectionAs, openPool, type DatabaseRole } from '#runtime/db/connection.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { tenantWithPeople, type People } from '../../support/people.ts';

let app: TestApp;
let people: People;
beforeAll(async () => {
  app = await testApp();
  people = await tenantWithPeople(app);
});
afterAll(() => app.close());

/** Runs one statement as a role, in the scope of the tenant. */
async function attempt(role: DatabaseRole, statement: string): Promise<unknown[]> {
  const pool = openPool(connectionAs(app.server, role), 1);
  try {
    await pool.query(`select set_config('app.tenant', $1, false)`, [String(people.tenantId)]);
    return (await pool.query(statement)).rows;
  } finally {
    await pool.end();
  }
}

// role, statement, and why it must not be
const refused: [DatabaseRole, string, string][] = [
  ['kanade_app', 'set row_security = off; select * from person', 'it cannot look past the tenant'],
  ['kanade_app', 'alter table bill disable row level security', 'tables are the owner’s'],
  ['kanade_app', 'create table mine (id int)', 'it makes no tables'],
  ['kanade_app', 'truncate customer', 'it empties no tables'],
  ['kanade_app', 'select * from mikro_orm_migrations', 'migrations are the owner’s'],
  ['kanade_app', 'select * from auth.session', 'sessions are the sign-in’s'],
  ['kanade_app', 'select * from auth.account', 'passwords are the sign-in’s'],
  ['kanade_app', `insert into bill (id) values ('x')`, 'bills are the cycle’s'],
  ['kanade_app', 'delete from customer', 'customers are never deleted'],
  ['kanade_app', 'copy customer from stdin', 'bulk writing is the cycle’s'],
  ['kanade_app', `select setval('knowledge', 1)`, 'nobody turns the knowledge clock back'],
  ['kanade_cycle', 'select * from person', 'it knows nobody'],
  ['kanade_cycle', 'select * from access_token', 'it knows no tokens'],
  ['kanade_cycle', 'insert into release (number) values (1)', 'it publishes nothing'],
  ['kanade_cycle', 'select * from auth.session', 'sessions are the sign-in’s'],
  ['kanade_cycle', 'create table mine (id int)', 'it makes no tables'],
  ['kanade_auth', 'select * from customer', 'it knows people, not customers'],
  ['kanade_auth', 'select * from bill', 'it knows people, not bills'],
  ['kanade_auth', `update person set active = true`, 'it reads people only'],
  ['kanade_auth', `insert into person_role (role) values ('administrator')`, 'it gives no roles'],
];
it.each(refused)('%s is refused: %s (%s)', async (role, statement) => {
  await expect(attempt(role, statement)).rejects.toThrow(
    /permission denied|must be owner|query would be affected|not supported with row-level/,
  );
});

it('on its own server, the application’s role cannot become another', async ({ skip }) => {
  skip(app.server.roles === 'set-role', 'there one login becomes each role: README.md of runtime/db');
  await expect(attempt('kanade_app', 'set role kanade_cycle')).rejects.toThrow(/permission denied/);
  await expect(attempt('kanade_app', 'set session authorization kanade_cycle')).rejects.toThrow(/permission denied/);
});

describe('every table', () => {
  it('with a tenant is closed by tenant, for its owner too', async () => {
    const open = await attempt(
      'kanade_owner',
      `select c.relname from pg_class c
       join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
       where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
         and not (c.relrowsecurity and c.relforcerowsecurity
                  and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant_scope'))`,
    );
    expect(open).toEqual([]);
  });

  it('has a tenant, but for the tenants themselves and the list of migrations', async () => {
    const without = await attempt(
      'kanade_owner',
      `select c.relname as name from pg_class c
       where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
         and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')
       order by 1`,
    );
    expect(without).toEqual([{ name: 'mikro_orm_migrations' }, { name: 'tenant' }]);
  });
});
