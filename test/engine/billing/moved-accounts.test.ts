/** What does the month cost in which an account moves to another closing day? */
import { describe, expect, it } from 'vitest';
import type { AccountDocument, Bill, Charge, Product, Ruleset } from '#schemas/generated/types.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { bill } from '#engine/billing/bill.ts';
import { account, cycle, linesOf, monthly, offering, plan, problemOf, product, releaseOf, usage } from './build.ts';
import { cycles, full, moved, release, to, use, type Move } from './closing-days.ts';

const shown = ({ period, lines }: Bill) => [
  period.start,
  addDays(period.end, -1),
  ...lines.map(({ amount }) => amount),
];

const toTheTwentieth = (held: Partial<Product> = {}) => moved(31, [to('2026-11', 20)], ['2026-10', '2026-12'], held);
const toMonthEnd = (held: Partial<Product> = {}) => moved(20, [to('2026-12', 31)], ['2026-11', '2027-01'], held);

describe('the bills of an account that moves', () => {
  it('from month end to the 20th: 20 of the 31 days of 21 October to 20 November, 2,709.67 down', () => {
    expect(bill(toTheTwentieth(), release([monthly('4200')])).bills.map(shown)).toEqual([
      ['2026-10-01', '2026-10-31', '4200'],
      ['2026-11-01', '2026-11-20', '2709'],
      ['2026-11-21', '2026-12-20', '4200'],
    ]);
  });

  it('from the 20th to month end: the 10 days left of November, 1,400, and December', () => {
    expect(bill(toMonthEnd(), release([monthly('4200')])).bills.map(shown)).toEqual([
      ['2026-10-21', '2026-11-20', '4200'],
      ['2026-11-21', '2026-12-31', '1400', '4200'],
      ['2027-01-01', '2027-01-31', '4200'],
    ]);
  });

  it('twice in two months: each is measured by its own closing day', () => {
    const twice = moved(31, [to('2026-11', 20), to('2026-12', 10)], ['2026-11', '2027-01']);
    expect(bill(twice, release([monthly('4200')])).bills.map(shown)).toEqual([
      ['2026-11-01', '2026-11-20', '2709'],
      // 20 of the 30 days from 11 November to 10 December.
      ['2026-11-21', '2026-12-10', '2800'],
      ['2026-12-11', '2027-01-10', '4200'],
    ]);
  });

  it('to a cycle with the same closing day: nothing changes but the cycle', () => {
    const same = { ...cycle({ closingDay: 31 }), id: 'on-31' };
    const other = { ...cycle({ due: { monthsAfter: 2, day: 10 } }), id: 'other' };
    const accounts = [{ id: 'A-1', billingCycle: 'on-31', history: [{ from: '2026-11', billingCycle: 'other' }] }];
    const document = account('2026-11', [product()], { accounts });
    const [only] = bill(document, releaseOf([offering(), plan([monthly('4200')]), same, other])).bills;
    expect([only!.total, only!.dueOn]).toEqual(['4620', '2027-01-10']);
  });
});

const byDay = { start: 'byDay', end: 'byDay', change: 'byDay' } as const;

