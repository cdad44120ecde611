/** What becomes of what was paid for when a product changes from one interval to another (支払周期の変更)? */
import { describe, expect, it } from 'vitest';
import type { CyclicCharge, Product, Ruleset } from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { account, offering, plan, product, releaseOf } from '../billing/build.ts';

type Policy = NonNullable<CyclicCharge['onChange']>;

const fee = (price: string, months: number, more: Partial<CyclicCharge> = {}): CyclicCharge => ({
  type: 'cyclic',
  id: 'fee',
  name: { ja: '会費', en: 'Fee' },
  every: { count: months, unit: 'month' },
  timing: 'advance',
  price,
  onEnd: 'byDay',
  taxCategory: 'standard',
  ...more,
});

/** 3,000 a month and 36,500 a year, both in advance; each says what a change to it does. */
const sold = (onChange?: Policy, monthly: Partial<CyclicCharge> = {}): Ruleset[] => {
  const policy = onChange === undefined ? {} : { onChange };
  return [
    offering({}, 'monthly'),
    plan([fee('3000', 1, { ...policy, ...monthly })], { id: 'monthly' }),
    offering({}, 'yearly'),
    plan([fee('36500', 12, policy)], { id: 'yearly' }),
  ];
};

/** 'amount from the first day on' of each line from April to July 2026. Begun on 11 April. */
function billed(held: Partial<Product>, rulesets: readonly Ruleset[], last = '2026-07'): string[] {
  const document = account('2026-04', [product({ offering: 'monthly', startsOn: '2026-04-11', ...held })], {
    periods: { first: '2026-04', last },
  });
  return bill(document, releaseOf(rulesets)).bills.map(({ lines }) =>
    lines.map(({ amount, servicePeriod }) => `${amount} from ${servicePeriod.start.slice(5)}`).join(', '),
  );
}

/** On 21 May: of 11 May to 10 June, 31 days, 21 are left. */
const toYearly: Partial<Product> = { history: [{ from: '2026-05-21', offering: 'yearly' }] };

describe('from monthly to yearly within a month that is paid', () => {
  it.each<[policy: Policy | undefined, because: string, months: string[]]>([
    [
      'creditAndRestart',
      '3,000 × 21/31 come back, and a year begins',
      ['3000 from 04-11', '3000 from 05-11, -2032 from 05-21, 36500 from 05-21', '', ''],
    ],
    [
      'difference',
      '36,500 × 21/365 less 3,000 × 21/31, and the year begins on 11 June',
      ['3000 from 04-11', '3000 from 05-11, 67 from 05-21', '36500 from 06-11', ''],
    ],
    ['afterPaid', 'the year begins on 11 June', ['3000 from 04-11', '3000 from 05-11', '36500 from 06-11', '']],
    ['nextDue', 'years are counted from 11 April', ['3000 from 04-11', '3000 from 05-11', '', '']],
    [undefined, 'as nextDue', ['3000 from 04-11', '3000 from 05-11', '', '']],
  ])('%s: %s', (policy, _because, months) => {
    const order = (text: string) => text.split(', ').sort().join(', ');
    expect(billed(toYearly, sold(policy)).map(order)).toEqual(months.map(order));
  });

  it('the year begun then renews on its own day', () => {
    expect(billed(toYearly, sold('creditAndRestart'), '2027-05').at(-1)).toBe('36500 from 05-21');
    expect(billed(toYearly, sold('difference'), '2027-06').at(-1)).toBe('36500 from 06-11');
  });
});

describe('from yearly to monthly', () => {
  const toMonthly: Partial<Product> = {
    offering: 'yearly',
    history: [{ from: '2026-05-21', offering: 'monthly' }],
  };

  it.each<[policy: Policy, because: string, months: string[]]>([
    // Until 10 April 2027, 325 of 365 days.
    [
      'creditAndRestart',
      '36,500 × 325/365 come back',
      ['36500 from 04-11', '-32500 from 05-21, 3000 from 05-21', '3000 from 06-21', '3000 from 07-21'],
    ],
    [
      'difference',
      '3,000 × 325/31 less 32,500: the difference comes back',
      ['36500 from 04-11', '-1048 from 05-21', '', ''],
    ],
    ['afterPaid', 'nothing is due before the year is over', ['36500 from 04-11', '', '', '']],
  ])('%s: %s', (policy, _because, months) => {
    expect(billed(toMonthly, sold(policy))).toEqual(months);
    expect(billed(toMonthly, sold('afterPaid'), '2027-04').at(-1)).toBe('3000 from 04-11');
  });
});

