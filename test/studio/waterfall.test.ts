/** Does the picture of a bill fall from list price to total, and end at the total that is owed? */
import { describe, expect, it } from 'vitest';
import type { Bill, BillLine } from '#schemas/generated/types.ts';
import { waterfallOf } from '#lib/bills/waterfall.ts';

const line = (id: string, phase: BillLine['phase'], amount: string): BillLine => ({
  id,
  product: 'P1',
  charge: 'basic',
  name: { ja: id, en: id },
  phase,
  ruleset: 'ratePlan/standard',
  version: 1,
  row: '/body/charges/0',
  servicePeriod: { start: '2026-11-01', end: '2026-12-01' },
  quantity: '1',
  unitPrice: amount,
  base: amount,
  exact: amount,
  amount,
  taxCategory: 'standard',
  taxIncluded: false,
  tax: '0',
  why: { code: 'line.test', values: {} },
});

const bill = (currency: string, lines: BillLine[], net: string, tax: string, total: string): Bill => ({
  account: 'A1',
  period: { start: '2026-11-01', end: '2026-12-01' },
  kind: 'regular',
  currency,
  dueOn: '2026-12-31',
  lines,
  tax: [{ category: 'standard', rate: '0.10', net, exact: tax, tax, gross: total }],
  net,
  taxTotal: tax,
  total,
});

describe('the waterfall of a bill', () => {
  it('takes each step from where the one before it ended: 4,000 − 2,000 + 500 + 250 tax is 2,750', () => {
    const { steps, zero } = waterfallOf(
      bill(
        'JPY',
        [
          line('basic', 'listCharges', '4000'),
          line('half', 'discounts', '-2000'),
          line('leaving', 'terminationCharges', '500'),
        ],
        '2500',
        '250',
        '2750',
      ),
    );
    expect(steps.map(({ kind, amount, after, from, to }) => [kind, amount, after, from, to])).toEqual([
      ['listCharges', '4000', '4000', 0, 1000],
      ['discounts', '-2000', '2000', 1000, 500],
      ['terminationCharges', '500', '2500', 500, 625],
      ['tax', '250', '2750', 625, 687],
      ['total', '2750', '2750', 0, 687],
    ]);
    expect(zero).toBe(0);
  });

  it('adds no tax to prices that include it', () => {
    const { steps } = waterfallOf(bill('JPY', [line('basic', 'listCharges', '1100')], '1000', '100', '1100'));
    expect(steps.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['listCharges', '1100'],
      ['tax', '0'],
      ['total', '1100'],
    ]);
  });

  it('draws to the left of zero what is owed to the customer', () => {
    const { steps, zero } = waterfallOf(
      bill(
        'USD',
        [line('basic', 'listCharges', '5.00'), line('credit', 'adjustments', '-15.00')],
        '-10.00',
        '0.00',
        '-10.00',
      ),
    );
    expect(zero).toBe(666);
    expect(steps.at(-1)).toMatchObject({ amount: '-10.00', from: 666, to: 0 });
  });

  it('gives the lines of a phase one bar when there are many', () => {
    const many = Array.from({ length: 20 }, (_, i) => line(`call-${i}`, 'listCharges', '10'));
    const { steps } = waterfallOf(bill('JPY', many, '200', '20', '220'));
    expect(steps.map(({ id, amount }) => [id, amount])).toEqual([
      ['phase-listCharges', '200'],
      ['tax', '20'],
      ['total', '220'],
    ]);
  });
});
