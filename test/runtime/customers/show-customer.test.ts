/** What an operator sees of a customer: contracts on a timeline, bills, usage, the rules that hold, and the price of leaving (顧客照会). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockOf } from '#runtime/clock/clock.ts';
import { withCycle } from '#runtime/db/scope.ts';
import { showCustomer, type CustomerShown } from '#runtime/services/show-customer.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { billed, households, TODAY } from '../../support/households.ts';
import { mobileOperator } from '../../support/operators.ts';
import type { People } from '../../support/people.ts';

let app: TestApp;
let people: People;
let takahashi: CustomerShown;
beforeAll(async () => {
  app = await testApp({ clock: clockOf(() => TODAY) });
  people = await mobileOperator(app, households);
  await billed(app, people, '2026-09');
  await billed(app, people, '2026-10');
  await withCycle(app, (tx) =>
    tx.sql(
      `insert into usage_record (tenant_id, shard, event_key, group_id, product_id, meter, started_at, quantity, attributes, file_id, line_number)
       select g.tenant_id, g.shard, 'use-' || n, g.id, 'P-1-1', 'voice.seconds', timestamp '2026-10-30' + n * interval '1 day', 60.5, '{}', gen_random_uuid(), n
       from billing_group g, generate_series(0, 4) n where g.tenant_id = $1 and g.id = 'G-000001'`,
      [people.tenantId],
    ),
  );
  takahashi = await show('C-000001');
}, 180_000);
afterAll(() => app.close());

const show = (customerId: string): Promise<CustomerShown> => showCustomer(app, people.operator, { customerId });

describe('a household with a term and a set', () => {
  it('is active since its first day of service, with its account and how it is billed', () => {
    expect(takahashi).toMatchObject({
      id: 'C-000001',
      name: '高橋 花子',
      state: 'active',
      since: '2026-02-01',
      today: '2026-11-25',
      release: 1,
    });
    expect(takahashi.accounts).toMatchObject([
      {
        id: 'A-000001',
        settings: [{ from: '2026-02-01', to: null, billingCycle: 'month-end', billToName: '高橋 花子' }],
      },
    ]);
    expect(takahashi.billed).toMatchObject([
      { accounts: ['A-000001'], legalEntity: 'kanade-mobile', currency: 'JPY', problem: null },
    ]);
  });

  it('has a lane for each product, with its term and its campaigns', () => {
    const [phone, internet] = takahashi.lanes;
    expect(phone).toMatchObject({
      ...{
        product: 'P-1-1',
        service: 'mobile',
        state: 'active',
        startsOn: '2026-02-01',
        endsOn: null,
        corrected: false,
      },
      name: { ja: 'スマホ M（2 年契約）' },
      identifiers: [{ identifier: '07012340001' }],
      stretches: [
        {
          from: '2026-02-01',
          to: null,
          offering: 'smartphone-m-two-year',
          plan: { id: 'smartphone-m-two-year', version: 1 },
        },
      ],
      changes: [{ on: '2026-02-01', sentence: { code: 'contract.started', values: { event: 'new' } } }],
      terms: [{ id: 'two-year', from: '2026-02-01', to: '2028-02-01', in: 'term' }],
    });
    // Signed up before the window of the mobile campaign; internet is half price for six months from September.
    expect(phone!.campaigns).toEqual([]);
    expect(internet!.campaigns).toMatchObject([
      { id: 'new-life-half-price', from: '2026-09-01', to: '2027-03-01', monthsLeft: 4 },
    ]);
  });

  it('shows the rules that hold: plans, campaigns with months left, the complete set', () => {
    const { plans, campaigns, tenure, sets, terms } = takahashi.billed[0]!.rules!;
    expect(plans.map(({ product, rule }) => [product, rule.id, rule.version])).toEqual([
      ['P-1-1', 'smartphone-m-two-year', 1],
      ['P-1-2', 'home-internet', 3],
    ]);
    expect(campaigns).toMatchObject([
      { product: 'P-1-2', rule: { kind: 'campaign', id: 'new-life-half-price' }, to: '2027-03-01', monthsLeft: 4 },
    ]);
    expect(tenure).toEqual([]);
    expect(sets).toMatchObject([
      { rule: { id: 'mobile-internet-set' }, complete: true, missing: { services: [], offerings: [] } },
    ]);
    expect(terms).toMatchObject([
      { product: 'P-1-1', rule: { id: 'two-year' }, in: 'term', startedOn: '2026-02-01', lastDay: '2028-01-31' },
    ]);
  });

  it('would owe a month’s fee less the set discount, 2,700 − 500, for leaving the term today, and nothing for the internet', () => {
    const { leaving } = takahashi.billed[0]!.rules!;
    expect(leaving).toMatchObject([
      {
        product: 'P-1-1',
        lastDay: '2026-11-25',
        amount: '2200',
        currency: 'JPY',
        lines: [{ amount: '2200', rule: 'penalty/two-year-cancellation' }],
      },
      { product: 'P-1-2', amount: '0', lines: [] },
    ]);
  });

  it('has its bills, the newest first, and its usage by month', () => {
    // October: 2,700 − 500, internet 4,800 ÷ 2; 4,600 and 10 % tax.
    expect(takahashi.bills).toMatchObject([
      {
        month: '2026-10',
        account: 'A-000001',
        number: expect.stringMatching(/^202610-0/),
        cycleState: 'closed',
        net: '4600',
        tax: '460',
        total: '5060',
        currency: 'JPY',
      },
      { month: '2026-09' },
    ]);
    expect(takahashi.usage).toEqual([
      { month: '2026-10', meter: 'voice.seconds', quantity: '121', records: 2 },
      { month: '2026-11', meter: 'voice.seconds', quantity: '181.5', records: 3 },
    ]);
  });
});

describe('what befell a contract', () => {
  it('stands on its lane: another offering, under another plan', async () => {
    const { lanes } = await show('C-000003');
    expect(lanes[0]!.stretches).toMatchObject([
      { from: '2025-06-01', to: '2026-11-01', offering: 'smartphone-s', plan: { version: 1 }, boundBy: 'grandfather' },
      {
        from: '2026-11-01',
        to: null,
        offering: 'smartphone-l',
        plan: { id: 'smartphone-l', version: 1 },
        boundBy: 'order',
      },
    ]);
    expect(lanes[0]!.changes[1]).toMatchObject({
      on: '2026-11-01',
      sentence: { code: 'contract.offering', values: { after: { en: 'Smartphone L' } } },
    });
  });

  it('has earned its tenure: second year, five percent, the next step in the fifth', async () => {
    const { billed: together } = await show('C-000003');
    expect(together[0]!.rules!.tenure).toMatchObject([
      { product: 'P-3-1', year: 2, effect: { op: 'percentOff', percent: '5' }, nextYear: 5 },
    ]);
  });

  it('is over, with the reason, and owes nothing for leaving', async () => {
    const { state, lanes, billed: together } = await show('C-000002');
    expect(state).toBe('ended');
    expect(lanes).toMatchObject([{ state: 'ended', endsOn: '2026-11-01', endReason: 'customer-request' }]);
    expect(lanes[0]!.changes.at(-1)).toMatchObject({
      on: '2026-11-01',
      sentence: { code: 'contract.ended', values: { kind: 'customerRequest' } },
    });
    expect(together[0]!.rules).toMatchObject({ plans: [], leaving: [] });
  });
});

describe('the page', () => {
  it('is refused for a number that nobody has, for another tenant’s, and to who has no business with customers', async () => {
    await expect(show('C-999999')).rejects.toMatchObject({ code: 'customer-unknown', status: 404 });
    const others = await mobileOperator(app, []);
    await expect(showCustomer(app, others.operator, { customerId: 'C-000001' })).rejects.toMatchObject({
      code: 'customer-unknown',
    });
    await expect(showCustomer(app, people.productManager, { customerId: 'C-000001' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('names what has to be put right where a customer cannot be billed', async () => {
    await withCycle(app, (tx) =>
      tx.sql(
        `insert into product_history (tenant_id, shard, product_id, valid_from, offering, status)
         select tenant_id, shard, id, '2027-01-01', 'data-sim', 'active' from product where tenant_id = $1 and id = 'P-2-1'`,
        [people.tenantId],
      ),
    );
    const { billed: together, bills } = await show('C-000002');
    expect(together).toMatchObject([{ rules: null, problem: { code: 'product-history-broken' } }]);
    expect(bills).toHaveLength(2);
  });
});
