/** Signing in (ログイン): passwords, sessions, limits. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getMigrations } from 'better-auth/db/migration';
import { authOptions } from '#runtime/access/auth-options.ts';
import { handleAuthRequest } from '#runtime/access/auth.ts';
import { createPerson } from '#runtime/access/create-person.ts';
import { resolveActor } from '#runtime/access/session.ts';
import { withScope } from '#runtime/db/scope.ts';
import { confirmPerson } from '#runtime/services/confirm-person.ts';
import { signIn, signOut } from '#runtime/services/sign-in.ts';
import { listPeople } from '#runtime/services/people.ts';
import { asAdministrator } from '../../support/administrator.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { tenantWithPeople, type People } from '../../support/people.ts';

const PASSWORD = 'correct horse battery';
const EMAIL = 'hanako@example.co.jp';

let app: TestApp;
let people: People;
let personId: string;
beforeAll(async () => {
  app = await testApp();
  people = await tenantWithPeople(app);
  personId = await createPerson(app, {
    tenantId: people.tenantId,
    email: 'Hanako@Example.co.jp',
    name: '花子',
    roles: ['operator', 'billingManager'],
    password: PASSWORD,
    locale: 'en',
  });
});
afterAll(() => app.close());
beforeEach(() => asAdministrator(app.server, 'delete from auth."rateLimit"; delete from auth.session'));

const form = (cookie?: string, address = '192.0.2.1'): Request =>
  new Request('http://localhost:3000/sign-in', {
    method: 'POST',
    headers: { 'x-kanade-client-ip': address, ...(cookie === undefined ? {} : { cookie }) },
  });
const enter = async (cookie?: string, password = PASSWORD): Promise<string> => {
  const { setCookies } = await signIn(app, form(cookie), { email: EMAIL, password });
  return setCookies[0]!.split(';')[0]!;
};
const who = (cookie: string) => resolveActor(app, new Headers({ cookie, host: 'localhost:3000' }));
const sessions = async (): Promise<number> => (await app.authPool.query('select from auth.session')).rowCount ?? 0;

it('gives a session that names the person, the tenant and the roles', async () => {
  expect(await who(await enter())).toEqual({
    tenantId: people.tenantId,
    personId,
    name: '花子',
    email: EMAIL,
    locale: 'en',
    roles: ['billingManager', 'operator'],
    via: 'session',
  });
});

it('sets a cookie that scripts cannot read and other sites do not send', async () => {
  const { setCookies } = await signIn(app, form(), { email: EMAIL, password: PASSWORD });
  expect(setCookies[0]).toMatch(/^kanade\.session_token=.*HttpOnly/);
  expect(setCookies[0]).toMatch(/SameSite=Lax/);
});

it('sets a __Host- cookie for https only when people come by https', async () => {
  const behindTls = {
    ...app,
    authPool: Object.create(app.authPool) as typeof app.authPool,
    publicUrl: 'https://kanade.example',
  };
  const { setCookies } = await signIn(behindTls, form(), { email: EMAIL, password: PASSWORD });
  expect(setCookies[0]).toMatch(/^__Host-kanade\.session_token=.*Secure/);
});

it('knows nobody without a cookie, with a foreign one, or with the bare token from the table', async () => {
  const cookie = await enter();
  const { rows } = await app.authPool.query<{ token: string }>('select token from auth.session');
  expect(await resolveActor(app, new Headers({ host: 'localhost:3000' }))).toBeNull();
  expect(await who(cookie.slice(0, -4))).toBeNull();
  expect(await who(`kanade.session_token=${rows[0]!.token}`)).toBeNull();
});

it('refuses a wrong password and an unknown person alike, and puts the failure on record', async () => {
  await expect(enter(undefined, 'wrong horse battery')).rejects.toMatchObject({ code: 'sign-in-failed', status: 401 });
  await expect(signIn(app, form(), { email: 'nobody@example.co.jp', password: PASSWORD })).rejects.toMatchObject({
    code: 'sign-in-failed',
    status: 401,
  });
  const trail = await withScope(app, people.auditor, (tx) =>
    tx.sql<{ action: string }>(`select action from audit_entry where object = $1 order by number desc limit 1`, [
      `person/${personId}`,
    ]),
  );
  expect(trail).toEqual([{ action: 'person.signInFailed' }]);
});

it('confirms by the password that it is still the person, and counts wrong ones like those at the door', async () => {
  const email = 'jiro@example.co.jp';
  const person = { tenantId: people.tenantId, name: '次郎', roles: ['approver'], locale: 'ja' } as const;
  await createPerson(app, { ...person, email, password: PASSWORD });
  const { setCookies } = await signIn(app, form(), { email, password: PASSWORD });
  const headers = new Headers({ cookie: setCookies[0]!.split(';')[0]!, host: 'localhost:3000' });
  const actor = (await resolveActor(app, headers))!;
  const confirm = (password: string) => confirmPerson(app, actor, { permission: 'ruleset.approve', headers, password });
  expect(await confirm(PASSWORD)).toEqual({ ...actor, confirmed: 'password' });
  await expect(signIn(app, form(), { email, password: 'wrong' })).rejects.toMatchObject({ code: 'sign-in-failed' });
  for (let wrong = 0; wrong < 9; wrong += 1) {
    await expect(confirm('wrong horse battery')).rejects.toMatchObject({ code: 'password-wrong', status: 422 });
  }
  await expect(confirm(PASSWORD)).rejects.toMatchObject({ code: 'too-many-attempts' });
  await expect(signIn(app, form(), { email, password: PASSWORD })).rejects.toMatchObject({ code: 'too-many-attempts' });
});

it('ends the session that the browser held when somebody signs in again', async () => {
  const first = await enter();
  const second = await enter(first);
  expect(await who(first)).toBeNull();
  expect(await who(second)).not.toBeNull();
  expect(await sessions()).toBe(1);
});

it('ends the session at sign-out', async () => {
  const cookie = await enter();
  const { setCookies } = await signOut(app, form(cookie));
  expect(setCookies.join()).toMatch(/kanade\.session_token=;/);
  expect(await who(cookie)).toBeNull();
});

it('ends a session that lay idle for half an hour, and keeps one in use', async () => {
  const cookie = await enter();
  await asAdministrator(app.server, `update auth.session set "updatedAt" = now() - interval '29 minutes'`);
  expect(await who(cookie)).not.toBeNull();
  expect(await who(cookie)).not.toBeNull();
  await asAdministrator(app.server, `update auth.session set "updatedAt" = now() - interval '31 minutes'`);
  expect(await who(cookie)).toBeNull();
  expect(await sessions()).toBe(0);
});

it('knows a person who has left no more', async () => {
  const cookie = await enter();
  await asAdministrator(app.server, `update person set active = false where id = '${personId}'`);
  expect(await who(cookie)).toBeNull();
  await asAdministrator(app.server, `update person set active = true where id = '${personId}'`);
});

describe('limits guessing', () => {
  it('to five a minute from one address', async () => {
    for (let turn = 0; turn < 5; turn += 1)
      await expect(enter(undefined, 'wrong horse battery')).rejects.toMatchObject({ status: 401 });
    await expect(enter()).rejects.toMatchObject({ code: 'too-many-attempts', status: 429 });
  });

  it('to ten in a quarter of an hour for one person, from however many addresses', async () => {
    const email = 'target@example.co.jp';
    await createPerson(app, { tenantId: people.tenantId, email, name: 'T', roles: [], password: PASSWORD });
    for (let turn = 0; turn < 10; turn += 1) {
      await expect(
        signIn(app, form(undefined, `192.0.2.${turn + 10}`), { email, password: 'wrong horse battery' }),
      ).rejects.toMatchObject({ status: 401 });
    }
    await expect(signIn(app, form(undefined, '192.0.2.99'), { email, password: PASSWORD })).rejects.toMatchObject({
      code: 'too-many-attempts',
    });
  });
});

describe('the library’s own routes', () => {
  const post = (path: string, headers: Record<string, string> = {}) =>
    handleAuthRequest(
      app,
      new Request(`http://localhost:3000/api/auth${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          host: 'localhost:3000',
          'x-kanade-client-ip': '192.0.2.7',
          ...headers,
        },
        body: JSON.stringify({ email: EMAIL, password: PASSWORD, name: 'x' }),
      }),
    );

  it.each(['/sign-up/email', '/update-user', '/change-email', '/delete-user'])('%s is closed', async (path) => {
    expect((await post(path, { origin: 'http://localhost:3000' })).status).toBe(404);
  });

  it('refuse a sign-in that another site sends', async () => {
    expect((await post('/sign-in/email', { origin: 'http://evil.example' })).status).toBe(403);
    expect(await sessions()).toBe(0);
  });
});

it('says so when the page was reached by a name that nobody vouched for', async () => {
  const elsewhere = new Request('http://kanade.lan:3000/sign-in', {
    method: 'POST',
    headers: { 'x-kanade-client-ip': '192.0.2.8' },
  });
  await expect(signIn(app, elsewhere, { email: EMAIL, password: PASSWORD })).rejects.toMatchObject({
    code: 'address-unknown',
    values: { address: 'http://kanade.lan:3000' },
  });
  expect(await resolveActor(app, new Headers({ cookie: await enter(), host: 'kanade.lan:3000' }))).not.toBeNull();
});

it('takes no second person with the same address and no short password', async () => {
  const administrator = people.administrator;
  const before = await listPeople(app, administrator);
  const one = { tenantId: people.tenantId, name: 'x', roles: [] };
  await expect(createPerson(app, { ...one, email: EMAIL, password: PASSWORD })).rejects.toMatchObject({
    code: 'email-taken',
  });
  await expect(createPerson(app, { ...one, email: 'short@example.co.jp', password: 'short' })).rejects.toMatchObject({
    code: 'password-too-short',
  });
  expect(await listPeople(app, administrator)).toHaveLength(before.length);
});

it('leaves no sign-in behind when the person cannot be written', async () => {
  const attempt = createPerson(app, {
    tenantId: 999_999,
    email: 'lost@example.co.jp',
    name: 'x',
    roles: [],
    password: PASSWORD,
  });
  await expect(attempt).rejects.toThrow();
  expect((await app.authPool.query(`select from auth."user" where email = 'lost@example.co.jp'`)).rowCount).toBe(0);
});

it('has exactly the tables that the library expects', async () => {
  const expected = await getMigrations(
    authOptions(app.authPool, 'x'.repeat(32), undefined) as never,
    { throwOnUnsafe: false } as never,
  );
  expect({ created: expected.toBeCreated, added: expected.toBeAdded }).toEqual({ created: [], added: [] });
});
