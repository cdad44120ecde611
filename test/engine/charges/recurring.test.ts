/** What does a month cost that is not a whole one? */
import { describe, expect, it } from 'vitest';
import type { Product, Proration } from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { account, billFor, linesOf, monthly, offering, plan, product, releaseOf } from '../billing/build.ts';

const byDay: Proration = { start: 'byDay', end: 'byDay', change: 'byDay' };

/** Lines of a 4,200 yen month under `proration`. */
const linesFor = (month: string, held: Partial<Product>, proration: Proration, more: object = {}) =>
  linesOf(billFor(account(month, [product(held)]), [offering(), plan([monthly('4200', { proration, ...more })])])).map(
    ([, amount]) => amount,
  );

const rows: [because: string, month: string, held: Partial<Product>, proration: Proration, lines: string[]][] = [
  ['from the 15th both days count: 16 of 30', '2026-04', { startsOn: '2026-04-15' }, byDay, ['2240']],
  ['from the 1st it is the whole month', '2026-04', { startsOn: '2026-04-01' }, byDay, ['4200']],
  ['the last day alone is 1 of 30', '2026-04', { startsOn: '2026-04-30' }, byDay, ['140']],
  ['a full first month', '2026-04', { startsOn: '2026-04-15' }, { ...byDay, start: 'full' }, ['4200']],
  ['a free first month', '2026-04', { startsOn: '2026-04-15' }, { ...byDay, start: 'free' }, []],
  ['a free first month, though a whole one', '2026-04', { startsOn: '2026-04-01' }, { ...byDay, start: 'free' }, []],
  ['the month after a free one is paid', '2026-05', { startsOn: '2026-04-15' }, { ...byDay, start: 'free' }, ['4200']],
  ['the last day of service counts: 10 of 30', '2026-04', { endsOn: '2026-04-11' }, byDay, ['1400']],
  ['ending with the month is the whole month', '2026-04', { endsOn: '2026-05-01' }, byDay, ['4200']],
  ['nothing is due in the month after', '2026-05', { endsOn: '2026-05-01' }, byDay, []],
  ['a full last month', '2026-04', { endsOn: '2026-04-11' }, { ...byDay, end: 'full' }, ['4200']],
  ['a free last month', '2026-04', { endsOn: '2026-04-11' }, { ...byDay, end: 'free' }, []],
  ['start and end on one day: 1 of 30', '2026-04', { startsOn: '2026-04-10', endsOn: '2026-04-11' }, byDay, ['140']],
  [
    'start by day, last month whole: from the 15th to the end',
    '2026-04',
    { startsOn: '2026-04-15', endsOn: '2026-04-20' },
    { ...byDay, end: 'full' },
    ['2240'],
  ],
  ['29 February counts in a leap year: 1 of 29', '2028-02', { startsOn: '2028-02-29' }, byDay, ['144']],
  [
    'fixed 30: 17 days of a month of 31 are 17/30',
    '2026-05',
    { startsOn: '2026-05-15' },
    { ...byDay, dayCount: 'fixed30' },
    ['2380'],
  ],
  [
    'fixed 30: 30 of 31 days are the whole price',
    '2026-05',
    { startsOn: '2026-05-02' },
    { ...byDay, dayCount: 'fixed30' },
    ['4200'],
  ],
  [
    'fixed 30: a whole February is the whole price',
    '2026-02',
    { startsOn: '2026-02-01' },
    { ...byDay, dayCount: 'fixed30' },
    ['4200'],
  ],
  [
    'fixed 30: 27 days of February are 27/30',
    '2026-02',
    { startsOn: '2026-02-02' },
    { ...byDay, dayCount: 'fixed30' },
    ['3780'],
  ],
  [
    'daily rate first: 4,200 ÷ 31 is 135, times 17',
    '2026-05',
    { startsOn: '2026-05-15' },
    { ...byDay, arithmetic: 'dailyRateFirst' },
    ['2295'],
  ],
  [
    'daily rate first, half a yen up: 4,200 ÷ 31 = 135.48 is 135; ÷ 29 = 144.83 is 145, times 2',
    '2028-02',
    { startsOn: '2028-02-28' },
    { ...byDay, arithmetic: 'dailyRateFirst', dailyRounding: { mode: 'halfUp' } },
    ['290'],
  ],
  [
    'a month of 365/12 days: 4,200 × 17 × 12 ÷ 365 = 2,347.4',
    '2026-05',
    { startsOn: '2026-05-15' },
    { ...byDay, dayCount: 'averageMonth' },
    ['2347'],
  ],
  [
    'a month of 365/12 days: 30 of 31 days are 4,142.5',
    '2026-05',
    { startsOn: '2026-05-02' },
    { ...byDay, dayCount: 'averageMonth' },
    ['4142'],
  ],
  [
    'a month of 365/12 days: a whole February is the whole price',
    '2026-02',
    { startsOn: '2026-02-01' },
    { ...byDay, dayCount: 'averageMonth' },
    ['4200'],
  ],
  [
    'fixed 28: 28 of 30 days are the whole price',
    '2026-04',
    { startsOn: '2026-04-03' },
    { ...byDay, dayCount: 'fixed28' },
    ['4200'],
  ],
  ['fixed 28: 14 days are a half', '2026-04', { startsOn: '2026-04-17' }, { ...byDay, dayCount: 'fixed28' }, ['2100']],
  [
    '30/360: from 15 February 30 − 14 days are left',
    '2026-02',
    { startsOn: '2026-02-15' },
    { ...byDay, dayCount: 'thirty360' },
    ['2240'],
  ],
  [
    '30/360: the 31st does not count',
    '2026-05',
    { startsOn: '2026-05-31' },
    { ...byDay, dayCount: 'thirty360' },
    ['0'],
  ],
  [
    'the first day not counted: from the 15th, 15 of 30',
    '2026-04',
    { startsOn: '2026-04-15' },
    { ...byDay, firstDay: 'notCounted' },
    ['2100'],
  ],
  [
    'the first day not counted, on the 1st: 29 of 30',
    '2026-04',
    { startsOn: '2026-04-01' },
    { ...byDay, firstDay: 'notCounted' },
    ['4060'],
  ],
  [
    'the first day not counted, on the last: nothing of it',
    '2026-04',
    { startsOn: '2026-04-30' },
    { ...byDay, firstDay: 'notCounted' },
    ['0'],
  ],
  [
    'the last day not counted: the 10th being the last, 9 of 30',
    '2026-04',
    { endsOn: '2026-04-11' },
    { ...byDay, lastDay: 'notCounted' },
    ['1260'],
  ],
  [
    'neither counted, one day of service: nothing',
    '2026-04',
    { startsOn: '2026-04-10', endsOn: '2026-04-11' },
    { ...byDay, firstDay: 'notCounted', lastDay: 'notCounted' },
    ['0'],
  ],
];