const settings: [because: string, document: AccountDocument, charge: Charge, month: string, amounts: string[]][] = [
  [
    '30 days a month: 20/30',
    toTheTwentieth(),
    monthly('4200', { proration: { ...byDay, dayCount: 'fixed30' } }),
    '2026-11',
    ['2800'],
  ],
  [
    'every month has thirty: 21 October is day 1, so 1 November is day 12',
    toTheTwentieth(),
    monthly('4200', { proration: { ...byDay, dayCount: 'thirty360' } }),
    '2026-11',
    ['2660'],
  ],
  [
    'daily rate first: 135 × 20',
    toTheTwentieth(),
    monthly('4200', { proration: { ...byDay, arithmetic: 'dailyRateFirst' } }),
    '2026-11',
    ['2700'],
  ],
  [
    'nobody pays a whole month for twenty days',
    toTheTwentieth(),
    monthly('4200', { proration: full }),
    '2026-11',
    ['2709'],
  ],
  [
    'nor for the twenty in which service ends',
    toTheTwentieth({ endsOn: '2026-11-06' }),
    monthly('4200', { proration: full }),
    '2026-11',
    ['2709'],
  ],
  [
    'ending by the day: 5 of 31',
    toTheTwentieth({ endsOn: '2026-11-06' }),
    monthly('4200', { proration: byDay }),
    '2026-11',
    ['677'],
  ],
  [
    'started whole in the days before the month: those days',
    toMonthEnd({ startsOn: '2026-11-25' }),
    monthly('4200', { proration: full }),
    '2026-12',
    ['1400', '4200'],
  ],
  [
    'ended in the days before the month: the month is not owed',
    toMonthEnd({ endsOn: '2026-11-26' }),
    monthly('4200', { proration: full }),
    '2026-12',
    ['1400'],
  ],
  [
    'a free first month: the days before the month',
    toMonthEnd({ startsOn: '2026-11-25' }),
    monthly('4200', { proration: { ...full, start: 'free' } }),
    '2026-12',
    ['4200'],
  ],
  [
    'one month’s price where the charge says so: short',
    toTheTwentieth(),
    monthly('4200', { proration: { ...full, move: 'full' } }),
    '2026-11',
    ['4200'],
  ],
  [
    'one month’s price where the charge says so: long',
    toMonthEnd(),
    monthly('4200', { proration: { ...full, move: 'full' } }),
    '2026-12',
    ['4200'],
  ],
  [
    'the first part, billed with the next: 11 of 31 days, then the month',
    toTheTwentieth({ startsOn: '2026-11-10' }),
    monthly('4200', { proration: { ...byDay, firstBill: 'withNext' } }),
    '2026-12',
    ['1490', '4200'],
  ],
  [
    'by quantity: 3,000 × 10/30 and 3,000',
    toMonthEnd({ quantity: '3' }),
    { ...monthly('0'), type: 'quantity', price: { model: 'perUnit', unitPrice: '1000' } } as Charge,
    '2026-12',
    ['1000', '3000'],
  ],
  [
    'a pause costs its fee by the day: 310 × 20/31',
    toTheTwentieth({ history: [{ from: '2026-10-05', status: 'suspended' }] }),
    monthly('4200', { whileSuspended: 'fee', suspensionFee: { name: offering().name, price: '310' } }),
    '2026-11',
    ['200'],
  ],
  [
    'a minimum that is prorated: 3,100 × 20/31',
    toTheTwentieth(),
    usage({ bounds: { minimum: '3100', prorated: true } }),
    '2026-11',
    ['0', '2000'],
  ],
  [
    'a minimum that is prorated: 3,000 × 10/30 and 3,000',
    toMonthEnd(),
    usage({ bounds: { minimum: '3000', prorated: true } }),
    '2026-12',
    ['0', '4000'],
  ],
  ['a minimum that is not: once', toMonthEnd(), usage({ bounds: { minimum: '3000' } }), '2026-12', ['0', '3000']],
];

it.each(settings)('%s', (_because, document, charge, month, amounts) => {
  const { bills } = bill(document, release([charge]));
  expect(
    bills.find(({ period }) => addDays(period.end, -1).startsWith(month))?.lines.map((line) => line.amount),
  ).toEqual(amounts);
});

