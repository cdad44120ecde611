/** When is the part of a month in which charging begins billed (初月分と翌月分の合算請求), and does that change what it costs? */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  AccountDocument,
  Bill,
  BundleDiscountRuleset,
  CampaignRuleset,
  Effect,
  Product,
  ProductBound,
  Proration,
  Ruleset,
} from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { account, billFor, linesOf, monthly, offering, plan, product, releaseOf, usage } from '../billing/build.ts';

const named = { ja: '試し', en: 'Trial' };
const byDay: Proration = { start: 'byDay', end: 'byDay', change: 'byDay' };

describe('the first part', () => {
  const withNext = { ...byDay, firstBill: 'withNext' } as const;

  it.each<[because: string, proration: Proration, held: Partial<Product>, months: string[]]>([
    ['waits for the bill of May: 4,200 × 16/30', withNext, {}, ['', '2240 + 4200', '4200', '4200']],
    ['is billed at once where service ends with its month', withNext, { endsOn: '2026-05-01' }, ['2240', '', '', '']],
    ['or within it: 6/30', withNext, { endsOn: '2026-04-21' }, ['840', '', '', '']],
    ['waits where it ends in May: 10/31', withNext, { endsOn: '2026-05-11' }, ['', '2240 + 1354', '', '']],
    ['is the one after the free days', { ...withNext, freeDays: 30 }, {}, ['', '', '2303 + 4200', '4200']],
    [
      'waits in pieces where it was changed: 4,200 × 6/30 and 8,400 × 10/30',
      withNext,
      { quantity: '1', history: [{ from: '2026-04-21', quantity: '2' }] },
      ['', '840 + 2800 + 8400', '8400', '8400'],
    ],
  ])('%s', (_because, proration, held, billed) => {
    const perUnit = held.quantity !== undefined;
    const document = account('2026-04', [product({ startsOn: '2026-04-15', ...held })], {
      periods: { first: '2026-04', last: '2026-07' },
    });
    const rulesets = [offering(), plan([monthly('4200', { proration, perUnit })])];
    const { bills } = bill(document, releaseOf(rulesets));
    expect(
      bills.map((each) =>
        linesOf(each)
          .map(([, amount]) => amount)
          .join(' + '),
      ),
    ).toEqual(billed);
  });

  it('of days before the price list is billed by nobody', () => {
    const sold = [offering(), plan([monthly('4200', { proration: withNext })])].map((one) => ({
      ...one,
      effective: { from: '2026-05-01', to: null },
    }));
    const begun = account('2026-05', [product({ startsOn: '2026-04-15' })]);
    expect(linesOf(billFor(begun, sold))).toEqual([['base', '4200']]);
  });

  it('is billed for the days it is for, by the plan that was held then', () => {
    const history: Product['history'] = [{ from: '2026-05-01', offering: 'other' }];
    const document = account('2026-04', [product({ startsOn: '2026-04-15', history })], {
      periods: { first: '2026-04', last: '2026-05' },
    });
    const sold = [offering(), plan([monthly('4200', { proration: withNext })])];
    const other = [offering({}, 'other'), plan([monthly('6000', { id: 'other' })], { id: 'other' })];
    const { lines } = bill(document, releaseOf([...sold, ...other])).bills[1]!;
    expect(lines.map(({ charge, amount, servicePeriod }) => [charge, amount, servicePeriod.start])).toEqual([
      ['base', '2240', '2026-04-15'],
      ['other', '6000', '2026-05-01'],
    ]);
  });
});

/** Half of the fee, or what is said, for so many months. */
const campaign = (
  more: Partial<CampaignRuleset['body']> = {},
  effect: Effect = { op: 'percentOff', percent: '50' },
): CampaignRuleset => ({
  ...offering(),
  kind: 'campaign',
  id: 'start',
  body: {
    triggers: ['new'],
    window: { from: '2026-01-01', to: null },
    duration: { months: 2, countedFrom: 'start' },
    discounts: [{ id: 'off', name: named, effect, target: { charges: ['base'], services: ['mobile'] } }],
    ...more,
  },
});

