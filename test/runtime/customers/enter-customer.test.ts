/** Can a new customer be entered, found, sold something, and billed (顧客の新規登録)? */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clockOf } from '#runtime/clock/clock.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { knownNow } from '#runtime/customers/known-now.ts';
import { readAccounts, readCustomer } from '#runtime/customers/read-customer.ts';
import { withScope } from '#runtime/db/scope.ts';
import { assertCustomerChange, changeCustomer } from '#runtime/services/change-customer.ts';
import { customerToChange } from '#runtime/services/customer-to-change.ts';
import { enterCustomer } from '#runtime/services/enter-customer.ts';
import { listBills } from '#runtime/services/list-bills.ts';
import { listCustomers } from '#runtime/services/list-customers.ts';
import { placeOrder } from '#runtime/services/place-order.ts';
import { previewOrder } from '#runtime/services/preview-order.ts';
import { showCustomer } from '#runtime/services/show-customer.ts';
import type { CustomerEntry } from '#schemas/generated/types.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { TODAY, tried } from '../../support/households.ts';
import { mobileOperator, subscriber } from '../../support/operators.ts';
import type { People } from '../../support/people.ts';

let app: TestApp;
let people: People;
beforeAll(async () => {
  app = await testApp({ clock: clockOf(() => TODAY) });
  people = await mobileOperator(app, [subscriber('000007', { from: '2026-11-01' })]);
}, 120_000);
afterAll(() => app.close());

const hanako: CustomerEntry = {
  ...{ name: '森 花子', kana: 'モリ ハナコ', type: 'individual', segment: 'student', birthDate: '2005-04-01' },
  account: {
    ...{ legalEntity: 'kanade-mobile', billingCycle: 'month-end' },
    ...{ from: '2026-11-01', billToAddress: '横浜市西区1-1' },
  },
};
const entering = (more: Partial<CustomerEntry> = {}, by = people.operator, reason = '店舗での受付') =>
  enterCustomer(app, by, { customer: { ...hanako, ...more }, reason });

it('gives the next number, is found by kana, and is billed what is ordered from the first day on', async () => {
  expect(await entering()).toEqual({ customer: 'C-000008', account: 'A-000008' });
  const { rows } = await listCustomers(app, people.operator, { search: 'もり' });
  expect(rows.map(({ id, state }) => [id, state])).toEqual([['C-000008', 'none']]);
  const order = {
    from: '2026-11-01',
    appliedOn: '2026-11-01',
    changes: [{ kind: 'addProduct' as const, offering: 'data-sim', event: 'new' as const }],
  };
  const preview = await previewOrder(app, people.operator, { customerId: 'C-000008', order, months: 1 });
  const placed = await placeOrder(app, people.operator, { customerId: 'C-000008', order, reason: '店舗での受付' });
  expect(placed).toMatchObject({ products: ['P-000008-1'] });
  const cycleId = await tried(app, people, '2026-11');
  const bills = await listBills(app, people.operator, { cycleId, account: 'A-000008' });
  expect('months' in preview && preview.months.map(({ after }) => after.total)).toEqual(
    bills.rows.map(({ total }) => total),
  );
  expect(Number(bills.rows[0]!.total)).toBeGreaterThan(0);
});

it.each([
  ['a day of birth to come', { birthDate: '2026-11-26' }, 'birth-date-ahead'],
  ['a number that is taken', { number: '000007' }, 'customer-exists'],
  ['no name', { name: '' }, 'not-in-form'],
  ['a company that nobody knows', { account: { ...hanako.account, legalEntity: 'nobody' } }, 'legal-entity-unknown'],
  ['a cycle that nobody bills', { account: { ...hanako.account, billingCycle: 'never' } }, 'billing-cycle-unknown'],
])('is refused with %s', async (_what, more, code) => {
  await expect(entering(more)).rejects.toMatchObject({ code });
});

it('is for those who may, and for a reason', async () => {
  await expect(entering({}, people.auditor)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(entering({}, people.operator, ' ')).rejects.toMatchObject({ code: 'reason-missing' });
});

it('moves house from a day on: before it bills went to the old address', async () => {
  const { customer, account } = await entering({ name: '林 太郎', kana: 'ハヤシ タロウ' });
  const change = { name: '林 太朗', billTo: { account, from: '2026-12-01', address: '札幌市北区2-2' } };
  await changeCustomer(app, people.operator, { customerId: customer, change, reason: '転居' });
  const shown = await showCustomer(app, people.operator, { customerId: customer });
  expect(shown.name).toBe('林 太朗');
  expect(shown.accounts[0]!.settings.map(({ from, to, billToAddress }) => [from, to, billToAddress])).toEqual([
    ['2026-11-01', '2026-12-01', '横浜市西区1-1'],
    ['2026-12-01', null, '札幌市北区2-2'],
  ]);
  const another = { billTo: { account: 'A-000007', address: '他人の住所' } };
  await expect(
    changeCustomer(app, people.operator, { customerId: customer, change: another, reason: '誤り' }),
  ).rejects.toMatchObject({ code: 'account-unknown' });
});

it('changes of segment and type hold from their day on; what is said later of a day holds', async () => {
  const { customer } = await entering({ name: '原 学', kana: 'ハラ マナブ' });
  const become = (standing: object) =>
    changeCustomer(app, people.operator, { customerId: customer, change: { standing }, reason: '卒業' });
  /** As the next cycle would read it. */
  const facts = () =>
    withScope(app, people.operator, async (tx) => {
      const of = await readCustomer(tx, customer);
      const { release } = await keptRelease(app, tx, people.tenantId);
      const [first] = await readAccounts(tx, of);
      return (await knownNow(tx, people.tenantId, of, first!, release, '2026-11-25')).document.customer;
    });
  await become({ from: '2026-11-20', segment: 'staff' });
  await become({ from: '2027-04-01', type: 'corporate', segment: null });
  expect(await facts()).toMatchObject({
    ...{ type: 'individual', segment: 'student' },
    history: [
      { from: '2026-11-20', type: 'individual', segment: 'staff' },
      { from: '2027-04-01', type: 'corporate', segment: null },
    ],
  });
  const shown = await showCustomer(app, people.operator, { customerId: customer });
  expect([shown.type, shown.segment]).toEqual(['individual', 'staff']);
  const form = await customerToChange(app, people.operator, { customerId: customer });
  expect([form.type, form.segment, form.billToAddress]).toEqual(['individual', 'staff', '横浜市西区1-1']);
  expect(form.ahead).toEqual([{ from: '2027-04-01', type: 'corporate', segment: null }]);
  const found = await listCustomers(app, people.operator, { segment: 'staff', type: 'individual' });
  expect(found.rows.map(({ id, segment }) => [id, segment])).toEqual([[customer, 'staff']]);
  expect(found.segments).toEqual(['staff', 'student']);

  // From an earlier day on: what was to come after it is known no longer.
  await become({ from: '2026-11-10', type: 'corporate' });
  expect((await facts()).history).toEqual([{ from: '2026-11-10', type: 'corporate', segment: 'student' }]);
  await expect(become({ from: '2026-11-31', type: 'corporate' })).rejects.toMatchObject({ code: 'not-in-form' });
});

it('is not shown to be confirmed where it could not be written down: a segment is a name that rules ask for', () => {
  const become = (segment: string) => () => assertCustomerChange(people.operator, { standing: { segment } });
  expect(become('student')).not.toThrow();
  expect(become('学生 さん')).toThrow(
    expect.objectContaining({
      code: 'not-in-form',
      values: expect.objectContaining({ path: '/standing/segment' }) as object,
    }),
  );
});
