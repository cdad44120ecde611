/** What a change does to cases and to real customers (影響額の比較): the engine's own bills, before and after. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ComparisonProgress } from '#runtime/changes/compare.ts';
import { chooseCustomers } from '#runtime/changes/chosen-customers.ts';
import { withCycle } from '#runtime/db/scope.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { compareDraft } from '#runtime/services/compare-draft.ts';
import { saveCase } from '#runtime/services/save-case.ts';
import { saveDraft } from '#runtime/services/save-draft.ts';
import { showDraft } from '#runtime/services/show-draft.ts';
import { startDraft } from '#runtime/services/start-draft.ts';
import { readCaseFiles } from '#runtime/catalogue/case-files.ts';
import { readRulesetFiles } from '#runtime/catalogue/ruleset-files.ts';
import { clockOf } from '#runtime/clock/clock.ts';
import { monthShowing } from '#runtime/changes/month-shown.ts';
import { rulesetFolder } from '#runtime/demo/shipped-files.ts';
import { publishRulesets } from '#runtime/services/publish-rulesets.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { mobileOperator, subscriber } from '../../support/operators.ts';
import type { People } from '../../support/people.ts';

let app: TestApp;
let people: People;
let author: Actor;
beforeAll(async () => {
  app = await testApp({ clock: clockOf(() => new Date('2026-11-25T03:00:00Z')) });
  const holders = Array.from({ length: 25 }, (_, n) =>
    subscriber(`1${String(n).padStart(4, '0')}`, { offering: 'smartphone-m' }),
  );
  people = await mobileOperator(app, [
    ...holders,
    ...['20001', '20002'].map((number) => subscriber(number, { offering: 'data-sim' })),
    ...['20003', '20004'].map((number) => subscriber(number, { offering: 'data-sim', from: '2026-11-10' })),
    ...[
      ['30001', '2026-03-11'],
      ['30002', '2025-12-16'],
    ].map(([number, from]) => subscriber(number!, { offering: 'data-sim-yearly', from: from!, ratePlanVersion: 1 })),
  ]);
  author = people.productManager;
});
afterAll(() => app.close());

/** A draft of the published ruleset, with `change` done to its text. */
async function drafted(
  kind: 'ratePlan' | 'fileFormat',
  id: string,
  change: (text: string) => string,
  from = '2026-12-01',
) {
  const { draftId } = await startDraft(app, author, { kind, id, from });
  const { text } = await showDraft(app, author, { draftId });
  const changed = change(text.replace('"reason": ""', '"reason": "Prices of energy."'));
  const { revision } = await saveDraft(app, author, { draftId, revision: 1, text: changed });
  return { draftId, revision };
}

