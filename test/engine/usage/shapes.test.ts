/** What does usage cost, shape by shape? */
import { describe, expect, it } from 'vitest';
import type { MatrixPrice, Usage, UsageCharge } from '#schemas/generated/types.ts';
import { account, billFor, linesOf, offering, plan, problemOf, product, usage } from '../billing/build.ts';

let key = 0;
const use = (quantity: string, attributes: Record<string, string> = {}, startedAt = '2026-04-10T12:00:00'): Usage => ({
  id: `U-${String((key += 1)).padStart(3, '0')}`,
  product: 'P-1',
  meter: 'voice.seconds',
  startedAt,
  quantity,
  attributes,
});
const exactUnits: UsageCharge['unit'] = { size: '1', rounding: 'exact', per: 'period' };
const costs = (charge: Partial<UsageCharge>, uses: Usage[]) =>
  linesOf(
    billFor(account('2026-04', [product()], { usage: uses }), [
      offering(),
      plan([usage({ unit: exactUnits, ...charge })]),
    ]),
  ).map(([, amount]) => amount);

describe('usage', () => {
  it.each<[because: string, charge: Partial<UsageCharge>, quantities: string[], lines: string[]]>([
    [
      'a started package counts whole: 2.1 GB are three',
      { price: { model: 'package', size: '1', price: '500' } },
      ['2.1'],
      ['1500'],
    ],
    ['a full package is one', { price: { model: 'package', size: '10', price: '500' } }, ['10'], ['500']],
    [
      'the total chooses a flat price',
      {
        price: {
          model: 'steppedFlat',
          steps: [
            { upTo: '1', price: '980' },
            { upTo: '3', price: '1980' },
            { upTo: null, price: '2980' },
          ],
        },
      },
      ['2.1'],
      ['1980'],
    ],
    [
      'and its bound belongs to the step',
      {
        price: {
          model: 'steppedFlat',
          steps: [
            { upTo: '1', price: '980' },
            { upTo: null, price: '1980' },
          ],
        },
      },
      ['1'],
      ['980'],
    ],
    [
      'nothing used is the first step',
      {
        price: {
          model: 'steppedFlat',
          steps: [
            { upTo: '1', price: '980' },
            { upTo: null, price: '1980' },
          ],
        },
      },
      [],
      ['980'],
    ],
    [
      'a negative unit price is credited: 284 × −1.53 = −434.52',
      { price: { model: 'perUnit', unitPrice: '-1.53' } },
      ['284'],
      ['-434'],
    ],
    ['3.25 % of 10,000', { price: { model: 'percentage', percent: '3.25' } }, ['10000'], ['325']],
    [
      'the high-water mark',
      { aggregate: 'highest', price: { model: 'perUnit', unitPrice: '100' } },
      ['7', '12', '9'],
      ['1200'],
    ],
    [
      'the last reading',
      { aggregate: 'last', price: { model: 'perUnit', unitPrice: '100' } },
      ['7', '12', '9'],
      ['900'],
    ],
    [
      'each charged use owes the connect fee',
      { connectFee: '5', unit: { size: '30', rounding: 'up', per: 'event' } },
      ['61', '0', '30'],
      ['90'],
    ],
  ])('%s', (_because, charge, quantities, lines) => {
    expect(
      costs(
        charge,
        quantities.map((quantity) => use(quantity)),
      ),
    ).toEqual(lines);
  });
});

