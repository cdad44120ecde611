/** On which bill is a change seen by who moves to another closing day, or has one of their own? */
import { expect, it } from 'vitest';
import type { AccountFacts } from '#schemas/generated/types.ts';
import { groupOf } from '#engine/billing/bill.ts';
import { hasOwnPeriods, monthShowingFor } from '#runtime/changes/month-shown.ts';
import { account, cycle, offering, plan, product, releaseOf, monthly } from '../../engine/billing/build.ts';

const twentieth = { ...cycle({ closingDay: 20 }), id: 'twentieth' };
const own = { ...cycle({ closing: 'own' }), id: 'own' };
const release = releaseOf([offering(), plan([monthly('3000')]), cycle(), twentieth, own]);

const moving = { id: 'A-1', billingCycle: 'month-end', history: [{ from: '2026-12', billingCycle: 'twentieth' }] };
const anniversary = { id: 'A-1', billingCycle: 'own', anchor: '2026-01-11' };

it.each<[because: string, who: AccountFacts, from: string, withNextPeriod: boolean, month: string]>([
  ['before the move, in the last month that ends with itself', moving, '2026-11-25', false, '2026-11'],
  ['the month of the move ends on 20 December', moving, '2026-12-20', false, '2026-12'],
  ['what begins on 21 December is of January', moving, '2026-12-21', false, '2027-01'],
  ['with the next period: 1 December begins one', moving, '2026-12-01', true, '2026-12'],
  ['with the next period: 2 December waits for the 21st', moving, '2026-12-02', true, '2027-01'],
  ['by anniversary the period to 10 December closes in December', anniversary, '2026-12-10', false, '2026-12'],
  ['by anniversary 11 December is of January', anniversary, '2026-12-11', false, '2027-01'],
  ['what began long ago is seen on the next bill', anniversary, '2026-01-01', false, '2026-11'],
])('%s', (_because, who, from, withNextPeriod, month) => {
  const document = account('2026-11', [product()], { accounts: [who] });
  expect(hasOwnPeriods(who)).toBe(true);
  expect(monthShowingFor(groupOf(document, release), who, '2026-11', { from, withNextPeriod })).toBe(month);
});
