/**
 * Can a month be billed from the command line alone, each step by the person who may?
 * One subscriber of Smartphone M in November 2026: 4,200 + 3 messages (9) + 21 GB (200) = 4,409, tax 440, total 4,849.
 */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { Role } from '#runtime/access/actor.ts';
import { asAdministrator } from '../../support/administrator.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { mobileOperator, subscriber } from '../../support/operators.ts';
import type { People } from '../../support/people.ts';
import { kanade, type Printed } from './terminal.ts';

let app: TestApp;
let people: People;
const tokens = new Map<Role, string>();
const folder = mkdtempSync(join(tmpdir(), 'month-'));

beforeAll(async () => {
  app = await testApp();
  people = await mobileOperator(app, [subscriber('00000001', { offering: 'smartphone-m', from: '2026-04-15' })]);
});
afterAll(() => app.close());

function installation(): NodeJS.ProcessEnv {
  const { host, port, database, user, password } = app.server;
  const query = host.startsWith('/') ? `?host=${encodeURIComponent(host)}` : '';
  const login = `${user}${password === undefined ? '' : `:${encodeURIComponent(password)}`}`;
  const DATABASE_URL = `postgres://${login}@${host.startsWith('/') ? 'localhost' : host}:${String(port)}/${database}${query}`;
  return { KANADE_LANG: 'en', KANADE_DATA: inject('home'), DATABASE_URL };
}

/** What `role` gets for typing this, with --json. */
async function as<T>(role: Role, ...typed: string[]): Promise<T> {
  const printed = await type(role, ...typed, '--json');
  expect(printed.exit, printed.out + printed.err).toBe(0);
  return JSON.parse(printed.out) as T;
}

function type(role: Role, ...typed: string[]): Promise<Printed> {
  const token = tokens.get(role);
  return kanade(typed, { environment: { ...installation(), ...(token === undefined ? {} : { KANADE_TOKEN: token }) } });
}

const errorOf = ({ out }: Printed): unknown => (JSON.parse(out) as { error: { code: string } }).error.code;

it('without a token nobody acts, and a made-up one is not believed', async () => {
  const nobody = await kanade(['cycle', 'status', '--json'], { environment: installation() });
  expect([nobody.exit, errorOf(nobody)]).toEqual([1, 'token-missing']);
  const forged = await kanade(['cycle', 'status', '--json', '--token', 'kanade_forged'], {
    environment: installation(),
  });
  expect([forged.exit, errorOf(forged)]).toEqual([1, 'token-unknown']);
});

it('on the machine itself a token is minted for a person, listed, and shown once', async () => {
  for (const role of ['approver', 'productManager', 'operator', 'billingManager', 'auditor'] as const) {
    const minted = await kanade(['token', 'mint', '--email', people[role].email, '--days', '1'], {
      environment: installation(),
    });
    expect(minted.out).toMatch(/^kanade_[\w-]{43}\n$/);
    tokens.set(role, minted.out.trim());
  }
  const { tokens: listed } = await as<{ tokens: { email: string; state: string }[] }>(
    'approver',
    'token',
    'list',
    '--email',
    people.approver.email,
  );
  expect(listed.map(({ state }) => state)).toEqual(['valid', 'valid', 'valid', 'valid', 'valid']);
  expect(JSON.stringify(listed)).not.toContain(tokens.get('approver'));
});

it('rulesets are published by the approver, once', async () => {
  const changed = join(folder, 'kanade-mobile');
  cpSync('rulesets/kanade-mobile', changed, { recursive: true });
  const again = await as<{ release: { number: number; added: unknown[] } }>('approver', 'ruleset', 'publish', changed);
  expect(again.release).toMatchObject({ number: 1, added: [] });

  const form = join(changed, 'invoiceTemplate/standard-invoice');
  const second = readFileSync(join(form, 'v1.json'), 'utf8')
    .replace('"version": 1', '"version": 2')
    .replace('"from": "2022-04-01"', '"from": "2026-12-01"');
  writeFileSync(join(form, 'v2.json'), second);
  const next = await as<{ release: { number: number; added: unknown[] } }>('approver', 'ruleset', 'publish', changed);
  expect(next.release).toMatchObject({ number: 2, added: [{ kind: 'invoiceTemplate', version: 2 }] });

  const denied = await type('operator', 'ruleset', 'publish', changed, '--json');
  expect([denied.exit, errorOf(denied)]).toEqual([1, 'forbidden']);
  expect(
    (await as<{ releases: { number: number }[] }>('auditor', 'release', 'list')).releases.map(({ number }) => number),
  ).toEqual([2, 1]);
});