describe('a price table', () => {
  const table: MatrixPrice = {
    model: 'matrix',
    hit: 'unique',
    columns: [
      { fact: 'usage.number', match: 'prefix' },
      { fact: 'usage.hour', match: 'range' },
    ],
    rows: [
      { id: 'domestic-day', when: ['0', { from: '8', to: '20' }], unitPrice: '20' },
      { id: 'domestic-night', when: ['0', { from: '20', to: null }], unitPrice: '15' },
      { id: 'domestic-early', when: ['0', { from: null, to: '8' }], unitPrice: '15' },
      { id: 'free-dial', when: [['0120', '0800'], null], unitPrice: '0' },
      {
        id: 'america',
        name: { ja: '米国', en: 'America' },
        when: ['0101', null],
        unitPrice: '60',
        unitSize: '6',
        connectFee: '10',
      },
    ],
  };
  const unit: UsageCharge['unit'] = { size: '30', rounding: 'up', per: 'event' };
  const lines = (uses: Usage[]) =>
    billFor(account('2026-04', [product()], { usage: uses }), [
      offering(),
      plan([usage({ unit, price: table })]),
    ]).lines.map((line) => [line.row.split('/').pop(), line.name.en, line.quantity, line.amount]);

  it('whose cheapest row answers takes the family price at night, and the night price for everybody else', () => {
    const cheapest: MatrixPrice = {
      model: 'matrix',
      hit: 'cheapest',
      columns: [
        { fact: 'usage.destination', match: 'equal' },
        { fact: 'usage.hour', match: 'range' },
      ],
      rows: [
        { id: 'any-time', when: [null, null], unitPrice: '20' },
        { id: 'night', when: [null, { from: '20', to: null }], unitPrice: '15' },
        { id: 'family', when: ['family', null], unitPrice: '8' },
      ],
    };
    const uses = ['fixed', 'family'].map((destination) => use('60', { destination }, '2026-04-10T21:00:00'));
    const owed = (hit: MatrixPrice['hit']) =>
      billFor(account('2026-04', [product()], { usage: uses }), [
        offering(),
        plan([usage({ unit, price: { ...cheapest, hit } })]),
      ]).lines.map((line) => [line.row.split('/').pop(), line.amount]);
    // Two units of thirty seconds each: 2 × 15 and 2 × 8; at the dearest both calls 2 × 20.
    expect(owed('cheapest')).toEqual([
      ['1', '30'],
      ['2', '16'],
    ]);
    expect(owed('dearest')).toEqual([['0', '80']]);
  });

  it('asks for the longest prefix, the hour and the plan at once', () => {
    const byPlan: MatrixPrice = {
      model: 'matrix',
      hit: 'first',
      columns: [
        { fact: 'usage.number', match: 'prefix' },
        { fact: 'usage.hour', match: 'range' },
        { fact: 'product.ratePlan', match: 'equal' },
      ],
      rows: [
        { id: 'mobile-night-business', when: ['090', { from: '20', to: null }, 'business'], unitPrice: '8' },
        { id: 'mobile-night', when: ['090', { from: '20', to: null }, null], unitPrice: '12' },
        { id: 'mobile', when: ['090', null, null], unitPrice: '18' },
        { id: 'domestic-business', when: ['0', null, 'business'], unitPrice: '9' },
        { id: 'domestic', when: ['0', null, null], unitPrice: '10' },
      ],
    };
    const uses = [
      use('30', { number: '0901234567' }, '2026-04-10T21:00:00'),
      use('30', { number: '0901234567' }, '2026-04-10T12:00:00'),
      use('30', { number: '0312345678' }, '2026-04-10T21:00:00'),
    ];
    const owed = (id: string): string[] =>
      billFor(account('2026-04', [product({ offering: id })], { usage: uses }), [
        offering({}, id),
        plan([usage({ unit, price: byPlan })], { id }),
      ]).lines.map((line) => line.amount);
    expect([owed('plan'), owed('business')]).toEqual([
      ['12', '18', '10'],
      ['8', '18', '9'],
    ]);
  });

  it('makes a line of each row, in its order, by the longest prefix and the hour', () => {
    expect(
      lines([
        use('61', { number: '0312345678' }),
        use('30', { number: '0312345678' }, '2026-04-10T20:00:00'),
        use('600', { number: '0120444444' }),
        use('12', { number: '01012125551234' }),
        use('30', { number: '0901234567' }),
      ]),
    ).toEqual([
      ['0', 'Trial', '4', '80'],
      ['1', 'Trial', '1', '15'],
      ['3', 'Trial', '20', '0'],
      ['4', 'Trial (America)', '2', '130'],
    ]);
  });

  // 61 s are three blocks at 20, 30 s after eight one at 15: 75 in all.
  it.each([
    [
      'the minimum, over all its rows',
      { minimum: '100' },
      [
        ['call', '60'],
        ['call', '15'],
        ['call-minimum', '25'],
      ],
    ],
    [
      'the cap, each row in proportion',
      { cap: '60' },
      [
        ['call', '60'],
        ['call', '15'],
        ['call-cap', '-12'],
        ['call-cap', '-3'],
      ],
    ],
    [
      'and neither between the two',
      { minimum: '70', cap: '75' },
      [
        ['call', '60'],
        ['call', '15'],
      ],
    ],
  ])('is bound once by %s', (_because, bounds, expected) => {
    const uses = [use('61', { number: '0312345678' }), use('30', { number: '0312345678' }, '2026-04-10T20:00:00')];
    const sold = [offering(), plan([usage({ unit, price: table, bounds })])];
    expect(linesOf(billFor(account('2026-04', [product()], { usage: uses }), sold))).toEqual(expected);
  });

  it('never lets a use go free because no row answers', () => {
    const unknown = account('2026-04', [product()], { usage: [{ ...use('30', { number: '9' }), id: 'U-0' }] });
    expect(problemOf(unknown, [offering(), plan([usage({ unit, price: table })])])).toEqual({
      code: 'usage-unrated',
      path: '/usage/U-0',
    });
  });
});