/** What April, May and June come to, charge by charge, for a contract of 4,200 begun on 15 April. */
const lines = (firstBill: 'own' | 'withNext', rulesets: Ruleset[], held: Partial<Product> = {}) => {
  const document = account('2026-04', [product({ startsOn: '2026-04-15', ...held })], {
    periods: { first: '2026-04', last: '2026-06' },
  });
  const sold = [offering(), plan([monthly('4200', { proration: { ...byDay, firstBill } })])];
  return bill(document, releaseOf([...sold, ...rulesets])).bills.map((each) =>
    linesOf(each)
      .map(([, amount]) => amount)
      .join(' '),
  );
};

describe('what waits', () => {
  it.each<[because: string, rulesets: Ruleset[], own: string[], withNext: string[]]>([
    [
      'has the discount of its own month, limited to services or not',
      [campaign()],
      ['2240 -1120', '4200 -2100', '4200'],
      ['', '2240 -1120 4200 -2100', '4200'],
    ],
    [
      'for one month alone, too',
      [campaign({ duration: { months: 1, countedFrom: 'start' } })],
      ['2240 -1120', '4200', '4200'],
      ['', '2240 -1120 4200', '4200'],
    ],
    [
      'has none where months are counted from the first whole one',
      [campaign({ duration: { months: 1, countedFrom: 'firstFullPeriod' } })],
      ['2240', '4200 -2100', '4200'],
      ['', '2240 4200 -2100', '4200'],
    ],
    [
      'has an amount off by itself',
      [campaign({}, { op: 'amountOff', amount: '500' })],
      ['2240 -500', '4200 -500', '4200'],
      ['', '2240 -500 4200 -500', '4200'],
    ],
  ])('%s', (_because, rulesets, own, withNext) => {
    expect(lines('own', rulesets)).toEqual(own);
    expect(lines('withNext', rulesets)).toEqual(withNext);
  });

  it('is bounded in its own month: a cap of 3,000 by the day is 1,600 for it, and the minimum of the product is not owed for its absence', () => {
    const bound: ProductBound = {
      id: 'all',
      name: named,
      cap: '3000',
      minimum: '1000',
      prorated: true,
      taxCategory: 'standard',
    };
    const base = monthly('4200', { proration: { ...byDay, firstBill: 'withNext' } });
    const document = account('2026-04', [product({ startsOn: '2026-04-15' })], {
      periods: { first: '2026-04', last: '2026-05' },
    });
    const sold = [offering(), plan([base], { body: { charges: [base], bounds: [bound] } })];
    expect(bill(document, releaseOf(sold)).bills.map(linesOf)).toEqual([
      [],
      [
        ['base', '2240'],
        ['all', '-640'],
        ['base', '4200'],
        ['all', '-1200'],
      ],
    ]);
  });

  it('is billed though it turned out later that service had ended with its month', () => {
    const sold = releaseOf([offering(), plan([monthly('4200', { proration: { ...byDay, firstBill: 'withNext' } })])]);
    const held = product({ startsOn: '2026-04-15' });
    const { nextState: previousState } = bill(account('2026-04', [held]), sold);
    const ended = account('2026-05', [{ ...held, endsOn: '2026-05-01' }], { previousState });
    expect(bill(ended, sold).bills.map(linesOf)).toEqual([[['base', '2240']]]);
  });

  it('is corrected with its own month, and left alone where only the month after is looked at again', () => {
    const sold = releaseOf([offering(), plan([monthly('4200', { proration: { ...byDay, firstBill: 'withNext' } })])]);
    const held = product({ startsOn: '2026-04-15' });
    const april = bill(account('2026-04', [held]), sold);
    const may = bill(account('2026-05', [held], { previousState: april.nextState }), sold);
    const closed = (months: [string, Bill[], AccountDocument['previousState']][]) => ({
      previousState: may.nextState,
      billed: months.map(([month, bills, stateBefore]) => ({ month, bills, stateBefore: stateBefore ?? null })),
    });
    const both = closed([
      ['2026-04', april.bills, undefined],
      ['2026-05', may.bills, april.nextState],
    ]);
    const mayAlone = closed([['2026-05', may.bills, april.nextState]]);
    const june = (found: Product, more: object): string[] =>
      linesOf(bill(account('2026-06', [found], more), sold).bills[0]!).map(([, amount]) => amount);
    // Begun on the 21st, not on the 15th: 4,200 × 10/30 = 1,400, which is 840 less.
    expect(june({ ...held, startsOn: '2026-04-21' }, both)).toEqual(['4200', '-840']);
    expect(june(held, both)).toEqual(['4200']);
    // Left on 10 May: 4,200 × 10/31 = 1,354; April stands as it is.
    expect(june({ ...held, endsOn: '2026-05-11' }, mayAlone)).toEqual(['-2846']);
    // Left on 30 April: May comes back whole; April has been billed with it.
    expect(june({ ...held, endsOn: '2026-05-01' }, mayAlone)).toEqual(['-4200']);
  });

  it('waits for another bill of its own account', () => {
    const sold = releaseOf([offering(), plan([monthly('4200', { proration: { ...byDay, firstBill: 'withNext' } })])]);
    const products = [
      product({ startsOn: '2026-04-15' }),
      product({ id: 'P-2', account: 'A-2', startsOn: '2026-04-16' }),
    ];
    const document = account('2026-04', products, {
      accounts: ['A-1', 'A-2'].map((id) => ({ id, billingCycle: 'month-end' })),
      periods: { first: '2026-04', last: '2026-05' },
    });
    expect(bill(document, sold).bills.map((each) => [each.account, each.net])).toEqual([
      ['A-1', '0'],
      ['A-2', '0'],
      ['A-1', '6440'],
      ['A-2', '6300'],
    ]);
  });
});

