/** What does usage cost, when is it billed, and under which plan? */
import { describe, expect, it } from 'vitest';
import type { Usage, UsageCharge } from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { account, billFor, linesOf, offering, plan, product, releaseOf, usage } from '../billing/build.ts';

let key = 0;
const call = (startedAt: string, quantity: string, attributes: Record<string, string> = {}): Usage => ({
  id: `U-${(key += 1)}`,
  product: 'P-1',
  meter: 'voice.seconds',
  startedAt,
  quantity,
  attributes,
});
const noon = '2026-04-10T12:00:00';
const costs = (charge: Partial<UsageCharge>, calls: Usage[]) =>
  linesOf(billFor(account('2026-04', [product()], { usage: calls }), [offering(), plan([usage(charge)])])).map(
    ([, amount]) => amount,
  );

const bands: UsageCharge['price'] = {
  model: 'graduated',
  tiers: [
    { upTo: '120', unitPrice: '20' },
    { upTo: '300', unitPrice: '25' },
    { upTo: null, unitPrice: '30' },
  ],
};
const byTotal: UsageCharge['price'] = {
  model: 'volume',
  tiers: [
    { upTo: '10', unitPrice: '10000' },
    { upTo: null, unitPrice: '8000' },
  ],
};
const whole: UsageCharge['unit'] = { size: '1', rounding: 'exact', per: 'period' };

describe('a usage charge', () => {
  it.each<[because: string, charge: Partial<UsageCharge>, quantities: string[], lines: string[]]>([
    ['a started block counts whole, call by call', {}, ['61', '1'], ['80']],
    ['or on the total of the period', { unit: { size: '30', rounding: 'up', per: 'period' } }, ['61', '1'], ['60']],
    ['or in parts', { unit: { size: '30', rounding: 'exact', per: 'event' } }, ['45'], ['30']],
    ['the first five minutes of each call are free', { freePerEvent: '300' }, ['301', '299', '360'], ['60']],
    ['nothing used, nothing owed', {}, [], []],
    ['zero seconds are a use that costs nothing', {}, ['0'], ['0']],
    ['each band at its own price: 120 × 20 + 180 × 25 + 50 × 30', { price: bands, unit: whole }, ['350'], ['8400']],
    ['a bound belongs to its band', { price: bands, unit: whole }, ['300'], ['6900']],
    ['the total chooses one price: 10 at 10,000', { price: byTotal, unit: whole }, ['10'], ['100000']],
    ['the total chooses one price: 20 at 8,000', { price: byTotal, unit: whole }, ['20'], ['160000']],
    [
      'a floor is owed without use',
      { price: { model: 'doubleFlat', floor: '1000', unitPrice: '0.08', ceiling: '4200' } },
      [],
      ['1000'],
    ],
    ['and so is a minimum', { bounds: { minimum: '1000' } }, [], ['0', '1000']],
  ])('%s', (_because, charge, quantities, lines) => {
    expect(
      costs(
        charge,
        quantities.map((quantity) => call(noon, quantity)),
      ),
    ).toEqual(lines);
  });

  it('takes only the use it asks for', () => {
    const where: UsageCharge['where'] = {
      all: [{ fact: 'usage.hour', operator: 'decimalBetween', value: ['8', '20'] }],
    };
    expect(
      costs({ where }, [
        call('2026-04-10T07:59:59', '30'),
        call('2026-04-10T08:00:00', '30'),
        call('2026-04-10T20:00:00', '30'),
      ]),
    ).toEqual(['20']);
  });

  it('belongs to the plan held on the day of use', () => {
    const changed = product({ history: [{ from: '2026-04-16', offering: 'other' }] });
    const dear = plan([usage({ price: { model: 'perUnit', unitPrice: '30' } })], { id: 'other' });
    const calls = [call('2026-04-15T23:59:59', '30'), call('2026-04-16T00:00:00', '30')];
    const sold = [offering(), plan([usage()]), offering({}, 'other'), dear];
    expect(linesOf(billFor(account('2026-04', [changed], { usage: calls }), sold))).toEqual([
      ['call', '20'],
      ['call', '30'],
    ]);
  });

  it('that arrives late is billed with the next period, as a line of the month it was used in', () => {
    const late = account('2026-04', [product()], {
      usage: [call('2026-02-20T09:00:00', '30'), call('2026-03-31T23:00:00', '61'), call(noon, '30')],
      previousState: { billedThrough: { 'A-1': '2026-04-01' } },
    });
    const lines = billFor(late, [offering(), plan([usage()])]).lines;
    expect(lines.map((line) => [line.servicePeriod.start, line.amount])).toEqual([
      ['2026-02-01', '20'],
      ['2026-03-01', '60'],
      ['2026-04-01', '20'],
    ]);
  });

  it('is billed once: in the month of use when several months are billed together', () => {
    const document = account('2026-04', [product()], {
      usage: [call(noon, '30')],
      periods: { first: '2026-03', last: '2026-05' },
    });
    const totals = bill(document, releaseOf([offering(), plan([usage()])])).bills.map((one) => one.net);
    expect(totals).toEqual(['0', '20', '0']);
  });

  it('still reaches a product that has ended since', () => {
    const ended = product({ endsOn: '2026-03-21' });
    const late = account('2026-04', [ended], {
      usage: [call('2026-03-20T10:00:00', '30')],
      previousState: { billedThrough: { 'A-1': '2026-04-01' } },
    });
    expect(linesOf(billFor(late, [offering(), plan([usage()])]))).toEqual([['call', '20']]);
  });
});
