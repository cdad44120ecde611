/** Is each customer of a cycle whose closing days are their own billed for the days from anniversary to anniversary (応当日)? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '#engine/calendar/civil-date.ts';
import { publishRelease } from '#runtime/catalogue/publish-release.ts';
import { clockOf } from '#runtime/clock/clock.ts';
import { closeCycle } from '#runtime/services/close-cycle.ts';
import { listBills } from '#runtime/services/list-bills.ts';
import { moveChoices } from '#runtime/services/move-choices.ts';
import { moveCustomer } from '#runtime/services/move-customer.ts';
import { openCycle } from '#runtime/services/open-cycle.ts';
import { runCycle } from '#runtime/services/run-cycle.ts';
import { showBill } from '#runtime/services/show-bill.ts';
import { showCustomer } from '#runtime/services/show-customer.ts';
import type { BillingCycleRuleset } from '#schemas/generated/types.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { importText, mobileOperator, putRight, subscriber } from '../../support/operators.ts';
import type { People } from '../../support/people.ts';

let app: TestApp;
let people: People;

const anniversary: BillingCycleRuleset = {
  kind: 'billingCycle',
  id: 'anniversary',
  version: 1,
  name: { ja: '応当日締め', en: 'Anniversary' },
  effective: { from: '2022-04-01', to: null },
  reason: 'From the day of joining.',
  body: {
    ...{ currency: 'JPY', closingDay: 31, closing: 'own', tax: 'consumption-tax', rounding: 'yen-down' },
    ...{ invoiceTemplate: 'standard-invoice', due: { monthsAfter: 1, day: 27 } },
  },
};

const [fifteenth, thirtyFirst, moves] = ['00000001', '00000002', '00000003'];

/** How many uses the cycles of these months have billed. */
const used = new Map<string, string | undefined>();

async function billed(month: string, billingCycle = 'anniversary'): Promise<string> {
  const { cycleId } = await openCycle(app, people.operator, { legalEntity: 'kanade-mobile', billingCycle, month });
  const results = await (await runCycle(app, people.operator, { cycleId, workers: 1 })).finished;
  used.set(month, results?.usageRecords);
  await closeCycle(app, people.billingManager, { cycleId });
  return cycleId;
}

async function shown(number: string, cycleId: string): Promise<string[]> {
  const { rows } = await listBills(app, people.operator, { cycleId, account: `A-${number}` });
  const { bill } = await showBill(app, people.operator, { billId: rows[0]!.id });
  const { start, end } = bill.period;
  const asked = bill.lines.filter(({ phase }) => phase === 'listCharges');
  return [`${start} ${addDays(end, -1)}`, ...asked.map(({ charge, quantity }) => `${charge} ${quantity}`)];
}

beforeAll(async () => {
  app = await testApp({ clock: clockOf(() => new Date('2027-01-05T03:00:00Z')) });
  const held = (number: string, from: string, billingCycle: string) => ({
    ...subscriber(number, { offering: 'smartphone-m', from }),
    billingCycle,
  });
  people = await mobileOperator(app, [
    held(fifteenth, '2026-09-15', 'anniversary'),
    held(thirtyFirst, '2026-08-31', 'anniversary'),
    held(moves, '2026-09-20', 'month-end'),
  ]);
  await publishRelease(app, people.approver, [anniversary]);
  const uses = ['20261014', '20261015', '20261114', '20261115'];
  const lines = uses.map((day, at) => `S-${at},070${fifteenth},SMS,${at + 1},${day}120000`);
  const content = ['record_id,msisdn,type,amount,started_at', ...lines, ''].join('\n');
  await importText(app, people.operator, content, { format: 'packet-and-sms' });
});
afterAll(() => app.close());

describe('the cycle of a month', () => {
  it('bills each customer for the own period that closes in it, and each use once', async () => {
    const october = await billed('2026-10');
    // 2 and 3 are of the period from 15 October, though they are known and lie within the month or before its end.
    expect(await shown(fifteenth, october)).toEqual(['2026-09-15 2026-10-14', 'setup 1', 'base 1', 'sms 1']);
    expect((await shown(thirtyFirst, october))[0]).toBe('2026-09-30 2026-10-30');
    const november = await billed('2026-11');
    expect(await shown(fifteenth, november)).toEqual(['2026-10-15 2026-11-14', 'base 1', 'sms 5']);
    expect((await shown(thirtyFirst, november))[0]).toBe('2026-10-31 2026-11-29');
    // Counted as billed is what was billed: 1, then 2 and 3.
    expect([used.get('2026-10'), used.get('2026-11')]).toEqual(['1', '2']);
  });

  it('keeps counting from the day it has counted from, though service turns out to have begun before', async () => {
    await putRight(app, people, `P-${fifteenth}`, 'smartphone-m');
    const december = await billed('2026-12');
    const [period, ...lines] = await shown(fifteenth, december);
    expect(period).toBe('2026-11-15 2026-12-14');
    expect(lines).toContain('sms 4');
    expect((await shown(thirtyFirst, december))[0]).toBe('2026-11-30 2026-12-30');
  });

  it('shows a customer in it with contracts and rules', async () => {
    const { billed: together, lanes } = await showCustomer(app, people.operator, { customerId: `C-${fifteenth}` });
    expect(together.map(({ billingCycle, problem }) => [billingCycle, problem])).toEqual([['anniversary', null]]);
    expect(lanes).toHaveLength(1);
  });
});

it('a customer moves into it with the rest up to the day it is counted from', async () => {
  await billed('2026-12', 'month-end');
  const choices = await moveChoices(app, people.operator, { customerId: `C-${moves}` });
  expect(choices.find(({ billingCycle }) => billingCycle === 'anniversary')?.months[0]).toEqual({
    ...{ month: '2027-01', start: '2027-01-01', lastDay: '2027-01-19', length: 'short' },
  });
  await moveCustomer(app, people.operator, {
    ...{ customerId: `C-${moves}`, move: { billingCycle: 'anniversary' }, reason: 'Asked for.' },
  });
  expect((await shown(moves, await billed('2027-01')))[0]).toBe('2027-01-01 2027-01-19');
});
