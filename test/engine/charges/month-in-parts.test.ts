/** What do several parts of one month come to, together? */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Charge, Product, Proration, Ruleset } from '#schemas/generated/types.ts';
import { account, billFor, linesOf, monthly, offering, plan, product, usage } from '../billing/build.ts';

const byDay: Proration = { start: 'byDay', end: 'byDay', change: 'byDay' };
const named = { ja: '試し', en: 'Trial' };
const fromThe16th = { version: 2, effective: { from: '2026-05-16', to: null } };

/** The amounts of May 2026, whose plan has a new version on the 16th: 15 days of the old one and 16 of the new. */
const may = (before: Charge, after: Charge = before, held: Partial<Product> = {}, more: Ruleset[] = []) =>
  linesOf(
    billFor(account('2026-05', [product(held)]), [offering(), plan([before]), plan([after], fromThe16th), ...more]),
  ).map(([, amount]) => amount);

describe('two parts of a month', () => {
  const rows: [because: string, proration: Partial<Proration>, amounts: string[]][] = [
    ['of calendar days are the month: 2,032.2 and 2,167.7', {}, ['2032', '2167']],
    ['of a month of 30 days are 15/30 and what is left of it, not 16/30', { dayCount: 'fixed30' }, ['2100', '2100']],
    ['of a month of 28 days are 15/28 and 13/28', { dayCount: 'fixed28' }, ['2250', '1950']],
    ['of 365/12 days: 2,071.2, and 4,200 less that', { dayCount: 'averageMonth' }, ['2071', '2128']],
    ['of 30/360 are 15 and 15', { dayCount: 'thirty360' }, ['2100', '2100']],
    [
      'with a daily rate of 135.5 rounded up: 15 × 136, and not 16 × 136',
      { arithmetic: 'dailyRateFirst', dailyRounding: { mode: 'up' } },
      ['2040', '2160'],
    ],
  ];
  it.each(rows)('%s', (_because, more, amounts) => {
    expect(may(monthly('4200', { proration: { ...byDay, ...more } }))).toEqual(amounts);
  });

  it('rounded up are never a yen more than the month: 2,033 and 2,167', () => {
    expect(may(monthly('4200', { proration: byDay, rounding: { mode: 'up' } }))).toEqual(['2033', '2167']);
  });

  it('at two prices share the days: 15/28 of 4,200 and 13/28 of 8,400', () => {
    const proration: Proration = { ...byDay, dayCount: 'fixed28' };
    expect(may(monthly('4200', { proration }), monthly('8400', { proration }))).toEqual(['2250', '3900']);
  });

  it('by quantity share them, too: 10 seats for 15/28, 20 for 13/28', () => {
    const seats: Charge = {
      type: 'quantity',
      id: 'seats',
      name: named,
      price: { model: 'perUnit', unitPrice: '280' },
      taxCategory: 'standard',
      proration: { ...byDay, dayCount: 'fixed28' },
    };
    const held = { quantity: '10', history: [{ from: '2026-05-16', quantity: '20' }] };
    // 2,800 × 15/28 and 5,600 × 13/28.
    expect(may(seats, seats, held)).toEqual(['1500', '2600']);
  });

  it('one of them at rest: the fee takes the days that are left', () => {
    const resting = monthly('4200', {
      proration: { ...byDay, dayCount: 'fixed28' },
      whileSuspended: 'fee',
      suspensionFee: { name: named, price: '280' },
    });
    // 4,200 × 15/28, and 280 × 13/28.
    expect(may(resting, resting, { history: [{ from: '2026-05-16', status: 'suspended' }] })).toEqual(['2250', '130']);
  });
});

it('a part is never more than the month: a daily rate of 3.2 rounded up to 4, 30 days long', () => {
  const proration: Proration = { ...byDay, arithmetic: 'dailyRateFirst', dailyRounding: { mode: 'up' } };
  const bill = billFor(account('2026-05', [product({ startsOn: '2026-05-02' })]), [
    offering(),
    plan([monthly('100', { proration })]),
  ]);
  expect(linesOf(bill)).toEqual([['base', '100']]);
  expect(bill.lines[0]?.why.code).toBe('line.month.rest');
});

it('a month in any parts is at most the month, by every convention', () => {
  const conventions = fc.record({
    dayCount: fc.constantFrom('calendar', 'fixed30', 'fixed28', 'thirty360', 'averageMonth'),
    arithmetic: fc.constantFrom('multiplyFirst', 'dailyRateFirst'),
  });
  const cases = fc.record({
    month: fc.constantFrom('2026-02', '2026-04', '2026-05', '2028-02'),
    days: fc.uniqueArray(fc.integer({ min: 2, max: 28 }), { minLength: 1, maxLength: 4 }),
    price: fc.integer({ min: 1, max: 10_000 }),
    convention: conventions,
    mode: fc.constantFrom('down', 'up', 'halfUp'),
  });
  fc.assert(
    fc.property(cases, ({ month, days, price, convention, mode }) => {
      const charge = monthly(String(price), {
        perUnit: true,
        rounding: { mode },
        proration: { ...byDay, ...convention },
      });
      // Every change of the quantity cuts the month.
      const history = days
        .sort((a, b) => a - b)
        .map((day, index) => ({
          from: `${month}-${String(day).padStart(2, '0')}`,
          quantity: index % 2 === 0 ? '2' : '1',
        }));
      const lines = billFor(account(month, [product({ history })]), [offering(), plan([charge])]).lines;
      const months = lines.map(({ amount, base }) => Number(amount) / Number(base)).reduce((sum, one) => sum + one, 0);
      // Each line may be rounded up by less than a yen.
      const slack = lines.reduce((sum, { base }) => sum + 1 / Number(base), 0);
      return months < 1 + slack + 1e-9;
    }),
    { numRuns: 200 },
  );
});

