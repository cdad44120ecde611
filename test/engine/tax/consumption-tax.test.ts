/** How much tax does a bill owe, and whose is it? */
import { describe, expect, it } from 'vitest';
import type { Charge, Ruleset } from '#schemas/generated/types.ts';
import { account, billFor, cycle, monthly, offering, plan, product, tax, usage, yenDown } from '../billing/build.ts';

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

describe('other regimes', () => {
  const taxed = (more: object): Ruleset => ({ ...tax(), body: { ...tax().body, ...more } }) as Ruleset;
  const four = ['a', 'b', 'c', 'd'].map((id) => net('105', id));

  it('by the line, four lines of 105 owe 4 × 10', () => {
    const bill = billFor(account('2026-04', [product()]), [offering(), plan(four), taxed({ regime: 'perLine' })]);
    expect([bill.taxTotal, bill.lines.map((line) => line.tax)]).toEqual(['40', ['10', '10', '10', '10']]);
  });

  it('from lines before rounding, eleven of 10.99 owe 12 and not 11', () => {
    const eleven = Array.from(
      { length: 11 },
      (_, index) => ({ ...net('1', `line-${index}`), price: '10.99' }) as Charge,
    );
    const of = (regime: string) =>
      billFor(account('2026-04', [product()]), [offering(), plan(eleven), taxed({ regime })]).taxTotal;
    // Lines of 10 yen: 110 × 10 % = 11. Before rounding: 120.89 × 10 % = 12.089.
    expect([of('oncePerRate'), of('unroundedLines')]).toEqual(['11', '12']);
  });

  it('keeps the old rate for usage read in October 2019 of a supply that went on since before (transition relief)', () => {
    const relief = {
      category: 'standard',
      rate: '0.08',
      servedSinceBefore: '2019-10-01',
      fixedFrom: '2019-10-01',
      fixedTo: '2019-11-01',
      charges: 'usage',
    };
    const rates = [
      { category: 'standard', from: '2014-04-01', to: '2019-10-01', rate: '0.08' },
      { category: 'standard', from: '2019-10-01', to: null, rate: '0.10' },
    ];
    const rulesets = [
      offering(),
      plan([monthly('1000'), usage({ unit: { size: '1', rounding: 'exact', per: 'period' } })]),
      taxed({ rates, reliefs: [relief] }),
    ];
    const uses = [
      { id: 'U-1', product: 'P-1', meter: 'voice.seconds', startedAt: '2019-10-10T10:00:00', quantity: '100' },
    ];
    const taxes = (startsOn: string) =>
      billFor(account('2019-10', [product({ startsOn, appliedOn: startsOn })], { usage: uses }), rulesets).tax.map(
        (total) => [total.rate, total.net, total.tax],
      );
    // 100 × 20 = 2,000 at the old rate; the flat fee is outside the relief.
    expect(taxes('2019-01-01')).toEqual([
      ['0.10', '1000', '100'],
      ['0.08', '2000', '160'],
    ]);
    expect(taxes('2019-10-01')).toEqual([['0.10', '3000', '300']]);
  });

  it('rounds lines once on the bill where the ruleset says so, and shows the difference', () => {
    const once: Ruleset = {
      ...yenDown,
      body: { line: { mode: 'down' }, discount: { mode: 'down', on: 'discount' }, lineRounding: 'bill' },
    } as Ruleset;
    const parts = ['a', 'b', 'c'].map((id) => ({ ...net('100', id), price: '33.4' }) as Charge);
    const bill = billFor(account('2026-04', [product()]), [offering(), plan(parts), once]);
    // 3 × 33.4 = 100.2: 100, while the lines add up to 99.
    expect([bill.net, bill.lines.map((line) => line.amount)]).toEqual(['100', ['33', '33', '33', '1']]);
  });
});

describe('currencies', () => {
  it.each([
    ['USD', '12.345', '12.34'],
    ['KWD', '1.2345', '1.234'],
    ['JPY', '999999999999.9', '999999999999'],
    ['JPY', '1000000000000', '1000000000000'],
    ['KWD', '1000000000000.0009', '1000000000000.000'],
  ])('%s: %s is %s on a line', (currency, price, amount) => {
    const bill = billFor(account('2026-04', [product()]), [
      offering(),
      plan([{ ...net('1', 'a'), price } as Charge]),
      cycle({ currency }),
    ]);
    expect(bill.lines[0]?.amount).toBe(amount);
  });

  it('rounds to steps such as 0.05', () => {
    const rounding = { mode: 'halfUp', step: '0.05' } as const;
    const bill = billFor(account('2026-04', [product()]), [
      offering(),
      plan([monthly('12.33', { rounding })]),
      cycle({ currency: 'CHF' }),
    ]);
    expect(bill.lines[0]?.amount).toBe('12.35');
  });
});
