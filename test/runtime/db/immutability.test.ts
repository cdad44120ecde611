/** What is published, closed or on record never changes again, whichever database role asks (改変の禁止). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseRole } from '#runtime/db/connection.ts';
import { record } from '#runtime/audit/audit.ts';
import { withCycle, withScope, type SqlRunner } from '#runtime/db/scope.ts';
import { asAdministrator } from '../../support/administrator.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { tenantWithPeople, type People } from '../../support/people.ts';

const OPEN = '00000000-0000-4000-8000-000000000001';
const CLOSED = '00000000-0000-4000-8000-000000000002';
const ROLES = ['kanade_app', 'kanade_cycle', 'administrator'] as const;

let app: TestApp;
let people: People;
beforeAll(async () => {
  app = await testApp();
  people = await tenantWithPeople(app);
  const { tenantId, approver } = people;
  await withScope(app, approver, async (tx) => {
    await record(tx, approver, { action: 'release.published', object: 'release/1' });
    const by = [tenantId, approver.personId];
    await tx.sql(
      `insert into ruleset_version (tenant_id, kind, id, version, hash, document, effective_from, published_by, published_at)
       values ($1, 'tax', 'jp', 1, 'h', '{}', '2026-04-01', $2, now())`,
      by,
    );
    await tx.sql(
      `insert into release (tenant_id, number, hash, signature, key_id, published_by, published_at) values ($1, 1, 'h', 's', 'k', $2, now())`,
      by,
    );
    await tx.sql(
      `insert into release_item (tenant_id, release_number, kind, id, version, hash) values ($1, 1, 'tax', 'jp', 1, 'h')`,
      [tenantId],
    );
  });
  await withCycle(app, async (tx) => {
    for (const [id, month] of [
      [OPEN, '2026-05'],
      [CLOSED, '2026-04'],
    ] as const)
      await billedCycle(tx, id, month);
    for (const fact of facts) await tx.sql(fact.insert, [tenantId]);
    await tx.sql(`update cycle set state = 'closed' where id = $1`, [CLOSED]);
  });
});
afterAll(() => app.close());

async function billedCycle(tx: SqlRunner, id: string, month: string): Promise<void> {
  const mine = [people.tenantId, id];
  await tx.sql(
    `insert into cycle (tenant_id, id, legal_entity_id, billing_cycle, month, period_start, period_end, state, known_at, release_number, build, opened_by, opened_at)
     values ($1, $2, 'main', 'month-end', $3, '2026-04-01', '2026-05-01', 'rating', 1, 1, 'b', $4, now())`,
    [...mine, month, people.operator.personId],
  );
  for (const row of rowsOfCycle) await tx.sql(row.insert(month), mine);
}

const rowsOfCycle: { table: string; set: string; insert: (label: string) => string }[] = [
  {
    table: 'chunk',
    set: 'attempts = 9',
    insert: (label) =>
      `insert into chunk (tenant_id, shard, cycle_id, number, from_hash, to_hash, groups) values ($1, 3, $2, ${numberOf(label)}, 0, 9, 1)`,
  },
  {
    table: 'bill',
    set: 'total_minor = 0',
    insert: (label) =>
      `insert into bill (tenant_id, shard, id, cycle_id, chunk_number, group_id, account_id, period_start, period_end, kind, currency, due_on, net_minor, tax_minor, total_minor, line_count, body, digest)
       values ($1, 3, 'a/${label}', $2, 0, 'g', 'a-${label}', '2026-04-01', '2026-05-01', 'regular', 'JPY', '2026-05-31', 100, 10, 110, 1, '{}', 'd')`,
  },
  {
    table: 'bill_line',
    set: 'amount_minor = 0',
    insert: (label) =>
      `insert into bill_line (tenant_id, shard, bill_id, line_id, cycle_id, charge, phase, ruleset, version, row, service_start, service_end, quantity, amount_minor, tax_category)
       values ($1, 3, 'a/${label}', '1', $2, 'basic', 'list', 'ratePlan/p', 1, 'basic', '2026-04-01', '2026-05-01', 1, 100, 'standard')`,
  },
  {
    table: 'billing_state',
    set: `state = '[]'`,
    insert: (label) =>
      `insert into billing_state (tenant_id, shard, group_id, cycle_id, chunk_number, state) values ($1, 3, 'g-${label}', $2, 0, '{}')`,
  },
  {
    table: 'bill_document',
    set: `bill_to_name = 'x'`,
    insert: (label) =>
      `insert into bill_document (tenant_id, shard, bill_id, cycle_id, legal_entity_id, number, bill_to_name, bill_to_address, issued_on)
       values ($1, 3, 'a/${label}', $2, 'main', 'N-${label}', '山田', '東京', '2026-05-01')`,
  },
  {
    table: 'quarantine',
    set: `code = 'x'`,
    insert: (label) =>
      `insert into quarantine (tenant_id, shard, cycle_id, chunk_number, group_id, code, details, input) values ($1, 3, $2, 0, 'q-${label}', 'c', '{}', '{}')`,
  },
];

const facts = [
  {
    table: 'product_history',
    set: `offering = 'x'`,
    insert: `insert into product_history (tenant_id, shard, product_id, valid_from, offering, status) values ($1, 3, 'p', '2026-04-01', 'o', 'active')`,
  },
  {
    table: 'billing_account_history',
    set: `bill_to_name = 'x'`,
    insert: `insert into billing_account_history (tenant_id, shard, account_id, valid_from, legal_entity_id, billing_cycle, bill_to_name, bill_to_address)
             values ($1, 3, 'a', '2026-04-01', 'main', 'month-end', '山田', '東京')`,
  },
  {
    table: 'campaign_grant',
    set: `granted_on = '2026-01-01'`,
    insert: `insert into campaign_grant (tenant_id, shard, campaign, product_id, granted_on) values ($1, 3, 'c', 'p', '2026-04-01')`,
  },
  {
    table: 'usage_record',
    set: 'quantity = 0',
    insert: `insert into usage_record (tenant_id, shard, event_key, group_id, product_id, meter, started_at, quantity, attributes, file_id, line_number)
             values ($1, 3, 'e', 'g', 'p', 'voice', '2026-04-01T00:00:00', 1, '{}', gen_random_uuid(), 1)`,
  },
];

/** Runs one statement as a role, and undoes it: only whether it is refused matters here. */
async function attempt(role: (typeof ROLES)[number], statement: string): Promise<void> {
  if (role === 'administrator') return asAdministrator(app.server, `begin; ${statement}; rollback`);
  const undone = new Error('undone');
  const once = async (tx: SqlRunner): Promise<never> => {
    await tx.sql(statement);
    throw undone;
  };
  const run =
    role === ('kanade_app' satisfies DatabaseRole) ? withScope(app, people.administrator, once) : withCycle(app, once);
  await run.catch((error: unknown) => {
    if (error !== undone) throw error;
  });
}