/** A contract of 4,200 begun on 15 April 2026, by the bill. */
const months = (proration: Proration, held: Partial<Product> = {}, last = '2026-07') => {
  const document = account('2026-04', [product({ startsOn: '2026-04-15', ...held })], {
    periods: { first: '2026-04', last },
  });
  const { bills } = bill(document, releaseOf([offering(), plan([monthly('4200', { proration })])]));
  return bills.map((each) =>
    linesOf(each)
      .map(([, amount]) => amount)
      .join(' + '),
  );
};

describe('days at the start', () => {
  it.each<[because: string, proration: Partial<Proration>, months: string[]]>([
    ['sixty free days end with 13 June: 4,200 × 17/30 in June', { freeDays: 60 }, ['', '', '2380', '4200']],
    ['the month in which they end is whole', { freeDays: 60, start: 'full' }, ['', '', '4200', '4200']],
    ['the month in which they end is free as well', { freeDays: 60, start: 'free' }, ['', '', '', '4200']],
    ['sixteen free days end with the month', { freeDays: 16 }, ['', '4200', '4200', '4200']],
    ['the day after them not counted: 16/30', { freeDays: 60, firstDay: 'notCounted' }, ['', '', '2240', '4200']],
  ])('%s', (_because, proration, billed) => {
    expect(months({ ...byDay, ...proration })).toEqual(billed);
  });

  it('cost nothing when service ends among them, and are charged after them where it ends later in the month', () => {
    expect(months({ ...byDay, freeDays: 60 }, { endsOn: '2026-06-14' })).toEqual(['', '', '', '']);
    // 14 to 20 June: 7/30.
    expect(months({ ...byDay, freeDays: 60 }, { endsOn: '2026-06-21' })).toEqual(['', '', '980', '']);
  });
});

describe('a monthly charge', () => {
  it.each(rows)('%s', (_because, month, held, proration, lines) => {
    expect(linesFor(month, held, proration)).toEqual(lines);
  });

  it('is charged while suspended, or is not, as the ruleset says', () => {
    const held: Partial<Product> = {
      history: [
        { from: '2026-04-11', status: 'suspended' },
        { from: '2026-04-21', status: 'active' },
      ],
    };
    expect(linesFor('2026-04', held, byDay)).toEqual(['4200']);
    expect(linesFor('2026-04', held, byDay, { whileSuspended: 'free' })).toEqual(['1400', '1400']);
  });

  it('follows the quantity: 10 licences for 10 days and 20 for 20 days', () => {
    const held: Partial<Product> = { quantity: '10', history: [{ from: '2026-04-11', quantity: '20' }] };
    expect(linesFor('2026-04', held, byDay, { perUnit: true })).toEqual(['14000', '56000']);
    expect(linesFor('2026-04', held, byDay)).toEqual(['4200']);
  });

  it('is shared between two plans by the day, or belongs to the last one whole', () => {
    const change = product({ history: [{ from: '2026-04-16', offering: 'other' }] });
    const sold = (proration: Proration) => [
      offering(),
      plan([monthly('3000', { proration })]),
      offering({}, 'other'),
      plan([monthly('6000', { proration })], { id: 'other' }),
    ];
    expect(linesOf(billFor(account('2026-04', [change]), sold(byDay)))).toEqual([
      ['base', '1500'],
      ['base', '3000'],
    ]);
    expect(linesOf(billFor(account('2026-04', [change]), sold({ ...byDay, change: 'full' })))).toEqual([
      ['base', '6000'],
    ]);
  });
});
