/** Opening and closing Kanade (起動と停止) on a machine where it never ran. */
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createTenant, tenants } from '#runtime/access/tenants.ts';
import { closeApp, openApp } from '#runtime/app.ts';
import type { Server } from '#runtime/db/connection.ts';
import { asAdministrator } from '../../support/administrator.ts';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'kanade-open-'));
  chmodSync(home, 0o711);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const operator = { code: 'x', name: { ja: '事業者', en: 'Operator' }, zone: 'Asia/Tokyo', legalEntities: [] };

it('without DATABASE_URL starts its own database, migrated and empty, and leaves nothing running', async () => {
  const app = await openApp({ dataDirectory: home, environment: {} });
  expect(await tenants(app)).toEqual([]);
  const id = await createTenant(app, operator);
  await closeApp(app);
  expect(existsSync(join(home, 'postgres', 'postmaster.pid'))).toBe(false);

  const again = await openApp({ dataDirectory: home, environment: {} });
  expect(await tenants(again)).toMatchObject([{ id, code: 'x', name: operator.name }]);
  await closeApp(again);
});

it('keeps its secrets where only its own account can read them', () => {
  const keys = join(home, 'keys');
  expect(statSync(keys).mode & 0o777).toBe(0o700);
  expect(readdirSync(keys).toSorted()).toEqual(['session-secret', 'signing-key.pem']);
  for (const name of readdirSync(keys)) expect(statSync(join(keys, name)).mode & 0o777).toBe(0o600);
});

it('with DATABASE_URL makes the database there when it is missing', async ({ skip }) => {
  const template = inject('template');
  skip(template.host.startsWith('/') && template.roles === 'sign-in', 'the tests run on the embedded server');
  const database = `kanade_test_${crypto.randomUUID().slice(0, 8)}`;
  const { user, password = '', host, port } = template;
  const databaseUrl = `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
  const app = await openApp({ dataDirectory: home, databaseUrl, environment: {} });
  expect(await tenants(app)).toEqual([]);
  await closeApp(app);
  await asAdministrator({ ...template, database: 'postgres' } satisfies Server, `drop database ${database}`);
});