const refused = /never changed|never changes|only ever gets|permission denied/;

describe.each(ROLES)('as %s', (role) => {
  it.each(['ruleset_version', 'release', 'release_item', 'audit_entry'])('%s is written once', async (table) => {
    await expect(attempt(role, `update ${table} set hash = 'x'`)).rejects.toThrow(refused);
    await expect(attempt(role, `delete from ${table}`)).rejects.toThrow(refused);
    await expect(attempt(role, `truncate ${table} cascade`)).rejects.toThrow(refused);
  });

  it.each(rowsOfCycle)('$table of a closed cycle stays as it is', async ({ table, set, insert }) => {
    await expect(attempt(role, `update ${table} set ${set} where cycle_id = '${CLOSED}'`)).rejects.toThrow(refused);
    await expect(
      attempt(role, `update ${table} set cycle_id = '${OPEN}' where cycle_id = '${CLOSED}'`),
    ).rejects.toThrow(refused);
    await expect(
      attempt(role, `update ${table} set cycle_id = '${CLOSED}' where cycle_id = '${OPEN}'`),
    ).rejects.toThrow(refused);
    await expect(attempt(role, `delete from ${table} where cycle_id = '${CLOSED}'`)).rejects.toThrow(refused);
    const late = insert('2026-09').replace('$1', String(people.tenantId)).replace('$2', `'${CLOSED}'`);
    await expect(attempt(role, late)).rejects.toThrow(refused);
    await expect(attempt(role, `truncate ${table} cascade`)).rejects.toThrow(refused);
  });

  it('a closed cycle is issued, and nothing else', async () => {
    await attempt(role, `update cycle set state = 'issued' where id = '${CLOSED}'`);
    await expect(attempt(role, `update cycle set state = 'rating' where id = '${CLOSED}'`)).rejects.toThrow(refused);
    await expect(
      attempt(role, `update cycle set state = 'issued', digest = 'x' where id = '${CLOSED}'`),
    ).rejects.toThrow(refused);
    await expect(attempt(role, `delete from cycle where id = '${CLOSED}'`)).rejects.toThrow(refused);
  });

  it('an open cycle keeps its knowledge point, release and build', async () => {
    for (const frozen of [`known_at = 2`, `release_number = 2`, `build = 'x'`, `period_end = '2026-06-01'`]) {
      await expect(attempt(role, `update cycle set ${frozen} where id = '${OPEN}'`)).rejects.toThrow(refused);
    }
    await attempt(role, `update cycle set state = 'trial' where id = '${OPEN}'`);
  });

  it.each(facts)('a row of $table gets its known_to once, and nothing else', async ({ table, set }) => {
    await attempt(role, `update ${table} set known_to = nextval('knowledge')`);
    await expect(attempt(role, `update ${table} set ${set}`)).rejects.toThrow(refused);
    await expect(attempt(role, `update ${table} set known_to = nextval('knowledge'), ${set}`)).rejects.toThrow(refused);
    await expect(
      attempt(role, `update ${table} set known_to = nextval('knowledge'); update ${table} set known_to = null`),
    ).rejects.toThrow(refused);
    await expect(attempt(role, `delete from ${table}`)).rejects.toThrow(refused);
    await expect(attempt(role, `truncate ${table}`)).rejects.toThrow(refused);
  });
});