describe('a dearer plan', () => {
  it('is told with its differences, on twenty of its customers, always the same, and on all cases', async () => {
    // The cases that ship beside the rulesets come with them.
    const folder = rulesetFolder('kanade-mobile');
    const published = await publishRulesets(app, people.approver, {
      rulesets: readRulesetFiles(folder),
      cases: readCaseFiles(folder),
    });
    expect(published).toMatchObject({ release: { added: [] } });

    const draft = await drafted('ratePlan', 'smartphone-m', (text) =>
      text.replace('"price": "4200"', '"price": "4400"'),
    );
    const heard: ComparisonProgress[] = [];
    const told = await compareDraft(app, people.approver, { ...draft, told: (progress) => heard.push(progress) });
    // Nothing yet, then the twenty customers, then the cases.
    const of = told.amounts!.cases.length + told.amounts!.elsewhere.compared;
    expect(heard[0]).toEqual({ customers: { done: 0, of: 20 }, cases: { done: 0, of } });
    expect(heard.at(-1)).toEqual({ customers: { done: 20, of: 20 }, cases: { done: of, of } });
    expect(heard.length).toBeGreaterThan(2);
    expect(heard.filter(({ customers, cases }) => cases.done > 0 && customers.done < 20)).toEqual([]);
    expect(
      told.differences?.map(({ at, place, sentence }) => [
        at.after,
        place.map(({ en }) => en).join(' › '),
        sentence.values,
      ]),
    ).toEqual([
      ['/version', 'Version', { before: '1', after: '2' }],
      ['/effective/from', 'In force › From', { before: expect.any(String) as string, after: '2026-12-01' }],
      ['/reason', 'Reason', { before: expect.any(String) as string, after: 'Prices of energy.' }],
      ['/body/charges/1/price', 'Charges › Basic fee › Price a month', { before: '4200', after: '4400' }],
    ]);
    expect(told).toMatchObject({
      against: 1,
      currentVersion: 1, // No case of this plan calls abroad.
      diagnostics: [{ code: 'rows-not-tried', source: 'draft', values: { rows: 'international-call' } }],
      caseDifferences: [],
    });
    const { customers, chosen, cases, elsewhere } = told.amounts!;
    expect(chosen).toBe('touched');
    expect(customers).toHaveLength(20);
    expect(customers.every(({ groupId }) => groupId.startsWith('G-1'))).toBe(true);
    const [first] = customers;
    // November is next to be billed; December is the first month in which the change can show. 200 yen and tax: 220.
    expect(first).toMatchObject({
      month: '2026-12',
      problem: null,
      amounts: { currency: 'JPY', difference: '220', problems: {} },
    });
    const base = first?.amounts?.lines.find(({ charge }) => charge === 'base');
    expect(base).toMatchObject({
      ...{ before: '4200', after: '4400', difference: '200' },
      rows: [{ ruleset: 'ratePlan/smartphone-m', version: 2, row: '/body/charges/1' }],
    });
    expect(cases.length).toBeGreaterThan(0);
    // Its cases are of months before the change: none comes out otherwise.
    expect(cases.every(({ difference }) => difference === '0')).toBe(true);
    expect(elsewhere.compared).toBeGreaterThan(20);
    // Two cases of other rulesets speak of a December: they come out otherwise.
    expect(elsewhere.changed.map(({ ruleset, difference }) => [ruleset, difference])).toEqual([
      ['billingCycle/twentieth', '220'],
      ['bundleDiscount/mobile-internet-set', '220'],
    ]);
    const again = await compareDraft(app, people.approver, draft);
    expect(again.amounts?.customers.map(({ groupId }) => groupId)).toEqual(customers.map(({ groupId }) => groupId));
  });

  it('shows on the cases of others when it reaches back, and on a case of its own that is saved', async () => {
    const draft = await drafted(
      'ratePlan',
      'smartphone-m',
      (text) => text.replace('"price": "4200"', '"price": "4400"'),
      '2026-04-01',
    );
    const [shipped] = (await showDraft(app, author, draft)).cases;
    const added = JSON.stringify({ ...shipped?.document, it: { ja: '別のケース', en: 'another case' } });
    const { caseId } = await saveCase(app, author, { ...draft, text: added });
    const { amounts, caseDifferences } = await compareDraft(app, people.approver, { ...draft, customers: 1 });
    expect(caseDifferences).toMatchObject([{ change: 'added', after: { id: caseId } }]);
    expect(amounts?.cases.at(-1)).toMatchObject({
      id: caseId,
      it: { en: 'another case' },
      ruleset: 'ratePlan/smartphone-m',
    });
    expect(amounts?.elsewhere.changed.map(({ ruleset }) => ruleset)).toContain('campaign/half-price-two-months');
    expect(amounts?.customers).toHaveLength(1);
  });

  it('is compared with no amounts while it cannot be read', async () => {
    const { draftId } = await drafted('ratePlan', 'smartphone-m', () => '{');
    expect(await compareDraft(app, people.approver, { draftId })).toMatchObject({
      differences: null,
      amounts: null,
      diagnostics: [{ code: 'malformed-json' }],
    });
    const unsound = await drafted('ratePlan', 'smartphone-m', (text) =>
      text.replace('"price": "4200"', '"price": "abc"'),
    );
    const told = await compareDraft(app, people.approver, unsound);
    expect(told.amounts).toBeNull();
    expect(told.differences?.map(({ at }) => at.after)).toContain('/body/charges/1/price');
  });
});

