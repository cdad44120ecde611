/** What do instalments, cycles, quantities, statutory fees and supplier amounts cost, month after month? */
import { describe, expect, it } from 'vitest';
import type {
  AccountDocument,
  Charge,
  CyclicCharge,
  Product,
  Ruleset,
  StatutoryFeeRuleset,
} from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { account, linesOf, offering, plan, product, releaseOf } from '../billing/build.ts';

const named = { ja: '試し', en: 'Trial' };

/** The lines of each month from `first` to `last`, as '<charge> <amount>' or '<charge> <amount> <first day>'. */
function months(
  charges: Charge[],
  held: Partial<Product>,
  first: string,
  last: string,
  more: Partial<AccountDocument> = {},
  rulesets: Ruleset[] = [],
): string[][] {
  const document = account(first, [product(held)], { ...more, periods: { first, last } });
  return bill(document, releaseOf([offering(), plan(charges), ...rulesets])).bills.map((one) =>
    linesOf(one).map(([charge, amount]) => `${charge} ${amount}`),
  );
}

describe('instalments', () => {
  const phone = (onEnd: 'balance' | 'continue', residue: 'first' | 'last' = 'first'): Charge => ({
    type: 'instalment',
    id: 'phone',
    name: named,
    total: '1000',
    parts: 3,
    residue,
    onEnd,
    taxCategory: 'outOfScope',
  });

  it('re-add to the total, the odd yen in the first part or the last', () => {
    expect(months([phone('balance')], {}, '2026-01', '2026-04')).toEqual([
      ['phone 334'],
      ['phone 333'],
      ['phone 333'],
      [],
    ]);
    expect(months([phone('balance', 'last')], {}, '2026-01', '2026-04')).toEqual([
      ['phone 333'],
      ['phone 333'],
      ['phone 334'],
      [],
    ]);
  });

  it('fall due at once when service ends, or go on, as the ruleset says', () => {
    expect(months([phone('balance')], { endsOn: '2026-02-11' }, '2026-01', '2026-03')).toEqual([
      ['phone 334'],
      ['phone 333', 'phone 333'],
      [],
    ]);
    expect(months([phone('continue')], { endsOn: '2026-02-11' }, '2026-01', '2026-04')).toEqual([
      ['phone 334'],
      ['phone 333'],
      ['phone 333'],
      [],
    ]);
  });

  it('ask 2,091 and then 2,083 of 50,000 in 24 parts', () => {
    const amounts = months(
      [{ ...phone('balance'), total: '50000', parts: 24 } as Charge],
      {},
      '2026-01',
      '2027-12',
    ).flat();
    expect([amounts[0], amounts[1], amounts[23], amounts.length]).toEqual([
      'phone 2091',
      'phone 2083',
      'phone 2083',
      24,
    ]);
  });
});