it('to wait changes when something is billed, never what it costs', () => {
  const set: BundleDiscountRuleset = {
    ...offering(),
    kind: 'bundleDiscount',
    id: 'set',
    body: {
      requires: { services: ['mobile', 'internet'] },
      onBreak: 'endOfPeriod',
      discounts: [
        {
          id: 'set-off',
          name: named,
          effect: { op: 'amountOff', amount: '300' },
          target: { charges: ['base', 'net'] },
        },
      ],
    },
  };
  const cases = fc.record({
    day: fc.integer({ min: 1, max: 30 }),
    freeDays: fc.constantFrom(0, 10, 40),
    months: fc.integer({ min: 1, max: 3 }),
    countedFrom: fc.constantFrom('start', 'firstFullPeriod'),
    effect: fc.constantFrom<Effect>(
      { op: 'percentOff', percent: '33.3' },
      { op: 'amountOff', amount: '2500' },
      { op: 'fixedPrice', price: '1000' },
      { op: 'free' },
    ),
    bounds: fc.constantFrom(
      {},
      { minimum: '3000' },
      { cap: '2000', prorated: true },
      { minimum: '2500', judgedOn: 'net' },
    ),
    level: fc.constantFrom('line', 'product'),
    isSet: fc.boolean(),
  });
  fc.assert(
    fc.property(cases, ({ day, freeDays, months, countedFrom, effect, bounds, level, isSet }) => {
      const billed = (firstBill: 'own' | 'withNext') => {
        const base = monthly('4200', {
          proration: { ...byDay, freeDays, firstBill },
          ...(level === 'line' && { bounds: bounds as object }),
        });
        const charges = [usage({ unit: { size: '1', rounding: 'exact', per: 'period' } }), base];
        const bound = { id: 'all', name: named, taxCategory: 'standard', ...bounds } as ProductBound;
        const isBounded = level === 'product' && ('minimum' in bounds || 'cap' in bounds);
        const rulesets: Ruleset[] = [
          offering(),
          plan(charges, { body: { charges, ...(isBounded && { bounds: [bound] }) } }),
          offering({ service: 'internet' }, 'net'),
          plan([monthly('3000', { id: 'net' })], { id: 'net' }),
          campaign({ duration: { months, countedFrom } }, effect),
          ...(isSet ? [set] : []),
        ];
        const startsOn = `2026-04-${String(day).padStart(2, '0')}`;
        const document = account(
          '2026-04',
          [product({ startsOn }), product({ id: 'P-2', offering: 'net', startsOn })],
          {
            periods: { first: '2026-04', last: '2026-08' },
            usage: [
              { id: 'U-1', product: 'P-1', meter: 'voice.seconds', startedAt: '2026-05-30T10:00:00', quantity: '40' },
            ],
          },
        );
        const all = bill(document, releaseOf(rulesets)).bills.flatMap((each) => each.lines);
        return Map.groupBy(all, ({ charge, servicePeriod }) => `${servicePeriod.start} ${charge}`);
      };
      const sums = (lines: ReturnType<typeof billed>) =>
        [...lines].map(([key, of]) => [key, of.reduce((sum, { amount }) => sum + Number(amount), 0)]).sort();
      expect(sums(billed('withNext'))).toEqual(sums(billed('own')));
    }),
    { numRuns: 60 },
  );
});
