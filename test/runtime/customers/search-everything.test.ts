/** One field finds customers, bills, rulesets, pages and things to do, of each what one may see (横断検索). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Role } from '#runtime/access/actor.ts';
import { clockOf } from '#runtime/clock/clock.ts';
import { searchEverything, type Found } from '#runtime/services/search-everything.ts';
import { places } from '#runtime/services/search-everything-places.ts';
import { words } from '#schemas/messages/render.ts';
import { locales } from '#schemas/messages/words.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { billed, households, TODAY } from '../../support/households.ts';
import { mobileOperator } from '../../support/operators.ts';
import type { People } from '../../support/people.ts';

let app: TestApp;
let people: People;
beforeAll(async () => {
  app = await testApp({ clock: clockOf(() => TODAY) });
  people = await mobileOperator(app, households);
  await billed(app, people, '2026-10');
}, 120_000);
afterAll(() => app.close());

const search = (query: string, role: Role = 'operator'): Promise<Found> =>
  searchEverything(app, people[role], { query });

it('finds a customer by name and by telephone number', async () => {
  for (const query of ['たかはし', '070-1234-0001']) {
    const { customers } = await search(query);
    expect(customers).toEqual([
      { id: 'C-000001', name: '高橋 花子', kana: 'タカハシ ハナコ', state: 'active', identifiers: ['07012340001'] },
    ]);
  }
});

it('finds bills by the beginning of their number, in its order', async () => {
  const { bills } = await search('202610-');
  expect(bills.map(({ number }) => number)).toEqual([
    '202610-000001',
    '202610-000002',
    '202610-000003',
    '202610-000004',
  ]);
  expect((await search('202610-000002')).bills).toMatchObject([{ month: '2026-10', currency: 'JPY' }]);
});

it('finds a ruleset by either name or its id, in its latest version', async () => {
  for (const query of ['長期ご利用', 'LOYALTY', 'mobile-tenure']) {
    expect((await search(query)).rulesets).toMatchObject([{ kind: 'tenureDiscount', id: 'mobile-tenure', version: 1 }]);
  }
});

it('finds pages and actions by what else they are called, in either language', async () => {
  expect((await search('請求書')).pages).toEqual([{ code: 'bills' }]);
  expect((await search('upload')).actions).toEqual([{ code: 'import-usage' }]);
});

it('gives places alone for an empty question', async () => {
  expect(await search(' ')).toMatchObject({
    customers: [],
    bills: [],
    rulesets: [],
    pages: [{ code: 'home' }, {}, {}, {}, {}],
  });
});

it.each([
  ['productManager', true, false],
  ['billingManager', true, true],
  ['administrator', false, false],
] as const)('shows the %s customers: %s, bills: %s', async (role, seesCustomers, seesBills) => {
  const [customers, bills] = [(await search('高橋', role)).customers, (await search('202610', role)).bills];
  expect([customers.length > 0, bills.length > 0]).toEqual([seesCustomers, seesBills]);
});

it('has words for every place in both languages', () => {
  const missing = locales.flatMap((locale) =>
    places.flatMap(({ code }) => [`place.${code}`, `place.${code}.also`].filter((key) => !words(locale).has(key))),
  );
  expect(missing).toEqual([]);
});