describe('a cyclic charge', () => {
  const box = (more: Partial<CyclicCharge> = {}): Charge => ({
    type: 'cyclic',
    id: 'box',
    name: named,
    every: { count: 2, unit: 'week' },
    timing: 'advance',
    price: '3980',
    onEnd: 'full',
    taxCategory: 'reduced',
    ...more,
  });
  const reduced: Ruleset = {
    ...releaseOf([]).rulesets.find((one) => one.kind === 'tax')!,
    body: {
      rounding: 'down',
      dateOfSupply: 'firstDay',
      rates: [
        { category: 'standard', from: '2000-01-01', to: null, rate: '0.10' },
        { category: 'reduced', from: '2000-01-01', to: null, rate: '0.08' },
      ],
    },
  } as Ruleset;

  it('every two weeks from the 3rd falls due on 3, 17 and 31 January', () => {
    expect(months([box()], { startsOn: '2026-01-03' }, '2026-01', '2026-02', {}, [reduced])).toEqual([
      ['box 3980', 'box 3980', 'box 3980'],
      ['box 3980', 'box 3980'],
    ]);
  });

  it('AX-27: two boxes at 8 % and their delivery at 10 % are 9,696', () => {
    const delivery: Charge = { ...(box() as CyclicCharge), id: 'delivery', price: '250', taxCategory: 'standard' };
    const document = account('2026-02', [product({ startsOn: '2026-02-02' })]);
    const [one] = bill(
      document,
      releaseOf([offering(), plan([box(), { ...delivery, price: '500' } as Charge]), reduced]),
    ).bills;
    // Two deliveries of 500 in the month.
    expect([one?.tax.map((tax) => tax.tax), one?.total]).toEqual([['636', '100'], '9696']);
  });

  it('every ten days from 25 January falls due on 25 January, and on 4, 14 and 24 February', () => {
    const everyTenDays = box({ every: { count: 10, unit: 'day' } });
    expect(months([everyTenDays], { startsOn: '2026-01-25' }, '2026-01', '2026-02', {}, [reduced])).toEqual([
      ['box 3980'],
      ['box 3980', 'box 3980', 'box 3980'],
    ]);
  });

  it('ends after so many times', () => {
    expect(months([box({ times: 2 })], { startsOn: '2026-01-03' }, '2026-01', '2026-02', {}, [reduced])).toEqual([
      ['box 3980', 'box 3980'],
      [],
    ]);
  });

  it('in arrears falls due with the last day of its interval', () => {
    const charge = box({ every: { count: 1, unit: 'month' }, timing: 'arrears', price: '3100' });
    expect(months([charge], { startsOn: '2026-01-15' }, '2026-01', '2026-03', {}, [reduced])).toEqual([
      [],
      ['box 3100'],
      ['box 3100'],
    ]);
  });

  it('counts month ends from the anchor, so that the 31st comes back', () => {
    const charge = box({ every: { count: 1, unit: 'month' }, anchor: '2025-10-31' });
    const document = account('2026-01', [product({ startsOn: '2026-01-01' })], {
      periods: { first: '2026-01', last: '2026-04' },
    });
    const starts = bill(document, releaseOf([offering(), plan([charge]), reduced])).bills.map((one) =>
      one.lines.map((line) => line.servicePeriod.start),
    );
    expect(starts).toEqual([['2026-01-31'], ['2026-02-28'], ['2026-03-31'], ['2026-04-30']]);
  });

  it('falls due first after one interval, as a renewal fee does', () => {
    const renewal = box({ every: { count: 1, unit: 'month' }, first: 'afterOneInterval', times: 2, price: '3100' });
    expect(months([renewal], { startsOn: '2026-01-15' }, '2026-01', '2026-04', {}, [reduced])).toEqual([
      [],
      ['box 3100'],
      ['box 3100'],
      [],
    ]);
  });

  it('is left out while suspended, where the ruleset says so, and the days of the others stay', () => {
    const held: Partial<Product> = {
      startsOn: '2026-01-03',
      history: [
        { from: '2026-01-10', status: 'suspended' },
        { from: '2026-01-20', status: 'active' },
      ],
    };
    const starts = (charge: Charge) =>
      bill(account('2026-01', [product(held)]), releaseOf([offering(), plan([charge]), reduced])).bills.flatMap((one) =>
        one.lines.map((line) => line.servicePeriod.start),
      );
    expect(starts(box({ whileSuspended: 'skip' }))).toEqual(['2026-01-03', '2026-01-31']);
    expect(starts(box())).toEqual(['2026-01-03', '2026-01-17', '2026-01-31']);
  });

  it('gives nothing back for an interval that was left out', () => {
    const held: Partial<Product> = {
      startsOn: '2026-01-03',
      endsOn: '2026-01-25',
      history: [{ from: '2026-01-10', status: 'suspended' }],
    };
    expect(
      months([box({ whileSuspended: 'skip', onEnd: 'byDay' })], held, '2026-01', '2026-01', {}, [reduced]),
    ).toEqual([['box 3980']]);
  });

  it('every six months in advance: the days not served come back when service ends, where the ruleset says so', () => {
    const charge = box({ every: { count: 6, unit: 'month' }, price: '18100', onEnd: 'byDay' });
    // 1 January to 30 June are 181 days; service ends with 10 February, so 140 days are refunded: 14,000.
    expect(
      months([charge], { startsOn: '2026-01-01', endsOn: '2026-02-11' }, '2026-01', '2026-02', {}, [reduced]),
    ).toEqual([['box 18100'], ['box -14000']]);
    expect(
      months(
        [box({ every: { count: 6, unit: 'month' }, price: '18100' })],
        { startsOn: '2026-01-01', endsOn: '2026-02-11' },
        '2026-01',
        '2026-02',
        {},
        [reduced],
      ),
    ).toEqual([['box 18100'], []]);
  });
});

