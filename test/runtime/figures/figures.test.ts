/** What the business comes to, on the dashboard and in the cockpit of a cycle (ダッシュボード, 前月比較). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockOf } from '#runtime/clock/clock.ts';
import { withScope } from '#runtime/db/scope.ts';
import { addedUp, sumsOfCycles } from '#runtime/figures/cycle-charges.ts';
import { changeOf, percentOf, perHead } from '#runtime/figures/percent.ts';
import { cycleDifferences } from '#runtime/services/cycle-differences.ts';
import { dashboard } from '#runtime/services/dashboard.ts';
import { openCycle } from '#runtime/services/open-cycle.ts';
import { asAdministrator } from '../../support/administrator.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { billed, households, TODAY, tried } from '../../support/households.ts';
import { mobileOperator } from '../../support/operators.ts';
import type { People } from '../../support/people.ts';

let app: TestApp;
let people: People;
let november: string;
let october: string;
beforeAll(async () => {
  app = await testApp({ clock: clockOf(() => TODAY) });
  people = await mobileOperator(app, households);
  await billed(app, people, '2026-09');
  october = await billed(app, people, '2026-10');
  november = await tried(app, people, '2026-11');
}, 180_000);
afterAll(() => app.close());

describe('the dashboard', () => {
  it('has the closed months in order, each with what it came to', async () => {
    const { figures, today } = await dashboard(app, people.productManager);
    expect(today).toBe('2026-11-25');
    expect(figures).toMatchObject([{ currency: 'JPY', months: [{ month: '2026-09' }, { month: '2026-10' }] }]);
    // October: 4,600 + (2,700 and 2,700 for leaving the term) + (1,980 less 5 % = 1,881, and 480 for data) + 300: four customers.
    expect(figures[0]!.months[1]).toEqual({
      ...{ month: '2026-10', cycles: 1, bills: 4, customers: 4 },
      ...{ revenue: '12661', tax: '996', total: '13657', arpu: '3165' },
      ...{ discounts: '2999', termination: '2700', usage: '480', usageShare: '3.7' },
    });
    // September besides: 3,000 and 15,000 to set the internet up, no penalty.
    expect(figures[0]!.months[0]).toMatchObject({ revenue: '27961', termination: '0' });
    expect(figures[0]!.changes).toEqual({ revenue: '-54.7', customers: '0', arpu: '-54.7', discounts: '0' });
  });

  it('says which cycle waits for whom', async () => {
    const { cycles } = await dashboard(app, people.billingManager);
    expect(cycles!.waiting).toMatchObject([{ id: november, state: 'trial', next: 'close', may: true }]);
    expect(cycles!.openable).toContainEqual(
      expect.objectContaining({ legalEntity: 'kanade-mobile', billingCycle: 'twentieth', month: '2026-12', may: true }),
    );
    const { cycles: ofOperator } = await dashboard(app, people.operator);
    expect(ofOperator!.waiting).toMatchObject([{ next: 'close', may: false }]);
  });

  it('counts what is stuck', async () => {
    expect((await dashboard(app, people.auditor)).inbox).toEqual({ openRejects: 0, quarantined: 0 });
    await withScope(app, people.operator, (tx) =>
      tx.sql(
        `insert into usage_reject (tenant_id, file_id, line_number, raw, code, details) values ($1, gen_random_uuid(), 1, '', 'x', '{}')`,
        [people.tenantId],
      ),
    );
    expect((await dashboard(app, people.auditor)).inbox).toEqual({ openRejects: 1, quarantined: 0 });
  });

  it('shows what was published, with names', async () => {
    const { publications, coming } = await dashboard(app, people.approver);
    expect(publications).toMatchObject([{ release: 1, publishedBy: 'approver', versionsCount: 54 }]);
    expect(publications[0]!.versions[0]).toMatchObject({ kind: 'billingCycle', id: 'month-end', version: 1 });
    expect(coming).toEqual([]);
  });

  it('keeps cycles and usage from who may not see them, and is closed to who manages people', async () => {
    expect(await dashboard(app, people.productManager)).toMatchObject({ cycles: null, inbox: null });
    await expect(dashboard(app, people.administrator)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is the same whether a cycle’s figures were put down or have to be added up, and what is put down stays', async () => {
    const inOrder = (rows: readonly unknown[]): string[] => rows.map((row) => JSON.stringify(row)).toSorted();
    await withScope(app, people.auditor, async (tx) => {
      const stored = await tx.sql('select cycle_id from cycle_total where cycle_id = $1', [october]);
      expect(stored).toHaveLength(1);
      const [kept, added] = [
        await sumsOfCycles(tx, people.tenantId, [october]),
        await addedUp(tx, people.tenantId, [october]),
      ];
      expect(inOrder(kept.charges)).toEqual(inOrder(added.charges));
      expect(kept.totals).toEqual(added.totals);
    });
    await expect(asAdministrator(app.server, 'delete from cycle_charge')).rejects.toThrow(/never changed/);
  });
});

describe('a trial against the month before', () => {
  it('names the accounts that differ most, and the charges that make the difference', async () => {
    const { accounts, accountsDiffering, previous } = await cycleDifferences(app, people.auditor, {
      cycleId: november,
    });
    expect(previous).toEqual({ cycleId: october, month: '2026-10' });
    expect(accountsDiffering).toBe(1);
    // 1,881 and 480, tax 236; 6,480 less 5 % is 6,156 and tax 615.
    expect(accounts).toMatchObject([
      {
        account: 'A-000003',
        customer: 'C-000003',
        customerName: '佐藤 美咲',
        before: '2597',
        after: '6771',
        difference: '4174',
        percent: '160.7',
      },
    ]);
    expect(accounts[0]!.reasons).toMatchObject([
      {
        product: 'P-3-1',
        charge: 'base',
        ruleset: 'ratePlan/smartphone-l',
        before: '0',
        after: '6480',
        difference: '6480',
      },
      { charge: 'base', ruleset: 'ratePlan/smartphone-s', before: '1980', after: '0', difference: '-1980' },
      { charge: 'data', ruleset: 'ratePlan/smartphone-s', before: '480', after: '0', difference: '-480' },
    ]);
  });

  it('names who is new and who is gone', async () => {
    const { newAccounts, newAccountsCount, goneAccounts, goneAccountsCount } = await cycleDifferences(
      app,
      people.auditor,
      { cycleId: november },
    );
    // 4,200 at half price and 3,000 to begin: 5,100 and tax.
    expect([newAccountsCount, newAccounts]).toMatchObject([
      1,
      [{ account: 'A-000004', before: null, after: '5610', difference: '5610', percent: null }],
    ]);
    expect([goneAccountsCount, goneAccounts]).toMatchObject([
      1,
      [{ account: 'A-000002', before: '5670', after: null, difference: '-5670', percent: '-100' }],
    ]);
  });

  it('compares the charges and the whole', async () => {
    const { charges, bills, net, total } = await cycleDifferences(app, people.auditor, { cycleId: november });
    expect(bills).toEqual({ before: 4, after: 4 });
    expect(net).toEqual({ before: '12661', after: '16156', difference: '3495', percent: '27.6' });
    expect(total).toMatchObject({ before: '13657', after: '17771' });
    const found = charges.find(({ ruleset }) => ruleset === 'penalty/two-year-cancellation');
    expect(found).toMatchObject({
      phase: 'terminationCharges',
      name: { ja: '2 年契約の契約解除料' },
      of: null,
      before: '2700',
      after: '0',
      percent: '-100',
    });
    expect(charges[0]).toMatchObject({
      ruleset: 'ratePlan/smartphone-l',
      charge: 'base',
      name: { ja: '基本料' },
      of: { ja: 'スマホ L' },
      difference: '6480',
      percent: null,
    });
  });

  it('of the first month there is has nothing to compare, and of one that is not rated is refused', async () => {
    const { cycleId } = await openCycle(app, people.operator, {
      legalEntity: 'kanade-mobile',
      billingCycle: 'twentieth',
      month: '2026-12',
    });
    await expect(cycleDifferences(app, people.auditor, { cycleId })).rejects.toMatchObject({
      code: 'cycle-not-comparable',
    });
    await expect(cycleDifferences(app, people.productManager, { cycleId })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const others = await mobileOperator(app, households);
    const first = await tried(app, others, '2026-09');
    expect(await cycleDifferences(app, others.auditor, { cycleId: first })).toMatchObject({
      previous: null,
      accounts: [],
      charges: [],
      total: { before: null, difference: null },
    });
    await expect(cycleDifferences(app, others.auditor, { cycleId: november })).rejects.toMatchObject({
      code: 'cycle-unknown',
    });
  });
});

it.each([
  [1n, 3n, '33.3'],
  [2n, 3n, '66.7'],
  [-1n, 3n, '-33.3'],
  [5n, 0n, null],
])('%s of %s is %s percent', (part, whole, percent) => {
  expect(percentOf(part, whole)).toBe(percent);
});

it('a change is measured by what there was, and an average is whole', () => {
  expect([changeOf(90n, 100n), changeOf(0n, 100n), changeOf(5n, 0n), changeOf(50n, -100n)]).toEqual([
    '-10',
    '-100',
    null,
    '150',
  ]);
  expect([perHead(100n, 3), perHead(101n, 2), perHead(5n, 0)]).toEqual([33n, 51n, null]);
});