describe('what falls due once a month', () => {
  const instalment: Charge = {
    type: 'instalment',
    id: 'device',
    name: named,
    total: '24000',
    parts: 24,
    residue: 'first',
    onEnd: 'balance',
    taxCategory: 'outOfScope',
  };
  const number: Charge = { type: 'statutory', id: 'universal', name: named, fee: 'universal', taxCategory: 'standard' };
  const fee: Ruleset = {
    kind: 'statutoryFee',
    id: 'universal',
    version: 1,
    name: named,
    effective: { from: '2000-01-01', to: null },
    reason: 'For a test.',
    body: { rates: [{ from: '2000-01', to: null, amount: '3' }], onLastMonth: 'charge' },
  };

  it.each<[because: string, charge: Charge, amount: string]>([
    ['an instalment of 24,000 in 24', instalment, '1000'],
    ['the fee for a number', number, '3'],
  ])('is not due twice where the version of the plan changes: %s', (_because, charge, amount) => {
    expect(may(charge, charge, {}, [fee])).toEqual([amount]);
  });

  it.each([
    ['an instalment', instalment, '1000'],
    ['the fee for a number', number, '3'],
  ] as const)('nor where the plan changes for another that has it: %s', (_because, charge, amount) => {
    const changed = product({ history: [{ from: '2026-05-16', offering: 'other' }] });
    const sold = [offering(), plan([charge]), offering({}, 'other'), plan([charge], { id: 'other' }), fee];
    expect(linesOf(billFor(account('2026-05', [changed]), sold))).toEqual([[charge.id, amount]]);
  });

  const parted = (onEnd: 'balance' | 'continue') => ({ ...instalment, onEnd }) as Charge;
  const sold = (before: Charge[], after: Charge[]): Ruleset[] => [
    offering(),
    plan([monthly('3000'), ...before]),
    offering({}, 'other'),
    plan([monthly('3000'), ...after], { id: 'other' }),
  ];
  const moved = product({ history: [{ from: '2026-04-16', offering: 'other' }] });

  it.each<[because: string, rulesets: Ruleset[], months: Record<string, string | undefined>]>([
    [
      'instalments are counted from the plan that brought them: the first in April, the 24th in March 2028',
      sold([], [parted('balance')]),
      { '2026-03': undefined, '2026-04': '1', '2028-03': '24', '2028-04': undefined },
    ],
    [
      'the rest of 24,000 falls due where the plan is left for one without: the fourth part, and 20,000',
      sold([parted('balance')], []),
      { '2026-03': '3', '2026-04': '4 and 20000', '2026-05': undefined },
    ],
    [
      'or goes on to the last part',
      sold([parted('continue')], []),
      { '2026-04': '4', '2026-05': '5', '2027-12': '24', '2028-01': undefined },
    ],
    [
      'and is not begun anew by another plan that has it',
      sold([parted('balance')], [parted('balance')]),
      { '2026-04': '4', '2026-05': '5', '2027-12': '24', '2028-01': undefined },
    ],
  ])('%s', (_because, rulesets, months) => {
    for (const [month, said] of Object.entries(months)) {
      const lines = billFor(account(month, [moved]), rulesets).lines.filter(({ charge }) => charge === 'device');
      const parts = lines.map(({ amount, why }) => ('part' in why.values ? why.values['part'] : amount));
      expect([month, parts.join(' and ') || undefined]).toEqual([month, said]);
    }
  });
});

it('a discount for a service reaches use of an earlier month that is billed late, as one without does', () => {
  const half = (target: object): Ruleset => ({
    ...offering(),
    kind: 'tenureDiscount',
    id: 'half',
    body: {
      countedFrom: 'startDay',
      judgedOn: 'periodStart',
      target: { charges: ['call'], ...target },
      steps: [{ fromYear: 1, effect: { op: 'percentOff', percent: '50' } }],
    },
  });
  const late = { id: 'U-1', product: 'P-1', meter: 'voice.seconds', startedAt: '2026-04-30T10:00:00', quantity: '30' };
  const left = (target: object) =>
    billFor(account('2026-05', [product()], { usage: [late] }), [offering(), plan([usage()]), half(target)]).net;
  expect([left({}), left({ services: ['mobile'] }), left({ services: ['internet'] })]).toEqual(['10', '10', '20']);
});