it('takes first whom a campaign is for: those who ordered in its window', async () => {
  const wanted = { offerings: new Set(['data-sim']), from: '2026-11-26', count: 3 };
  const chosen = async (window?: { from: string; to: string | null }): Promise<string[]> => {
    const { groups } = await withCycle(app, (tx) => chooseCustomers(tx, author.tenantId, { ...wanted, window }));
    return groups.map(({ customer }) => customer);
  };
  const ordered = await chosen({ from: '2026-11-01', to: null });
  expect(ordered.slice(0, 2).toSorted()).toEqual(['C-20003', 'C-20004']);
  expect(ordered).toHaveLength(3);
  expect(await chosen({ from: '2026-11-01', to: '2026-11-10' })).toEqual(await chosen());
});

it('shows each customer on the bill of the month in which the term renews', async () => {
  const envelope = { version: 1, name: { ja: '年契約', en: 'Yearly' }, effective: { from: '2024-04-01', to: null } };
  const body = { service: 'mobile', ratePlan: 'data-sim', sales: { from: '2024-04-01', to: null }, term: 'yearly' };
  const sold = [
    {
      kind: 'term',
      id: 'yearly',
      ...envelope,
      reason: 'Renews.',
      body: { months: 12, renewal: 'sameTerm', graceMonths: 0 },
    },
    { kind: 'offering', id: 'data-sim-yearly', ...envelope, reason: 'By the year.', body },
  ];
  const files = sold.map((one) => ({ source: `${one.kind}/${one.id}/v1.json`, text: JSON.stringify(one) }));
  await publishRulesets(app, people.approver, {
    rulesets: [...readRulesetFiles(rulesetFolder('kanade-mobile')), ...files],
  });
  const draft = await drafted('ratePlan', 'data-sim', (text) =>
    text.replace('"reason"', '"existing": { "mode": "onRenewal" },\n  "reason"'),
  );
  const { amounts, diagnostics } = await compareDraft(app, people.approver, draft);
  expect(diagnostics).toEqual([]);
  const months = Object.fromEntries(amounts!.customers.map(({ groupId, month }) => [groupId, month]));
  // Others of the plan have no term: they would never show it, and show the month in which it begins.
  expect(months).toMatchObject({ 'G-30001': '2027-03', 'G-30002': '2026-12', 'G-20001': '2026-12' });
});

it('takes any customers where nobody in particular is concerned', async () => {
  const [format] = readRulesetFiles(rulesetFolder('kanade-mobile')).filter(({ source }) =>
    source.includes('/fileFormat/'),
  );
  const { id } = JSON.parse(format!.text) as { id: string };
  const { amounts } = await compareDraft(app, people.approver, await drafted('fileFormat', id, (text) => text));
  expect(amounts).toMatchObject({ chosen: 'any' });
  expect(amounts?.customers).toHaveLength(20);
  expect(amounts?.customers.every((each) => each.amounts?.difference === '0')).toBe(true);
});

describe('the month to look at', () => {
  // next       closes  effective     with the next period  shows on   because
  const rows: [string, number, string, boolean, string, string][] = [
    ['2026-11', 31, '2026-04-01', false, '2026-11', 'a change that holds already shows on the next bill'],
    ['2026-11', 31, '2026-12-01', false, '2026-12', 'it shows from the month in which it begins'],
    ['2026-11', 31, '2026-12-15', true, '2027-01', 'existing customers come under it with the next whole period'],
    ['2026-11', 31, '2026-12-01', true, '2026-12', 'a period that begins with it is whole'],
    ['2026-11', 20, '2026-11-21', false, '2026-12', 'the 21st belongs to the bill of December where the 20th closes'],
    ['2026-11', 31, '9999-01-01', false, '2028-11', 'no further than two years ahead'],
  ];
  it.each(rows)(
    '%s, closing on %i, effective %s (next period: %s) is %s: %s',
    (next, closingDay, from, withNextPeriod, month) => {
      expect(monthShowing(next, closingDay, { from, withNextPeriod })).toBe(month);
    },
  );
});