describe('across a move', () => {
  it('each part of an instalment falls due once, in the order of months', () => {
    const phone: Charge = {
      ...{ type: 'instalment', id: 'phone', name: offering().name, total: '24000', parts: 24, residue: 'first' },
      ...{ onEnd: 'balance', taxCategory: 'standard' },
    };
    const { bills } = bill(
      moved(31, [to('2026-11', 20)], ['2026-10', '2027-01'], { startsOn: '2026-01-25' }),
      release([phone]),
    );
    expect(bills.flatMap(({ lines }) => lines.map(({ why }) => why.values['part']))).toEqual(['10', '11', '12', '13']);
  });

  it('a use is billed in the period in which it began', () => {
    const document = moved(
      31,
      [to('2026-11', 20)],
      ['2026-10', '2026-12'],
      {},
      {
        usage: ['2026-10-31T23:00:00', '2026-11-20T23:00:00', '2026-11-21T00:00:00'].map((at) => use(at)),
      },
    );
    expect(bill(document, release([usage()])).bills.map(linesOf)).toEqual([
      [['call', '20']],
      [['call', '20']],
      [['call', '20']],
    ]);
  });

  it('what arrives late is of the month in which it was used, by the closing day of then', () => {
    const late = moved(
      31,
      [to('2026-11', 20)],
      ['2026-12', '2026-12'],
      {},
      {
        usage: [use('2026-10-25T10:00:00'), use('2026-11-10T10:00:00')],
        previousState: { billedThrough: { 'A-1': '2026-11-21' } },
      },
    );
    const [only] = bill(late, release([usage()])).bills;
    expect(only!.lines.map(({ servicePeriod }) => [servicePeriod.start, servicePeriod.end])).toEqual([
      ['2026-10-01', '2026-11-01'],
      ['2026-11-01', '2026-11-21'],
    ]);
  });

  it('an allowance by the day shrinks with the month, and one that is whole does not', () => {
    const allowance = (partMonth: 'byDay' | 'whole') => ({
      ...{ id: 'free', name: offering().name, meter: 'voice.seconds', amount: '3100', partMonth },
      ...{ granted: 'monthly' as const, sharedBy: 'product' as const },
    });
    const amounts = (['byDay', 'whole'] as const).map((partMonth) => {
      const charges = [
        usage({ unit: { size: '1', rounding: 'exact', per: 'period' }, price: { model: 'perUnit', unitPrice: '1' } }),
      ];
      const document = moved(
        31,
        [to('2026-11', 20)],
        ['2026-11', '2026-11'],
        {},
        { usage: [use('2026-11-10T10:00:00', '3100')] },
      );
      return linesOf(bill(document, release(charges, { allowances: [allowance(partMonth)] })).bills[0]!);
    });
    // 3,100 × 20/31 are 2,000: 1,100 are left to pay.
    expect(amounts).toEqual([[['call', '1100']], [['call', '0']]]);
  });

  it('a month from before the move is worked out again as it was closed', () => {
    const charges = [monthly('4200')];
    const closed = bill(moved(31, [to('2026-11', 20)], ['2026-10', '2026-11']), release(charges));
    const after = moved(
      31,
      [to('2026-11', 20)],
      ['2026-12', '2026-12'],
      { startsOn: '2026-10-17' },
      {
        previousState: closed.nextState,
        billed: closed.bills.map((one) => ({
          month: addDays(one.period.end, -1).slice(0, 7),
          bills: [one],
          stateBefore: null,
        })),
      },
    );
    const [only] = bill(after, release(charges)).bills;
    // 15 of 31 days of October are 2,032: 2,168 of the 4,200 come back. November was right.
    expect(only!.lines.map(({ amount, servicePeriod }) => [servicePeriod.start, amount])).toEqual([
      ['2026-11-21', '4200'],
      ['2026-10-01', '-2168'],
    ]);
  });
});

describe('an account is refused', () => {
  const sold = [offering(), plan([monthly('4200')]), ...cycles];
  it.each([
    [
      'that moves to another currency',
      [{ from: '2026-11', billingCycle: 'dollars' }],
      'account-currency-changed',
      '/accounts/A-1/history',
    ],
    [
      'with a closing day of its own in a cycle that has one for all',
      [{ from: '2026-11', billingCycle: 'on-20', closingDay: 5 }],
      'closing-day-not-own',
      '/accounts/A-1/closingDay',
    ],
    [
      'that moves to a cycle which is not there',
      [{ from: '2026-11', billingCycle: 'nowhere' }],
      'ruleset-not-in-force',
      '/accounts/A-1/billingCycle',
    ],
  ] satisfies [string, Move[], string, string][])('%s', (_it, history, code, path) => {
    const dollars: Ruleset = { ...cycle({ currency: 'USD' }), id: 'dollars' };
    const document = moved(31, history, ['2026-11', '2026-11']);
    expect(problemOf(document, [...sold, dollars])).toEqual({ code, path });
  });
});
