/** Is it told which rows no case tries, and which rulesets no case bills by? Bills are written by hand: what each line says it came from. */
import { describe, expect, it } from 'vitest';
import { rowsNotTried, withoutCase, type Billed } from '#engine/cases/untried-rows.ts';
import type { Bill, BillLine, PenaltyRuleset, Ruleset } from '#schemas/generated/types.ts';
import { soundSet } from '../rulesets/sound-set.ts';

type Written = Partial<BillLine> & Pick<BillLine, 'ruleset' | 'row'>;

/** Somebody with the voice offering, billed by the month-end cycle. */
const billed = (...lines: readonly Written[]): readonly Billed[] => [
  {
    case: {
      given: {
        customer: { id: 'C', type: 'individual' },
        accounts: [{ id: 'A', billingCycle: 'month-end' }],
        products: [
          {
            ...{ id: 'P', account: 'A', offering: 'voice-basic', event: 'new' },
            ...{ appliedOn: '2026-04-01', startsOn: '2026-04-01', endsOn: null },
          },
        ],
        periods: { first: '2026-11', last: '2026-11' },
      },
    },
    bills: [
      {
        account: 'A',
        lines: lines.map((line) => ({
          version: 1,
          taxCategory: 'standard',
          servicePeriod: { start: '2026-11-01', end: '2026-12-01' },
          ...line,
        })),
      } as unknown as Bill,
    ],
  },
];

const set = soundSet();
const all: readonly Ruleset[] = Object.values(set);
const untried = (ruleset: Ruleset, ...lines: readonly Written[]): string[] =>
  rowsNotTried(ruleset, [...all.filter((each) => each.id !== ruleset.id), ruleset], billed(...lines)).map(
    ({ path, values }) => `${path} ${values['count']}/${values['of']}: ${values['rows']}`,
  );

describe('a row that no case tries', () => {
  it('is told of charges and of what bounds them; of the tiers only where their charge is tried', () => {
    const ruleset = 'ratePlan/voice';
    expect(
      untried(set.ratePlan, { ruleset, row: '/body/charges/1' }, { ruleset, row: '/body/charges/5/price/tiers/0' }),
    ).toEqual([
      '/body/charges 7/9: setup, calls, messages, packets, abroad, …',
      '/body/bounds 1/1: all',
      '/body/charges/5/price/tiers 1/2: 2',
    ]);
  });

  const table = (cap?: string): PenaltyRuleset => ({
    ...set.penalty,
    body: {
      ...set.penalty.body,
      fee: {
        model: 'table',
        rows: [
          { beforeMonth: 6, amount: '9500' },
          { beforeMonth: 12, amount: '5000' },
          { beforeMonth: 24, amount: '1000' },
          { beforeMonth: null, amount: '0' },
        ],
      },
      ...(cap === undefined ? {} : { cap }),
    },
  });

  it.each([
    ['of a penalty by month, but for what is nothing', undefined, '/body/fee/rows 2/3: 1, 3'],
    ['and not for what the cap cuts anyway', '9000', '/body/fee/rows 1/2: 3'],
  ])('is told %s', (_what, cap, expected) => {
    expect(untried(table(cap), { ruleset: 'penalty/one-month', row: '/body/fee/rows/1' })).toEqual([expected]);
  });

  it('is told of a statutory fee by its first month', () => {
    expect(untried(set.statutoryFee, { ruleset: 'statutoryFee/universal', row: '/body/rates/0' })).toEqual([
      '/body/rates 1/2: 2026-10',
    ]);
  });

  it('is told of tax rates by the days of what is supplied, but for those that are history', () => {
    expect(untried(set.tax, { ruleset: 'ratePlan/voice', row: '/body/charges/1' })).toEqual([
      '/body/rates 1/2: reduced 2019-10-01',
    ]);
  });

  it('is told of the discounts of a campaign', () => {
    const second = structuredClone(set.campaign);
    second.body.discounts.push({ ...second.body.discounts[0]!, id: 'second' });
    expect(untried(second, { ruleset: 'campaign/half-price', row: '/body/discounts/0' })).toEqual([
      '/body/discounts 1/2: second',
    ]);
  });

  it('is not told where no case bills by the ruleset at all: that is told instead', () => {
    expect(untried(set.ratePlan)).toEqual([]);
  });
});

describe('a ruleset that no case bills by', () => {
  it('is told of every kind that moves money, by what is on the bills and by what those who are billed have', () => {
    const line = { ruleset: 'ratePlan/voice', row: '/body/charges/1' };
    const told = all.filter((each) => withoutCase(each, all, billed(line)).length > 0);
    expect(told.map(({ kind, id }) => `${kind}/${id}`)).toEqual([
      ...['offering/phone', 'offering/tablet', 'penalty/one-month', 'statutoryFee/universal', 'campaign/half-price'],
      ...['tenureDiscount/loyalty', 'bundleDiscount/set'],
    ]);
  });
});
