/** What does a new version of a plan mean for those who have an earlier one, in each of the five modes? */
import { describe, expect, it } from 'vitest';
import type {
  AccountDocument,
  Condition,
  Product,
  RatePlanRuleset,
  Ruleset,
  TermRuleset,
} from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { account, monthly, offering, plan, product, releaseOf } from './build.ts';

/** Begun on 11 June 2025 for twelve months: renews on 11 June 2026. 3,000 a month; free while suspended. */
const held: Partial<Product> = { ratePlanVersion: 1, startsOn: '2025-06-11', appliedOn: '2025-06-01' };
const price = (amount: string) => [monthly(amount, { whileSuspended: 'free' })];
const old = plan(price('3000'));

/** 3,300 a month from 10 April 2026. */
const dearer = (existing: RatePlanRuleset['existing'], more: Partial<RatePlanRuleset> = {}): RatePlanRuleset =>
  plan(price('3300'), {
    version: 2,
    effective: { from: '2026-04-10', to: null },
    ...(existing && { existing }),
    ...more,
  });
const yearly = (more: Partial<TermRuleset['body']> = {}): TermRuleset => ({
  kind: 'term',
  id: 'yearly',
  version: 1,
  name: { ja: '1 年', en: 'A year' },
  effective: { from: '2000-01-01', to: null },
  reason: 'For a test.',
  body: { months: 12, renewal: 'sameTerm', graceMonths: 0, ...more },
});
const asked = (fact: string, value: string, operator: 'equal' | 'contains' | 'decimalGreaterThanInclusive' = 'equal') =>
  ({ all: [{ fact, operator, value }] }) as Condition;
const individuals = asked('customer.type', 'individual');

/** What is billed for each month from April to July 2026, its lines joined by ' + '. */
function billed(who: Partial<Product>, later: readonly Ruleset[], more: Partial<AccountDocument> = {}): string[] {
  const sold = [offering({ term: 'yearly' }), old, ...(later.some(({ kind }) => kind === 'term') ? [] : [yearly()])];
  const document = account('2026-04', [product({ ...held, ...who })], {
    ...more,
    periods: { first: '2026-04', last: '2026-07' },
  });
  return bill(document, releaseOf([...sold, ...later])).bills.map(({ lines }) =>
    lines.map(({ amount }) => amount).join(' + '),
  );
}

type Mode = NonNullable<RatePlanRuleset['existing']>;
const modes: Readonly<Record<string, Mode>> = {
  grandfather: { mode: 'grandfather' },
  fromDate: { mode: 'fromDate', date: '2026-05-16' },
  nextCycle: { mode: 'nextCycle' },
  onRenewal: { mode: 'onRenewal' },
  migrate: { mode: 'migrate', date: '2026-05-16', cohort: individuals },
};

describe('the same contract', () => {
  it.each([
    // mode           April   May            June           July     because
    ['grandfather', '3000', '3000', '3000', '3000', 'it keeps the version it began with'],
    ['fromDate', '3000', '1451 + 1703', '3300', '3300', '3,000 × 15/31 and 3,300 × 16/31 in May'],
    ['nextCycle', '3000', '3300', '3300', '3300', 'April had begun on the 10th'],
    ['onRenewal', '3000', '3000', '1000 + 2200', '3300', '3,000 × 10/30 and 3,300 × 20/30 in June'],
    ['migrate', '3000', '1451 + 1703', '3300', '3300', 'it is an individual’s on 16 May'],
  ])('under %s owes %s, %s, %s, %s: %s', (mode, ...[april, may, june, july]) => {
    expect(billed({}, [dearer(modes[mode])])).toEqual([april, may, june, july]);
  });

  it.each([
    // mode           April   May    June  July             because
    ['grandfather', '3000', '', '', '1645', '3,000 × 17/31 from 15 July on'],
    ['fromDate', '3000', '', '', '1809', '3,300 × 17/31: the day came while it was suspended'],
    ['nextCycle', '3000', '', '', '1809', 'so did the next period'],
    ['onRenewal', '3000', '', '', '1809', 'so did the renewal: a term runs on'],
    ['migrate', '3000', '', '', '1809', 'it was an individual’s on the day, suspended or not'],
  ])('suspended from May to 14 July, under %s owes %s, %s, %s, %s: %s', (mode, ...[april, may, june, july]) => {
    const history: Product['history'] = [
      { from: '2026-05-01', status: 'suspended' },
      { from: '2026-07-15', status: 'active' },
    ];
    expect(billed({ history }, [dearer(modes[mode])])).toEqual([april, may, june, july]);
  });

  it('resumed before its renewal pays the old price until then', () => {
    const history: Product['history'] = [
      { from: '2026-05-01', status: 'suspended' },
      { from: '2026-06-06', status: 'active' },
    ];
    // 3,000 × 5/30 from the 6th to the 10th, 3,300 × 20/30 from the 11th on.
    expect(billed({ history }, [dearer({ mode: 'onRenewal' })])).toEqual(['3000', '', '500 + 2200', '3300']);
  });
});

