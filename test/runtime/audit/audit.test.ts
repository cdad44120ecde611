/** The audit trail (監査証跡) is one chain a tenant, and tells where it was touched. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { record, verifyChain } from '#runtime/audit/audit.ts';
import { withScope } from '#runtime/db/scope.ts';
import { asAdministrator } from '../../support/administrator.ts';
import { testApp } from '../../support/database.ts';
import { tenantWithPeople, type People } from '../../support/people.ts';

let app: Awaited<ReturnType<typeof testApp>>;
let people: People;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  people = await tenantWithPeople(app);
  for (const object of ['release/1', 'release/2', 'release/3']) {
    await withScope(app, people.approver, (tx) =>
      record(tx, people.approver, { action: 'release.published', object, details: { items: 2, 名: '基本料' } }),
    );
  }
});

const verify = (): Promise<number | null> => withScope(app, people.auditor, (tx) => verifyChain(tx, people.tenantId));

it('holds as written', async () => {
  expect(await verify()).toBeNull();
});

it('numbers from one without a gap when many write at once', async () => {
  const writers = Array.from({ length: 12 }, (_, turn) =>
    withScope(app, people.operator, (tx) =>
      record(tx, people.operator, { action: 'usage.imported', object: `file/${turn}` }),
    ),
  );
  await Promise.all(writers);
  const rows = await withScope(app, people.auditor, (tx) =>
    tx.sql<{ number: string }>('select number from audit_entry order by number'),
  );
  expect(rows.map(({ number }) => Number(number))).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
  expect(await verify()).toBeNull();
});

it('leaves no row when the change is rolled back', async () => {
  const failing = withScope(app, people.operator, async (tx) => {
    await record(tx, people.operator, { action: 'usage.imported', object: 'file/x' });
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  const [count] = await withScope(app, people.auditor, (tx) =>
    tx.sql<{ n: number }>('select count(*)::int as n from audit_entry'),
  );
  expect(count).toEqual({ n: 3 });
});

describe('names the first number that does not fit', () => {
  // what the tampering does                                        first bad number
  const rows: [string, string, number | null][] = [
    ['an edited detail', `update audit_entry set details = '{"items": 3}' where number = 2`, 2],
    ['another person', `update audit_entry set person_id = gen_random_uuid() where number = 3`, 3],
    ['another moment', `update audit_entry set at = at + interval '1 second' where number = 1`, 1],
    ['a removed row', `delete from audit_entry where number = 2`, 2],
    ['a removed first row', `delete from audit_entry where number = 1`, 1],
    ['a removed last row', `delete from audit_entry where number = 3`, 3],
    [
      'rows in another order',
      `update audit_entry set number = case number when 1 then 2 else 1 end where number in (1, 2)`,
      1,
    ],
  ];
  it.each(rows)('%s', async (_, tampering, firstBad) => {
    // Only the server's administrator can: the triggers refuse everybody else.
    const mine = tampering.replace('where', `where tenant_id = ${people.tenantId} and`);
    await asAdministrator(
      app.server,
      `set session_replication_role = replica; ${mine.includes('case') ? reorder(mine) : mine}`,
    );
    expect(await verify()).toBe(firstBad);
  });
});

/** Swapping two key values passes through a third. */
function reorder(swap: string): string {
  const where = swap.slice(swap.indexOf('where'));
  return `update audit_entry set number = number + 100 ${where};
    update audit_entry set number = case number when 101 then 2 else 1 end where tenant_id = ${people.tenantId} and number in (101, 102)`;
}