it.each(rowsOfCycle)('$table of an open cycle may be written again by a repeated trial', async ({ table, set }) => {
  await attempt('kanade_cycle', `update ${table} set ${set} where cycle_id = '${OPEN}'`);
  await attempt('kanade_cycle', `delete from ${table} where cycle_id = '${OPEN}'`);
});

it('a chunk that is being written makes the closing wait, and a later one is refused', async () => {
  const writing = Promise.withResolvers<undefined>();
  const mayCommit = Promise.withResolvers<undefined>();
  const order: string[] = [];
  const chunk = withCycle(app, async (tx) => {
    await tx.sql(rowsOfCycle[1]!.insert('2026-07'), [people.tenantId, OPEN]);
    writing.resolve(undefined);
    await mayCommit.promise;
    order.push('chunk');
  });
  await writing.promise;
  const closing = withCycle(app, async (tx) => {
    await tx.sql(`update cycle set state = 'closed' where id = $1`, [OPEN]);
    order.push('closed');
  });
  setTimeout(() => mayCommit.resolve(undefined), 100);
  await Promise.all([chunk, closing]);
  expect(order).toEqual(['chunk', 'closed']);
  await expect(
    attempt(
      'kanade_cycle',
      rowsOfCycle[1]!.insert('2026-08').replace('$1', String(people.tenantId)).replace('$2', `'${OPEN}'`),
    ),
  ).rejects.toThrow(refused);
});

function numberOf(label: string): number {
  return Number(label.replace('-', ''));
}