describe('a quantity charge', () => {
  const licences = (more: object = {}): Charge => ({
    type: 'quantity',
    id: 'seats',
    name: named,
    taxCategory: 'standard',
    proration: { start: 'byDay', end: 'byDay', change: 'byDay' },
    price: {
      model: 'volume',
      tiers: [
        { upTo: '19', unitPrice: '10000' },
        { upTo: null, unitPrice: '8000' },
      ],
      ...more,
    },
  });

  it.each([
    ['10', {}, 'seats 100000'],
    ['20', {}, 'seats 160000'],
    ['17', {}, 'seats 170000'],
    ['17', { bestOf: true }, 'seats 160000'],
    ['16', { bestOf: true }, 'seats 160000'],
    ['15', { bestOf: true }, 'seats 150000'],
  ])('AX-07: %s licences %o', (quantity, more, line) => {
    expect(months([licences(more)], { quantity }, '2026-04', '2026-04')).toEqual([[line]]);
  });

  it('prices each part of a month by the quantity held in it: 10 for 10 days, 20 for 20', () => {
    const held = { quantity: '10', history: [{ from: '2026-04-11', quantity: '20' }] };
    expect(months([licences()], held, '2026-04', '2026-04')).toEqual([['seats 33333', 'seats 106666']]);
  });
});

describe('a negotiated price of licences', () => {
  const licences: Charge = {
    type: 'quantity',
    id: 'seats',
    name: named,
    taxCategory: 'standard',
    proration: { start: 'byDay', end: 'byDay', change: 'byDay' },
    price: {
      model: 'volume',
      tiers: [
        { upTo: '19', unitPrice: '10000' },
        { upTo: null, unitPrice: '8000' },
      ],
    },
  };
  const agree = (price: object, valid = { from: '2026-01-01', to: null as string | null }) => ({
    negotiatedPrices: [{ id: 'N-1', charge: 'seats', valid, price } as never],
  });

  it.each([
    ['pinned: 10 × 7,500', '10', { pinned: '7500' }, ['seats 75000']],
    ['90 % of what each costs by its tier: 20 × 7,200', '20', { percentOfList: '90' }, ['seats 144000']],
    ['so much off each: 10 × 9,500', '10', { offList: '500' }, ['seats 95000']],
    ['of nothing is nothing', '0', { pinned: '7500' }, ['seats 0']],
  ])('%s', (_because, quantity, price, lines) => {
    expect(months([licences], { quantity }, '2026-04', '2026-04', agree(price))).toEqual([lines]);
  });

  it('cuts the month on the day from which it holds: 100,000 × 15/30 and 75,000 × 15/30', () => {
    const from = agree({ pinned: '7500' }, { from: '2026-04-16', to: null });
    expect(months([licences], { quantity: '10' }, '2026-04', '2026-04', from)).toEqual([
      ['seats 50000', 'seats 37500'],
    ]);
  });
});

describe('a statutory fee', () => {
  const fee = (more: Partial<StatutoryFeeRuleset['body']> = {}): Ruleset => ({
    ...offering(),
    kind: 'statutoryFee',
    id: 'universal',
    body: {
      onLastMonth: 'charge',
      rates: [
        { from: '2022-01', to: '2025-07', amount: '2' },
        { from: '2025-07', to: '2026-01', amount: '3' },
        { from: '2026-01', to: null, amount: '2' },
      ],
      ...more,
    },
  });
  const charge: Charge = { type: 'statutory', id: 'universal', name: named, fee: 'universal', taxCategory: 'standard' };
  const held = { startsOn: '2025-06-10', appliedOn: '2025-06-01' };

  it('follows its table by the month of use', () => {
    expect(months([charge], held, '2025-06', '2025-07', {}, [fee()])).toEqual([['universal 2'], ['universal 3']]);
    expect(months([charge], held, '2025-12', '2026-01', {}, [fee()])).toEqual([['universal 3'], ['universal 2']]);
  });

  it('billed a month later still reaches a product that has left', () => {
    const left = { ...held, endsOn: '2025-07-21' };
    expect(months([charge], left, '2025-06', '2025-09', {}, [fee({ monthsLater: 1 })])).toEqual([
      [],
      ['universal 2'],
      ['universal 3'],
      [],
    ]);
  });

  it('is not owed for the month of leaving where the ruleset says so', () => {
    expect(
      months([charge], { ...held, endsOn: '2025-07-21' }, '2025-07', '2025-07', {}, [fee({ onLastMonth: 'free' })]),
    ).toEqual([[]]);
  });
});

describe("a supplier's amount", () => {
  it('is charged on as it is, or marked up', () => {
    const through = (markupPercent?: string): Charge => ({
      type: 'passThrough',
      id: 'content',
      name: named,
      meter: 'supplier.amount',
      taxCategory: 'standard',
      ...(markupPercent && { markupPercent }),
    });
    const usage = [
      { id: 'U-1', product: 'P-1', meter: 'supplier.amount', startedAt: '2026-04-10T00:00:00', quantity: '9999.5' },
    ];
    expect(months([through()], {}, '2026-04', '2026-04', { usage })).toEqual([['content 9999']]);
    expect(months([through('5')], {}, '2026-04', '2026-04', { usage })).toEqual([['content 10499']]);
  });
});
