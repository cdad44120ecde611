/** A token (アクセストークン) acts as a person until it expires or is revoked. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { resolveToken } from '#runtime/access/token.ts';
import { clockOf } from '#runtime/clock/clock.ts';
import { withScope } from '#runtime/db/scope.ts';
import { mintToken, revokeToken } from '#runtime/services/tokens.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { tenantWithPeople, type People } from '../../support/people.ts';

let now = new Date('2026-04-01T00:00:00Z');
let app: TestApp;
let people: People;
beforeAll(async () => {
  app = await testApp({ clock: clockOf(() => now) });
  people = await tenantWithPeople(app);
});
afterAll(() => app.close());

const mint = (days = 30) =>
  mintToken(app, people.administrator, { person: people.operator.email, label: 'nightly import', days });

it('acts as the person it was minted for', async () => {
  const { token } = await mint();
  expect(token).toMatch(/^kanade_[\w-]{43}$/);
  const { confirmed: _password, ...operator } = people.operator;
  expect(await resolveToken(app, token)).toEqual({ ...operator, via: 'token' });
});

it('is stored as its hash only', async () => {
  const { token } = await mint();
  const rows = await withScope(app, people.administrator, (tx) => tx.sql('select * from access_token'));
  expect(JSON.stringify(rows)).not.toContain(token.slice('kanade_'.length));
});

it('acts until its last moment, and not after', async () => {
  now = new Date('2026-04-01T00:00:00Z');
  const { token, expiresAt } = await mint(1);
  expect(expiresAt).toBe('2026-04-02T00:00:00.000Z');
  now = new Date('2026-04-01T23:59:59Z');
  expect(await resolveToken(app, token)).not.toBeNull();
  now = new Date('2026-04-02T00:00:00Z');
  expect(await resolveToken(app, token)).toBeNull();
});

it('acts no more once revoked, and is revoked once', async () => {
  const { token, id } = await mint();
  await revokeToken(app, people.administrator, id);
  expect(await resolveToken(app, token)).toBeNull();
  await expect(revokeToken(app, people.administrator, id)).rejects.toMatchObject({ code: 'token-unknown' });
});

it('is for the administrator alone to give, for a person that exists, for a year at most', async () => {
  await expect(
    mintToken(app, people.operator, { person: people.approver.email, label: 'x', days: 1 }),
  ).rejects.toMatchObject({ code: 'forbidden' });
  await expect(
    mintToken(app, people.administrator, { person: 'x@y.example', label: 'x', days: 1 }),
  ).rejects.toMatchObject({ code: 'person-unknown' });
  await expect(mint(367)).rejects.toMatchObject({ code: 'token-too-long' });
});

it('is not found for a text that is no token', async () => {
  expect(await resolveToken(app, 'kanade_')).toBeNull();
  expect(await resolveToken(app, 'Bearer x')).toBeNull();
});