it('a usage file is taken in line by line, and what is refused says why', async () => {
  const file = join(folder, 'november.csv');
  const rows = [
    '1,07000000001,SMS,3,20261105120000',
    '2,07000000001,DATA,20000001,20261110120000',
    '2,07000000001,DATA,20000001,20261110120000',
    '3,07099999999,SMS,1,20261105120000',
  ];
  writeFileSync(file, ['record_id,msisdn,type,amount,started_at', ...rows, ''].join('\n'));
  const imported = await as<Record<string, unknown>>('operator', 'usage', 'import', file, '--format', 'packet-and-sms');
  expect(imported).toMatchObject({ received: 4, accepted: 2, duplicate: 1, rejected: 1, rejects: [{ lineNumber: 5 }] });
  const again = await type('operator', 'usage', 'import', file, '--format', 'packet-and-sms', '--json');
  expect([again.exit, errorOf(again)]).toEqual([1, 'file-already-imported']);
});

it('a cycle is opened and run by one, closed by another, and its bill shown three ways', async () => {
  const { cycleId } = await as<{ cycleId: string }>(
    'operator',
    'cycle',
    'open',
    '--month',
    '2026-11',
    '--billing-cycle',
    'month-end',
    '--legal-entity',
    'kanade-mobile',
  );
  const ran = await as<{ state: string; total: string; digest: string }>(
    'operator',
    'cycle',
    'run',
    cycleId,
    '--workers',
    '1',
  );
  expect(ran).toMatchObject({ state: 'trial', total: '4849' });
  expect((await as<{ digest: string }>('operator', 'cycle', 'run', cycleId, '--workers', '2')).digest).toBe(ran.digest);

  const mine = await type('operator', 'cycle', 'close', cycleId, '--json');
  expect([mine.exit, errorOf(mine)]).toEqual([1, 'forbidden']);
  expect(await as('billingManager', 'cycle', 'close', cycleId)).toMatchObject({ bills: 1, digest: ran.digest });
  expect((await type('auditor', 'cycle', 'status')).out).toMatch(/2026-11 month-end\s+closed\s+1\s+¥4,849/);

  const { bills } = await as<{ bills: { id: string; total: string }[] }>('auditor', 'bill', 'list', '--cycle', cycleId);
  expect(bills.map(({ total }) => total)).toEqual(['4849']);
  const [{ id: billId } = { id: '' }] = bills;
  expect(await as('auditor', 'bill', 'show', billId)).toMatchObject({
    bill: { total: '4849' },
    digest: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
  });
  // Setting up is one person's; from the first cycle on a new version has an author and somebody else who approves it.
  const more = join(folder, 'kanade-mobile/invoiceTemplate/standard-invoice');
  const third = readFileSync(join(more, 'v2.json'), 'utf8').replace('"version": 2', '"version": 3');
  writeFileSync(join(more, 'v3.json'), third.replace('"from": "2026-12-01"', '"from": "2027-01-01"'));
  const alone = await type('approver', 'ruleset', 'publish', join(folder, 'kanade-mobile'), '--json');
  expect([alone.exit, JSON.parse(alone.out)]).toEqual([
    1,
    { refusal: { reason: 'needs-approval', versions: ['invoiceTemplate/standard-invoice/v3'] } },
  ]);
  const brought = await type('productManager', 'ruleset', 'import', join(folder, 'kanade-mobile'));
  expect(brought.out).toMatch(/^One draft was begun; .*\ninvoiceTemplate\/standard-invoice version 3: draft /);
  expect((await type('auditor', 'bill', 'show', billId, '--why')).out).toMatch(/4,200[\s\S]*total ¥4,849/);
  expect((await type('auditor', 'bill', 'show', billId, '--aloud')).out).toMatch(/In all you owe 4,849 yen, due on /);
  const invoice = await type('auditor', 'bill', 'show', billId, '--html');
  expect(invoice.out).toMatch(
    /^<!doctype html>[\s\S]*¥4,849[\s\S]*T1234567890123|^<!doctype html>[\s\S]*T1234567890123[\s\S]*¥4,849/,
  );
  expect(invoice.out).not.toContain('Provisional');
});

