/**
 * Does a comparison of what is published tell which amounts of the cases move, on the command line as on the ruleset's page?
 * The basic fee of Smartphone M goes from 4,200 to 4,400 yen in December 2026; tax is 10 %.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readCaseFiles } from '#runtime/catalogue/case-files.ts';
import { readRulesetFiles } from '#runtime/catalogue/ruleset-files.ts';
import { diffVersions } from '#runtime/services/diff-versions.ts';
import { mintToken } from '#runtime/services/tokens.ts';
import { publishRulesets } from '#runtime/services/publish-rulesets.ts';
import type { Case, Ruleset } from '#schemas/generated/types.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { mobileOperator } from '../../support/operators.ts';
import type { People } from '../../support/people.ts';
import { kanade } from './terminal.ts';

let app: TestApp;
let people: People;
let token: string;
const plan = { kind: 'ratePlan', id: 'smartphone-m' } as const;

/** A month of the plan alone; it was joined before. */
const monthOf = (month: string, en: string, total: string): Case => ({
  it: { ja: en, en },
  given: {
    customer: { id: 'C', type: 'individual' },
    accounts: [{ id: 'A', billingCycle: 'month-end' }],
    products: [
      {
        ...{ id: 'P', account: 'A', offering: 'smartphone-m', event: 'serviceChange' },
        ...{ appliedOn: '2026-03-20', startsOn: '2026-04-01', endsOn: null },
      },
    ],
    periods: { first: month, last: month },
  },
  expect: { total },
});

beforeAll(async () => {
  app = await testApp();
  people = await mobileOperator(app, []);
  const first = JSON.parse(readFileSync('rulesets/kanade-mobile/ratePlan/smartphone-m/v1.json', 'utf8')) as Ruleset;
  const text = JSON.stringify({ ...first, version: 2, effective: { from: '2026-12-01', to: null } });
  const second = {
    ...(JSON.parse(text.replace('"price":"4200"', '"price":"4400"')) as Ruleset),
    reason: 'Prices of energy.',
    existing: { mode: 'fromDate' },
  } as Ruleset;
  const cases = [monthOf('2026-11', 'is November', '4620'), monthOf('2026-12', 'is December', '4840')];
  const published = await publishRulesets(app, people.approver, {
    rulesets: [{ source: 'v2.json', text: JSON.stringify(second) }],
    cases: [{ ...plan, text: JSON.stringify(cases) }],
  });
  expect(published).toMatchObject({ release: { number: 2 } });
  const minted = await mintToken(app, people.administrator, { person: people.auditor.email, label: 'diff', days: 1 });
  token = minted.token;
});
afterAll(() => app.close());

function environment(): NodeJS.ProcessEnv {
  const { host, port, database, user, password } = app.server;
  const query = host.startsWith('/') ? `?host=${encodeURIComponent(host)}` : '';
  const login = `${user}${password === undefined ? '' : `:${encodeURIComponent(password)}`}`;
  const address = `${host.startsWith('/') ? 'localhost' : host}:${String(port)}/${database}${query}`;
  const DATABASE_URL = `postgres://${login}@${address}`;
  return { KANADE_LANG: 'en', KANADE_DATA: inject('home'), DATABASE_URL, KANADE_TOKEN: token };
}

/** Only December moves: 4,400 less 4,200, and its tax. */
const december = {
  it: { en: 'is December' },
  ruleset: 'ratePlan/smartphone-m',
  before: { net: '4200', tax: '420', total: '4620' },
  after: { net: '4400', tax: '440', total: '4840' },
  difference: '220',
};
const sums = [{ currency: 'JPY', before: '9240', after: '9460', difference: '220' }];

describe('what is published', () => {
  it.each([
    ['two releases', 'release@1', 'release@2'],
    ['two versions', 'ratePlan/smartphone-m@1', 'ratePlan/smartphone-m@2'],
  ])('is compared by the amounts of its cases: %s', async (_what, before, after) => {
    const { exit, out, err } = await kanade(['ruleset', 'diff', before, after, '--json'], {
      environment: environment(),
    });
    expect(exit, out + err).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      changes: [{ id: 'smartphone-m', before: 1, after: 2 }],
      cases: { compared: 2, moved: [december], sums },
    });
  });

  it('reads as a sentence a case, and the sum of them all', async () => {
    const { out } = await kanade(['ruleset', 'diff', 'release@1', 'release@2'], { environment: environment() });
    expect(out).toContain('Amounts of the cases: 1 of 2 cases come out otherwise.');
    expect(out).toContain('All 2 together: ¥9,240 → ¥9,460 (¥220 more).');
    expect(out).toContain('▲ “is December”: ¥4,620 → ¥4,840 (¥220 more: Basic fee ¥4,200 → ¥4,400, tax ¥420 → ¥440).');
  });

  it('is compared on the page of the ruleset, in the order asked for', async () => {
    const { cases } = await diffVersions(app, people.auditor, { ...plan, before: 2, after: 1 });
    expect(cases).toMatchObject({
      compared: 2,
      moved: [{ it: { en: 'is December' }, difference: '-220' }],
      sums: [{ currency: 'JPY', before: '9460', after: '9240', difference: '-220' }],
    });
  });

  it('is compared by the cases of the last version where older ones have none: 3 yen a number instead of 2 from July 2025', async () => {
    const fees = 'rulesets/kanade-mobile/ratePlan/statutory-number-fees';
    await publishRulesets(app, people.approver, { rulesets: readRulesetFiles(fees), cases: readCaseFiles(fees) });
    const { cases } = await diffVersions(app, people.auditor, {
      ...{ kind: 'ratePlan', id: 'statutory-number-fees' },
      ...{ before: 1, after: 2 },
    });
    expect(cases.moved).toMatchObject([
      {
        it: { en: 'reaches numbers that were bound to version 1' },
        ruleset: 'ratePlan/statutory-number-fees',
        difference: '1',
      },
    ]);
  });
});
