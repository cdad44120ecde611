/** What does a monthly charge cost while service is suspended, and for how long (休止料、最長休止期間)? */
import { describe, expect, it } from 'vitest';
import type { Product, Proration } from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { account, billFor, linesOf, monthly, offering, plan, product, releaseOf } from '../billing/build.ts';

const byDay: Proration = { start: 'byDay', end: 'byDay', change: 'byDay' };

describe('while suspended', () => {
  const fee = { whileSuspended: 'fee', suspensionFee: { name: { ja: '休止料', en: 'Pause' }, price: '500' } } as const;
  const billed = (history: Product['history'], more: object, proration = byDay, last = '2026-07') => {
    const document = account('2026-04', [product({ ...(history && { history }) })], {
      periods: { first: '2026-04', last },
    });
    const { bills } = bill(document, releaseOf([offering(), plan([monthly('3000', { proration, ...more })])]));
    return bills.map((each) =>
      linesOf(each)
        .map(([charge, amount]) => (charge === 'base' ? amount : `fee ${amount}`))
        .join(' + '),
    );
  };
  const paused = (from: string, to?: string): NonNullable<Product['history']> => [
    { from, status: 'suspended' },
    ...(to === undefined ? [] : [{ from: to, status: 'active' as const }]),
  ];

  it.each<[because: string, history: Product['history'], more: object, months: string[]]>([
    [
      'a fee over two month edges: 3,000 × 15/30, 500 × 15/30; 500; 500 × 10/30, 3,000 × 20/30',
      paused('2026-04-16', '2026-06-11'),
      fee,
      ['1500 + fee 250', 'fee 500', '2000 + fee 166', '3000'],
    ],
    [
      'nothing, where it is free',
      paused('2026-04-16', '2026-06-11'),
      { whileSuspended: 'free' },
      ['1500', '', '2000', '3000'],
    ],
    [
      'one month at the longest is reached on 15 May: 500 × 15/31, and 3,000 × 16/31 from the 16th, suspended or not',
      paused('2026-04-16', '2026-07-11'),
      { ...fee, longestSuspensionMonths: 1 },
      ['1500 + fee 250', '1548 + fee 241', '3000', '3000'],
    ],
    [
      'the longest holds for a free suspension, too',
      paused('2026-04-16', '2026-07-11'),
      { whileSuspended: 'free', longestSuspensionMonths: 1 },
      ['1500', '1548', '3000', '3000'],
    ],
    [
      'a second suspension begins anew',
      [...paused('2026-04-01', '2026-05-01'), ...paused('2026-06-01', '2026-07-01')],
      { ...fee, longestSuspensionMonths: 1 },
      ['fee 500', '3000', 'fee 500', '3000'],
    ],
    [
      'a change of quantity does not',
      [...paused('2026-04-01'), { from: '2026-04-21', quantity: '2' }],
      { ...fee, longestSuspensionMonths: 2 },
      ['fee 500', 'fee 500', '3000', '3000'],
    ],
    [
      'a month begun on the 30th ends with the day before the 30th, by the Civil Code',
      paused('2026-04-30', '2026-07-01'),
      { ...fee, longestSuspensionMonths: 1 },
      // 3,000 × 29/30, 500 × 1/30; 500 × 29/31, 3,000 × 2/31.
      ['2900 + fee 16', '193 + fee 467', '3000', '3000'],
    ],
    [
      'a fee for each of two units',
      [{ from: '2026-04-01', quantity: '2' }, ...paused('2026-05-01', '2026-06-01')],
      { ...fee, perUnit: true },
      ['6000', 'fee 1000', '6000', '6000'],
    ],
  ])('%s', (_because, history, more, expected) => {
    expect(billed(history, more)).toEqual(expected);
  });

  it('a change charged for the whole period leaves a fee for what lies outside of it only', () => {
    const whole = { ...byDay, change: 'full' } as const;
    expect(billed(paused('2026-04-11', '2026-04-21'), fee, whole, '2026-04')).toEqual(['3000']);
    // Paid until the 10th, 3,000 × 10/30; the fee for the other twenty days.
    expect(billed(paused('2026-04-11'), fee, whole, '2026-04')).toEqual(['1000 + fee 333']);
  });

  it('the fee is for suspension only: no discount on the charge touches it, and it bears its tax', () => {
    const [line] = billFor(account('2026-04', [product({ history: paused('2026-04-01') })]), [
      offering(),
      plan([monthly('3000', fee)]),
    ]).lines;
    expect(line).toMatchObject({
      ...{ charge: 'base-suspension', name: { en: 'Pause' }, amount: '500', tax: '50' },
      ...{ row: '/body/charges/0/suspensionFee', why: { code: 'line.suspension.whole' } },
    });
  });

  it('the trace says since when an overlong suspension is charged in full, and how long days are free', () => {
    const document = account('2026-05', [product({ startsOn: '2026-04-01', history: paused('2026-04-16') })]);
    const charges = [
      monthly('3000', { ...fee, longestSuspensionMonths: 1 }),
      monthly('100', { id: 'extra', proration: { ...byDay, freeDays: 60 } }),
    ];
    const { trace } = bill(document, releaseOf([offering(), plan(charges)]), { trace: true });
    const notes = trace?.[0]?.children?.flatMap(({ children = [] }) => children) ?? [];
    expect(notes.filter(({ code }) => /suspension.over|freeDays/.test(code)).map(({ values }) => values)).toEqual([
      { product: 'P-1', charge: 'base', months: '1', since: '2026-05-16' },
      { product: 'P-1', charge: 'extra', days: '60', lastDay: '2026-05-30' },
    ]);
  });
});