describe('a change', () => {
  it.each<[because: string, held: Partial<Product>, rulesets: Ruleset[], months: string[]]>([
    [
      'on the first day of an interval settles nothing',
      { history: [{ from: '2026-05-11', offering: 'yearly' }] },
      sold('difference'),
      ['3000 from 04-11', '36500 from 05-11', '', ''],
    ],
    [
      'and back within the interval: 36,500 × 360/365 come back',
      {
        history: [
          { from: '2026-05-21', offering: 'yearly' },
          { from: '2026-05-26', offering: 'monthly' },
        ],
      },
      sold('creditAndRestart'),
      [
        '3000 from 04-11',
        '3000 from 05-11, -36000 from 05-26, 3000 from 05-26, -2032 from 05-21, 36500 from 05-21',
        '3000 from 06-26',
        '3000 from 07-26',
      ],
    ],
    [
      'followed by the end of service gives back what the difference was paid for: 2,100 × 10/21',
      { ...toYearly, endsOn: '2026-06-01' },
      sold('difference'),
      ['3000 from 04-11', '3000 from 05-11, 67 from 05-21, -1000 from 06-01', '', ''],
    ],
    [
      'followed by the end before the new interval gives back what was paid for the old: 3,000 × 10/31',
      { ...toYearly, endsOn: '2026-06-01' },
      sold('afterPaid'),
      ['3000 from 04-11', '3000 from 05-11, -967 from 06-01', '', ''],
    ],
    [
      'from an interval in arrears owes the days until then: 3,000 × 10/31',
      toYearly,
      sold('afterPaid', { timing: 'arrears' }),
      ['', '3000 from 04-11, 967 from 05-11, 36500 from 05-21', '', ''],
    ],
    [
      'gives nothing back for an interval that was left out',
      {
        history: [
          { from: '2026-05-01', status: 'suspended' },
          { from: '2026-05-21', status: 'active', offering: 'yearly' },
        ],
      },
      sold('creditAndRestart', { whileSuspended: 'skip' }),
      ['3000 from 04-11', '36500 from 05-21', '', ''],
    ],
  ])('%s', (_because, held, rulesets, months) => {
    const order = (text: string) => text.split(', ').sort().join(', ');
    expect(billed(held, rulesets).map(order)).toEqual(months.map(order));
  });

  it('of a contract older than the price list is looked for from the first price on', () => {
    const rulesets = sold('difference').map((one) => ({ ...one, effective: { from: '2026-03-01', to: null } }));
    expect(billed({ startsOn: '1998-04-11', ...toYearly }, rulesets as Ruleset[])).toEqual([
      '3000 from 04-11',
      '3000 from 05-11, 67 from 05-21',
      '36500 from 06-11',
      '',
    ]);
  });

  it('of the version alone, with the same interval, goes on at the new price', () => {
    const dearer = plan([fee('3300', 1, { onChange: 'creditAndRestart' })], {
      id: 'monthly',
      version: 2,
      effective: { from: '2026-05-21', to: null },
    });
    expect(billed({}, [...sold('creditAndRestart'), dearer])).toEqual([
      '3000 from 04-11',
      '3000 from 05-11',
      '3300 from 06-11',
      '3300 from 07-11',
    ]);
  });

  it('of the version to another interval is a change like any other', () => {
    const longer = plan([fee('36500', 12, { onChange: 'afterPaid' })], {
      id: 'monthly',
      version: 2,
      effective: { from: '2026-05-21', to: null },
    });
    expect(billed({}, [...sold(), longer])).toEqual(['3000 from 04-11', '3000 from 05-11', '36500 from 06-11', '']);
  });

  it('names the plan of each line, and credits outside the reach of discounts', () => {
    const document = account('2026-05', [product({ offering: 'monthly', startsOn: '2026-04-11', ...toYearly })]);
    const [one] = bill(document, releaseOf(sold('creditAndRestart'))).bills;
    expect(one?.lines.map(({ ruleset, phase, why }) => [ruleset, phase, why.code])).toEqual([
      ['ratePlan/monthly', 'listCharges', 'line.cyclic.whole'],
      ['ratePlan/monthly', 'adjustments', 'line.cyclic.credit'],
      ['ratePlan/yearly', 'listCharges', 'line.cyclic.whole'],
    ]);
  });
});