describe('with the renewal of the term', () => {
  const onRenewal = [dearer({ mode: 'onRenewal' })];

  it.each<[because: string, who: Partial<Product>, later: readonly Ruleset[], months: string[]]>([
    [
      'a version of the day of renewal holds that day',
      { startsOn: '2025-04-10' },
      onRenewal,
      ['900 + 2310', '3300', '3300', '3300'],
    ],
    ['a renewal before it does not count', { startsOn: '2025-04-09' }, onRenewal, ['3000', '3000', '3000', '3000']],
    [
      'the term renews after its grace months',
      { startsOn: '2025-04-16' },
      [...onRenewal, yearly({ graceMonths: 2 })],
      // 16 June: 3,000 × 15/30 and 3,300 × 15/30.
      ['3000', '3000', '1500 + 1650', '3300'],
    ],
    [
      'a term that is over keeps its version',
      { startsOn: '2025-06-11' },
      [...onRenewal, yearly({ renewal: 'none' })],
      ['3000', '3000', '3000', '3000'],
    ],
    [
      'a start in the month counts from the first where the term says so',
      { startsOn: '2025-06-11' },
      [...onRenewal, yearly({ counted: 'startMonth' })],
      ['3000', '3000', '3300', '3300'],
    ],
    [
      'a start on 31 May renews on 31 May: 3,000 × 30/31 and 3,300 × 1/31',
      { startsOn: '2024-05-31' },
      onRenewal,
      ['3000', '2903 + 106', '3300', '3300'],
    ],
  ])('%s', (_because, who, later, months) => {
    expect(billed(who, later)).toEqual(months);
  });

  it('the term counts from the day on which the offering with it was taken', () => {
    const who: Partial<Product> = {
      offering: 'loose',
      history: [{ from: '2025-07-01', offering: 'plan', ratePlanVersion: 1 }],
    };
    const loose = offering({ ratePlan: 'plan' }, 'loose');
    expect(billed(who, [...onRenewal, loose])).toEqual(['3000', '3000', '3000', '3300']);
  });
});

describe('those who match move', () => {
  const moved = (cohort: Condition, date = '2026-05-16') => dearer({ mode: 'migrate', date, cohort });
  const stays = ['3000', '3000', '3000', '3000'];
  const moves = ['3000', '1451 + 1703', '3300', '3300'];

  it.each<[because: string, cohort: Condition, months: string[]]>([
    ['firms do, a person stays', asked('customer.type', 'corporate'), stays],
    [
      'eleven months of tenure on the day are not twelve, later or not',
      asked('product.tenureMonths', '12', 'decimalGreaterThanInclusive'),
      stays,
    ],
    ['eleven are eleven', asked('product.tenureMonths', '11', 'decimalGreaterThanInclusive'), moves],
    ['who has the other service that day', asked('group.services', 'power', 'contains'), moves],
    ['not who has it no longer', asked('group.services', 'gas', 'contains'), stays],
  ])('%s', (_because, cohort, months) => {
    const others: Ruleset[] = ['power', 'gas'].flatMap((id) => [
      offering({ service: id }, id),
      plan([monthly('0', { id })], { id }),
    ]);
    const document = account(
      '2026-04',
      [
        product(held),
        product({ id: 'P-2', offering: 'power', startsOn: '2026-05-16' }),
        product({ id: 'P-3', offering: 'gas', endsOn: '2026-05-16' }),
      ],
      { periods: { first: '2026-04', last: '2026-07' } },
    );
    const { bills } = bill(document, releaseOf([offering(), old, moved(cohort), ...others]));
    const own = bills.map(({ lines }) => lines.filter((line) => line.product === 'P-1').map(({ amount }) => amount));
    expect(own.map((amounts) => amounts.join(' + '))).toEqual(months);
  });

  it('on the version’s first day at the earliest', () => {
    expect(billed({}, [moved(individuals, '2026-01-01')])[0]).toBe('900 + 2310');
  });

  it('only if they had the plan on the day', () => {
    // Ordered under the old version, begun after the day.
    expect(billed({ startsOn: '2026-06-01' }, [moved(individuals)])).toEqual(['', '', '3000', '3000']);
  });
});

describe('several later versions', () => {
  const third = (existing: Mode, from = '2026-05-01') =>
    plan(price('3600'), { version: 3, effective: { from, to: null }, existing });

  it.each<[because: string, second: Mode, next: RatePlanRuleset, months: string[]]>([
    [
      'two within one month cut it twice',
      { mode: 'fromDate', date: '2026-06-06' },
      third({ mode: 'fromDate', date: '2026-06-21' }),
      ['3000', '3000', '500 + 1650 + 1200', '3600'],
    ],
    [
      'the renewal comes first, the later version on its day',
      { mode: 'onRenewal' },
      third({ mode: 'fromDate', date: '2026-06-21' }),
      ['3000', '3000', '1000 + 1100 + 1200', '3600'],
    ],
    [
      'a renewal brings the highest version that waits for it',
      { mode: 'onRenewal' },
      third({ mode: 'onRenewal' }),
      ['3000', '3000', '1000 + 2400', '3600'],
    ],
    [
      'whom the second took over the third leaves there',
      { mode: 'migrate', date: '2026-05-01', cohort: individuals },
      third({ mode: 'grandfather' }),
      ['3000', '3300', '3300', '3300'],
    ],
    [
      'whom the second left the third takes over with the next period',
      { mode: 'grandfather' },
      third({ mode: 'nextCycle' }, '2026-05-02'),
      ['3000', '3000', '3600', '3600'],
    ],
    [
      'a lower version never takes over from a higher one',
      { mode: 'onRenewal' },
      third({ mode: 'fromDate', date: '2026-05-01' }),
      ['3000', '3600', '3600', '3600'],
    ],
  ])('%s', (_because, second, next, months) => {
    expect(billed({}, [dearer(second), next])).toEqual(months);
  });
});
