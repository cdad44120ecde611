/** A tenant's rows are seen and written by that tenant only. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withCycle, withScope } from '#runtime/db/scope.ts';
import { testApp } from '../../support/database.ts';
import { tenantWithPeople, type People } from '../../support/people.ts';

let app: Awaited<ReturnType<typeof testApp>>;
let here: People;
let there: People;
beforeAll(async () => {
  app = await testApp();
  here = await tenantWithPeople(app);
  there = await tenantWithPeople(app);
});
afterAll(() => app.close());

it('shows the people of the own tenant only', async () => {
  const seen = await withScope(app, here.operator, (tx) =>
    tx.sql<{ tenant_id: number }>('select distinct tenant_id from person'),
  );
  expect(seen).toEqual([{ tenant_id: here.tenantId }]);
});

it('refuses to write a row of another tenant', async () => {
  const write = withScope(app, here.operator, (tx) =>
    tx.sql(`insert into person_role (tenant_id, person_id, role) values ($1, $2, 'auditor')`, [
      there.tenantId,
      there.operator.personId,
    ]),
  );
  await expect(write).rejects.toThrow(/row-level security/);
});

it('finds nothing to change in another tenant', async () => {
  const changed = await withScope(app, here.operator, (tx) =>
    tx.sql(`update person set name = 'x' where tenant_id = $1 returning id`, [there.tenantId]),
  );
  expect(changed).toEqual([]);
});

it('refuses to read without a tenant, on a new connection and on a used one', async () => {
  await expect(app.appPool.query('select * from person')).rejects.toThrow();
  const unused = await testApp();
  await expect(unused.appPool.query('select * from person')).rejects.toThrow();
  await unused.close();
});

it('rolls everything back when the work throws', async () => {
  const failing = withScope(app, here.operator, async (tx) => {
    await tx.sql(`update person set name = 'changed'`);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  const names = await withScope(app, here.operator, (tx) => tx.sql<{ name: string }>('select name from person'));
  expect(names.map(({ name }) => name)).not.toContain('changed');
});

it('lets the cycle role read across tenants, and keeps people from it', async () => {
  const [count] = await withCycle(app, (tx) => tx.sql<{ n: number }>('select count(*)::int as n from legal_entity'));
  expect(count).toEqual({ n: 2 });
  await expect(withCycle(app, (tx) => tx.sql('select * from person'))).rejects.toThrow(/permission denied/);
});
