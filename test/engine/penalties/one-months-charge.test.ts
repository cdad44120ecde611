/** What is one month's charge, when leaving costs that? */
import { expect, it } from 'vitest';
import type { Charge, NegotiatedPrice, Product, Ruleset } from '#schemas/generated/types.ts';
import { account, billFor, monthly, offering, plan, product } from '../billing/build.ts';

const named = { ja: '試し', en: 'Trial' };
const term: Ruleset = {
  ...offering(),
  kind: 'term',
  id: 'two-years',
  body: { months: 24, renewal: 'none', graceMonths: 0, penalty: 'leaving' },
};
const leaving: Ruleset = {
  ...offering(),
  kind: 'penalty',
  id: 'leaving',
  body: { fee: { model: 'oneMonthsCharge', charges: ['base'] }, taxCategory: 'outOfScope' },
};
const cyclic = (count: number, unit: 'month' | 'week', price: string): Charge => ({
  type: 'cyclic',
  id: 'base',
  name: named,
  every: { count, unit },
  timing: 'advance',
  price,
  onEnd: 'full',
  taxCategory: 'standard',
});
const seats: Charge = {
  type: 'quantity',
  id: 'base',
  name: named,
  price: { model: 'perUnit', unitPrice: '1000' },
  proration: { start: 'byDay', end: 'full', change: 'byDay' },
  taxCategory: 'standard',
};
const agreed = (to: string | null): NegotiatedPrice => ({
  id: 'N-1',
  charge: 'base',
  valid: { from: '2026-01-01', to },
  price: { pinned: '2000' },
});

const rows: [because: string, charge: Charge, held: Partial<Product>, agreement: NegotiatedPrice[], owed: string][] = [
  ['the list price', monthly('2700'), {}, [], '2700'],
  ['the price agreed without an end', monthly('2700'), {}, [agreed(null)], '2000'],
  [
    'the list price where what was agreed runs out, as with discounts',
    monthly('2700'),
    {},
    [agreed('2027-01-01')],
    '2700',
  ],
  ['five seats at 1,000', seats, { quantity: '5' }, [], '5000'],
  ['a twelfth of what is paid by the year', cyclic(12, 'month', '36000'), {}, [], '3000'],
  ['by the week: 700 × 365 ÷ 12 ÷ 7 = 3,041.7', cyclic(1, 'week', '700'), {}, [], '3041'],
];

it.each(rows)('one month’s charge is %s', (_because, charge, held, negotiatedPrices, owed) => {
  const left = product({ ...held, endsOn: '2026-05-01' });
  const bill = billFor(account('2026-04', [left], { negotiatedPrices }), [
    offering({ term: 'two-years' }),
    plan([charge]),
    term,
    leaving,
  ]);
  expect(bill.lines.find((line) => line.charge === 'leaving')?.amount).toBe(owed);
});