it('something is given back by two: of the closed bill, and off the next one', async () => {
  const { bills } = await as<{ bills: { id: string }[] }>('auditor', 'bill', 'list');
  const { bill } = await as<{ bill: { lines: { id: string }[] } }>('auditor', 'bill', 'show', bills[0]!.id);
  const line = `${bill.lines[0]!.id}=200`;
  const ask = ['credit', 'ask', bills[0]!.id, '--line', line, '--reason', 'outage'];
  const { creditId, total } = await as<{ creditId: string; total: string }>('operator', ...ask);
  expect(total).toBe('220');
  expect(errorOf(await type('operator', 'credit', 'issue', creditId, '--json'))).toBe('forbidden');
  expect((await type('billingManager', 'credit', 'issue', creditId)).out).toMatch(/^Credit note R\d{6}-000001 of 220 /);
  const read = (await type('auditor', 'bill', 'show', bills[0]!.id, '--aloud')).out;
  expect(read.trim().split('\n').at(-1)).toBe('In all we give back 220 yen.');
  const again = await as<{ creditId: string }>('operator', ...ask);
  await as('operator', 'credit', 'decline', again.creditId);
  expect(errorOf(await type('billingManager', 'credit', 'issue', again.creditId, '--json'))).toBe('credit-decided');
  expect(errorOf(await type('operator', 'credit', 'ask', 'B', '--line', '5', '--reason', 'r', '--json'))).toBe(
    'line-without-amount',
  );

  const file = join(folder, 'goodwill.json');
  const adjustment = {
    id: 'goodwill',
    account: 'A-00000001',
    on: '2026-12-01',
    amount: '-500',
    taxCategory: 'standard',
  };
  writeFileSync(file, JSON.stringify({ ...adjustment, name: { ja: 'おわび', en: 'Goodwill' } }));
  const enter = ['adjustment', 'enter', 'C-00000001', '--input', file, '--reason', 'outage'];
  const { concession } = await as<{ concession: string }>('operator', ...enter);
  expect((await type('auditor', 'concession', 'list', 'C-00000001')).out).toMatch(/waits\s+[0-9a-f-]{36}\s+-500/);
  await as('billingManager', 'concession', 'grant', concession);
  expect((await type('auditor', 'concession', 'list', 'C-00000001')).out).toMatch(/adjusted\s+goodwill\s+-500/);
});

it('the doctor finds signature and audit trail whole, and says so when they are not', async () => {
  const sound = await kanade(['doctor', '--json'], { environment: installation() });
  expect([sound.exit, sound.out.includes('release-holds'), sound.out.includes('audit-holds')]).toEqual([0, true, true]);
  await asAdministrator(
    app.server,
    `alter table audit_entry disable trigger all; update audit_entry set object = 'elsewhere' where number = 2; alter table audit_entry enable trigger all`,
  );
  const altered = await kanade(['doctor', '--json'], { environment: installation() });
  expect([altered.exit, altered.out.includes('audit-broken')]).toEqual([2, true]);
});

it('a revoked token opens nothing any more', async () => {
  const { tokens: listed } = await as<{ tokens: { id: string; email: string }[] }>(
    'auditor',
    'token',
    'list',
    '--email',
    people.auditor.email,
  );
  const { id = '' } = listed.find(({ email }) => email === people.auditor.email) ?? {};
  await as('auditor', 'token', 'revoke', id, '--email', people.auditor.email);
  expect(errorOf(await type('auditor', 'release', 'list', '--json'))).toBe('token-unknown');
});
