/** How much tax does a bill owe, and whose is it? */
import { describe, expect, it } from 'vitest';
import type { Charge } from '#schemas/generated/types.ts';
import { account, billFor, monthly, offering, plan, product } from '../billing/build.ts';

const billOf = (charges: Charge[]) => billFor(account('2026-04', [product()]), [offering(), plan(charges)]);
const net = (price: string, id: string): Charge => monthly(price, { id });
const gross = (price: string, id: string): Charge => monthly(price, { id, taxIncluded: true });

describe('consumption tax', () => {
  it('is rounded once on the bill: four lines of 105 owe 42 (AX-16)', () => {
    const bill = billOf(['a', 'b', 'c', 'd'].map((id) => net('105', id)));
    expect([bill.net, bill.taxTotal, bill.total]).toEqual(['420', '42', '462']);
  });

  it('is shared out so that the shares re-add, the earlier line first: 11, 11, 10, 10', () => {
    expect(billOf(['a', 'b', 'c', 'd'].map((id) => net('105', id))).lines.map((line) => line.tax)).toEqual([
      '11',
      '11',
      '10',
      '10',
    ]);
  });

  it('is taken out of prices that include it: 4,623 × 10 ÷ 110 = 420 (AX-17)', () => {
    const bill = billOf([gross('4623', 'a')]);
    expect([bill.net, bill.taxTotal, bill.total]).toEqual(['4203', '420', '4623']);
  });

  it('is rounded once over lines of both kinds: 105 × 10 % + 1,005 × 10 ÷ 110 = 231/22 + 2,010/22 = 101.86 → 101', () => {
    const bill = billOf([net('105', 'a'), gross('1005', 'b')]);
    expect(bill.tax).toEqual([
      { category: 'standard', rate: '0.10', net: '1019', exact: '2241/22', tax: '101', gross: '1120' },
    ]);
    expect(bill.lines.map((line) => line.tax)).toEqual(['10', '91']);
  });

  it('is not owed on what is out of scope', () => {
    const bill = billOf([net('3308', 'a'), monthly('2000', { id: 'device', taxCategory: 'outOfScope' })]);
    expect([bill.net, bill.taxTotal, bill.total]).toEqual(['5308', '330', '5638']);
  });
});
