/** Is a customer that moves between billing cycles billed once for each month, for every day, whichever cycle it is in? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '#engine/calendar/civil-date.ts';
import { clockOf } from '#runtime/clock/clock.ts';
import { withScope } from '#runtime/db/scope.ts';
import { auditLog } from '#runtime/services/audit-log.ts';
import { closeCycle } from '#runtime/services/close-cycle.ts';
import { enterCustomer } from '#runtime/services/enter-customer.ts';
import { explainLine } from '#runtime/services/explain-line.ts';
import { listBills } from '#runtime/services/list-bills.ts';
import { moveChoices } from '#runtime/services/move-choices.ts';
import { moveCustomer } from '#runtime/services/move-customer.ts';
import { openCycle } from '#runtime/services/open-cycle.ts';
import { runCycle } from '#runtime/services/run-cycle.ts';
import { showBill } from '#runtime/services/show-bill.ts';
import { showCustomer } from '#runtime/services/show-customer.ts';
import type { Bill } from '#schemas/generated/types.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { TODAY } from '../../support/households.ts';
import { importText, mobileOperator, putRight, subscriber } from '../../support/operators.ts';
import type { People } from '../../support/people.ts';

let app: TestApp;
let people: People;
let today = TODAY;

const open = async (billingCycle: string, month: string): Promise<string> => {
  const { cycleId } = await openCycle(app, people.operator, { legalEntity: 'kanade-mobile', billingCycle, month });
  return cycleId;
};
const run = async (cycleId: string) => (await runCycle(app, people.operator, { cycleId, workers: 1 })).finished;
const billed = async (billingCycle: string, month: string): Promise<string> => {
  const cycleId = await open(billingCycle, month);
  await run(cycleId);
  await closeCycle(app, people.billingManager, { cycleId });
  return cycleId;
};
const moveTo = (number: string, billingCycle: string, month?: string) =>
  moveCustomer(app, people.operator, {
    customerId: `C-${number}`,
    move: { billingCycle, ...(month !== undefined && { month }) },
    reason: 'Asked for by the customer.',
  });
const billsOf = async (number: string, cycleId: string): Promise<{ id: string; bill: Bill }[]> => {
  const { rows } = await listBills(app, people.operator, { cycleId, account: `A-${number}` });
  return Promise.all(rows.map(({ id }) => showBill(app, people.operator, { billId: id })));
};
const shown = ({ bill: { period, lines } }: { readonly bill: Bill }) => [
  `${period.start} ${addDays(period.end, -1)}`,
  ...lines.map(({ charge, amount }) => `${charge} ${amount}`),
];

const [moves, stays, corrected] = ['00000001', '00000002', '00000003'];

beforeAll(async () => {
  app = await testApp({ clock: clockOf(() => today) });
  people = await mobileOperator(
    app,
    [moves, stays, corrected].map((number) => subscriber(number, { offering: 'smartphone-m', from: '2026-09-01' })),
  );
  await billed('month-end', '2026-10');
});
afterAll(() => app.close());

describe('a customer', () => {
  it('may move with the first month that no cycle has been opened for', async () => {
    const [twentieth, ...others] = await moveChoices(app, people.operator, { customerId: `C-${moves}` });
    expect(others).toEqual([]);
    expect(twentieth).toMatchObject({ billingCycle: 'twentieth', name: { en: 'Closing on the 20th' } });
    expect(twentieth!.months.slice(0, 2)).toEqual([
      { month: '2026-11', start: '2026-11-01', lastDay: '2026-11-20', length: 'short' },
      { month: '2026-12', start: '2026-12-01', lastDay: '2026-12-20', length: 'short' },
    ]);
  });

  it.each([
    ['into a month that is billed', 'twentieth', '2026-10', 'month-already-billed'],
    ['to the cycle it is in', 'month-end', '2026-11', 'cycle-is-the-same'],
    ['to a cycle nobody knows', 'thirtieth', '2026-11', 'billing-cycle-unknown'],
    ['to what is no month', 'twentieth', 'November', 'not-in-form'],
  ])('is not moved %s', async (_where, billingCycle, month, code) => {
    await expect(moveTo(moves, billingCycle, month)).rejects.toMatchObject({ code });
  });

  it('is not moved without the right to change customers, or without a reason', async () => {
    const move = { customerId: `C-${moves}`, move: { billingCycle: 'twentieth' }, reason: 'No.' };
    await expect(moveCustomer(app, people.auditor, move)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(moveCustomer(app, people.operator, { ...move, reason: ' ' })).rejects.toMatchObject({
      code: 'reason-missing',
    });
  });
});

describe('from month end to the 20th', () => {
  let onTwentieth: string;

  beforeAll(async () => {
    const content = [
      'record_id,msisdn,type,amount,started_at',
      `S-1,070${moves},SMS,3,20261120230000`,
      `S-2,070${moves},SMS,5,20261121010000`,
      '',
    ].join('\n');
    await importText(app, people.operator, content, { format: 'packet-and-sms' });
    await moveTo(moves, 'twentieth');
    await moveTo(corrected, 'twentieth');
    // Since October was closed: Smartphone L from the first, at 5,800 a month.
    await putRight(app, people, `P-${corrected}`, 'smartphone-l');
    onTwentieth = await billed('twentieth', '2026-11');
  });

  it('says who moved whom, from which cycle to which, and with which days', async () => {
    const { rows } = await auditLog(app, people.auditor, { action: 'customer.moved' });
    expect(rows.at(-1)?.details).toEqual({
      ...{ from: 'month-end', to: 'twentieth', accounts: `A-${moves}`, reason: 'Asked for by the customer.' },
      ...{ month: '2026-11', start: '2026-11-01', lastDay: '2026-11-20' },
    });
  });

  it('bills 20 of the 31 days from 21 October, and the uses of those days', async () => {
    expect((await billsOf(moves, onTwentieth)).map(shown)).toEqual([['2026-11-01 2026-11-20', 'base 2709', 'sms 9']]);
  });

  it('puts right the month before the move, as it was closed at month end', async () => {
    const [only] = await billsOf(corrected, onTwentieth);
    const corrections = only!.bill.lines.filter(({ why }) => why.code === 'line.correction');
    expect(corrections.map(({ servicePeriod: { start, end } }) => `${start} ${end}`)).toContain(
      '2026-10-01 2026-11-01',
    );
    // Smartphone L is dearer: 4,200 of October come off, and its own price is asked.
    expect(corrections.reduce((sum, { amount }) => sum + Number(amount), 0)).toBeGreaterThan(0);
  });

  it('leaves month end to those who stay, and computes the same bytes again', async () => {
    const monthEnd = await open('month-end', '2026-11');
    const first = await run(monthEnd);
    expect(await run(monthEnd)).toMatchObject({ digest: first!.digest, bills: 1 });
    expect(await billsOf(moves, monthEnd)).toEqual([]);
    expect((await billsOf(stays, monthEnd)).map(shown)).toEqual([['2026-11-01 2026-11-30', 'base 4200']]);
    await closeCycle(app, people.billingManager, { cycleId: monthEnd });
  });

  it('explains the short bill from what the cycle froze', async () => {
    const [{ id, bill } = { id: '', bill: undefined }] = await billsOf(moves, onTwentieth);
    const line = bill!.lines.find(({ charge }) => charge === 'base')!;
    const why = await explainLine(app, people.auditor, { billId: id, lineId: line.id });
    expect(JSON.stringify(why)).toContain('trace.period.regular');
  });

  it('is shown to be on the 20th, with contracts and rules as before', async () => {
    const { billed: together, lanes } = await showCustomer(app, people.operator, { customerId: `C-${moves}` });
    expect(together.map(({ billingCycle, problem }) => [billingCycle, problem])).toEqual([['twentieth', null]]);
    expect(lanes).toHaveLength(1);
  });
});

describe('back to month end', () => {
  it('waits until the month before is closed where the customer comes from', async () => {
    today = new Date('2027-01-05T03:00:00Z');
    expect(await moveTo(moves, 'month-end', '2027-01')).toMatchObject({ start: '2026-12-21', lastDay: '2027-01-31' });
    await billed('month-end', '2026-12');
    await expect(open('month-end', '2027-01')).rejects.toMatchObject({
      code: 'moved-from-open-cycle',
      values: { other: 'twentieth', before: '2026-12', accounts: '1' },
    });
  });

  it('bills the days that are left of December, and January; each month once, every day once', async () => {
    await billed('twentieth', '2026-12');
    const january = await billed('month-end', '2027-01');
    expect((await billsOf(moves, january)).map(shown)).toEqual([
      // 11 of the 31 days of December, 1,490.3 down.
      ['2026-12-21 2027-01-31', 'base 1490', 'base 4200'],
    ]);
    const periods = await withScope(app, people.operator, (tx) =>
      tx.sql<{ month: string; period_start: string; period_end: string }>(
        `select c.month, b.period_start, b.period_end from bill b join cycle c on c.tenant_id = b.tenant_id and c.id = b.cycle_id
         where b.account_id = $1 order by b.period_start`,
        [`A-${moves}`],
      ),
    );
    expect(periods.map(({ month }) => month)).toEqual(['2026-10', '2026-11', '2026-12', '2027-01']);
    expect(periods.slice(1).map((row) => row.period_start)).toEqual(periods.slice(0, -1).map((row) => row.period_end));
    const usage = await withScope(app, people.operator, (tx) =>
      tx.sql<{ sms: string }>(
        `select line ->> 'quantity' as sms from bill b, jsonb_array_elements(b.body::jsonb -> 'lines') line
         where b.account_id = $1 and line ->> 'charge' = 'sms' order by b.period_start`,
        [`A-${moves}`],
      ),
    );
    expect(usage.map(({ sms }) => sms)).toEqual(['3', '5']);
  });
});

it('accounts of a group that are billed apart do not move', async () => {
  const { customer } = await enterCustomer(app, people.operator, {
    customer: {
      ...{ name: '二つの口座', kana: 'フタツノコウザ', type: 'corporate' },
      account: { legalEntity: 'kanade-mobile', billingCycle: 'twentieth', billToAddress: '東京都' },
    },
    reason: 'New.',
  });
  await withScope(app, people.operator, async (tx) => {
    await tx.sql(
      `insert into billing_account (tenant_id, shard, id, group_id, customer_id)
       select tenant_id, shard, id || '-2', group_id, customer_id from billing_account where customer_id = $1`,
      [customer],
    );
    await tx.sql(
      `insert into billing_account_history (tenant_id, shard, account_id, valid_from, legal_entity_id, billing_cycle, bill_to_name, bill_to_address)
       select tenant_id, shard, account_id || '-2', valid_from, legal_entity_id, 'month-end', bill_to_name, bill_to_address
       from billing_account_history where account_id = (select min(id) from billing_account where customer_id = $1)`,
      [customer],
    );
  });
  await expect(
    moveCustomer(app, people.operator, { customerId: customer, move: { billingCycle: 'month-end' }, reason: 'No.' }),
  ).rejects.toMatchObject({ code: 'accounts-apart' });
  expect(await moveChoices(app, people.operator, { customerId: customer })).toEqual([]);
});
