/** The mapper's entities and the migrations' tables say the same of every column. What is beyond columns, the SQL alone says. */
import type { Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entities } from '#runtime/db/entities/index.ts';
import { connectionAs, openPool } from '#runtime/db/connection.ts';
import { testApp, type TestApp } from '../../support/database.ts';

/** Set-based SQL only: a cycle reads and writes these by the thousand. A new table is added here, or gets an entity. */
const withoutEntity = [
  'adjustment',
  'audit_head',
  'bill',
  'bill_document',
  'bill_line',
  'billing_state',
  'campaign_grant',
  'chunk',
  'concession',
  'coupon_batch',
  'coupon_code',
  'credit_note',
  'credit_request',
  'customer_standing',
  'customer_word',
  'cycle',
  'cycle_charge',
  'cycle_run',
  'cycle_total',
  'mikro_orm_migrations',
  'negotiated_price',
  'number_series',
  'product_identifier',
  'product_order',
  'quarantine',
  'usage_file',
  'usage_key',
  'usage_record',
  'usage_reject',
];

type Column = { name: string; type: string; nullable: boolean; primary: boolean };

let app: TestApp;
let owner: Pool;
beforeAll(async () => {
  app = await testApp();
  owner = openPool(connectionAs(app.server, 'kanade_owner'), 1);
});
afterAll(async () => {
  await owner.end();
  await app.close();
});

async function asOwner<Row extends object>(text: string, parameters: unknown[] = []): Promise<Row[]> {
  return (await owner.query<Row>(text, parameters)).rows;
}

it('every table has an entity or a reason to have none', async () => {
  const tables = await asOwner<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  );
  const known = [...entities.map(({ tableName }) => tableName), ...withoutEntity];
  expect(tables.map(({ name }) => name)).toEqual(known.toSorted());
});

it.each(entities.map(({ name }) => name))('%s has the columns of its table', async (name) => {
  const meta = app.orm.getMetadata().getByClassName(name as never);
  const mapped = meta.props.filter(({ fieldNames }) => fieldNames !== undefined);
  const said = await Promise.all(
    mapped.map(async (prop): Promise<Column> => {
      const [known] = await asOwner<{ type: string }>('select to_regtype($1)::text as type', [
        // A serial is the mapper's word for an integer that counts by itself.
        prop.columnTypes[0]?.replace('serial', 'int'),
      ]);
      return {
        name: prop.fieldNames[0]!,
        type: known!.type,
        nullable: prop.nullable === true,
        primary: prop.primary === true,
      };
    }),
  );
  const there = await asOwner<Column>(
    `select a.attname as name, a.atttypid::regtype::text as type, not a.attnotnull as nullable,
            coalesce(a.attnum = any(i.indkey), false) as primary
     from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped`,
    [meta.tableName],
  );
  const byName = (a: Column, b: Column): number => (a.name < b.name ? -1 : 1);
  expect(said.toSorted(byName)).toEqual(there.toSorted(byName));
});
