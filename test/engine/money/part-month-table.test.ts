/**
 * Is price × days ÷ days of the month right for every price, day and month length?
 * Against plain whole-number arithmetic. Every eleventh price of 1 to 10,000; KANADE_LONG=1 takes every one.
 */
import { describe, expect, it } from 'vitest';
import type { Proration } from '#schemas/generated/types.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { dividedBy, fromInteger, times, type Exact } from '#engine/money/exact.ts';
import { toMinor } from '#engine/money/money.ts';
import type { RoundingMode } from '#engine/money/rounding.ts';
import { priceOfShare, shareOf } from '#engine/proration/proration.ts';

const isLong = process.env['KANADE_LONG'] === '1';
const priceStep = isLong ? 1 : 11;

const wholeNumberArithmetic = {
  floor: (dividend: number, divisor: number) => (dividend - (dividend % divisor)) / divisor,
  halfUp: (dividend: number, divisor: number) => {
    const twice = 2 * dividend + divisor;
    return (twice - (twice % (2 * divisor))) / (2 * divisor);
  },
};

const byDay = { start: 'byDay', end: 'byDay', change: 'byDay' } as const;

/** As a bill works it out: the share of a month, by either arithmetic. The rounding of a daily rate is that of the line. */
function shareOfPrice(
  price: number,
  days: number,
  of: number,
  arithmetic: Proration['arithmetic'],
  mode: RoundingMode,
): bigint {
  const round = (daily: Exact): Exact => fromInteger(toMinor(daily, 'JPY', mode));
  return toMinor(
    priceOfShare(
      fromInteger(price),
      { days, of: fromInteger(of), isWhole: days === of },
      { ...byDay, arithmetic: arithmetic! },
      round,
    ),
    'JPY',
    mode,
  );
}

it.each(['floor', 'halfUp'] as const)('the share of every price for every day of every month is right, %s', (mode) => {
  const wrong: string[] = [];
  let compared = 0;
  const rounded = wholeNumberArithmetic[mode];
  for (const of of [28, 29, 30, 31]) {
    for (let price = 1; price <= 10_000; price += priceStep) {
      for (let days = 0; days <= of; days += 1) {
        const first = shareOfPrice(price, days, of, 'multiplyFirst', mode);
        const daily = shareOfPrice(price, days, of, 'dailyRateFirst', mode);
        // A whole month is the whole price, whatever the daily rate comes to.
        const wanted = [rounded(price * days, of), days === of ? price : rounded(price, of) * days];
        compared += 2;
        if (first !== BigInt(wanted[0]!) || daily !== BigInt(wanted[1]!)) wrong.push(`${price} × ${days} ÷ ${of}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  // 122 days, none included, for each price, by both arithmetics: 2,440,000 in full.
  expect(compared).toBe(2 * 122 * Math.ceil(10_000 / priceStep));
});

/** For each day count: of which fraction of the month's price the first so many days of a month of `of` are. */
const fractions: Readonly<Record<NonNullable<Proration['dayCount']>, (days: number, of: number) => [number, number]>> =
  {
    calendar: (days, of) => [days, of],
    fixed30: (days) => [Math.min(days, 30), 30],
    fixed28: (days) => [Math.min(days, 28), 28],
    thirty360: (days) => [Math.min(days, 30), 30],
    averageMonth: (days) => [days * 12, 365],
  };

describe.each(['fixed30', 'fixed28', 'thirty360', 'averageMonth'] as const)('with months taken for %s', (dayCount) => {
  it.each(['floor', 'halfUp'] as const)('every part of every price is right, by either arithmetic, %s', (mode) => {
    const wrong: string[] = [];
    const rounded = wholeNumberArithmetic[mode];
    const round = (daily: Exact): Exact => fromInteger(toMinor(daily, 'JPY', mode));
    for (const of of [28, 29, 30, 31]) {
      const whole = { start: '2026-01-01', end: addDays('2026-01-01', of) };
      for (let days = 0; days <= of; days += 1) {
        const part = {
          period: { start: whole.start, end: addDays(whole.start, days) },
          cutBefore: null,
          cutAfter: 'end',
        } as const;
        const share = shareOf(part, { period: whole, of: whole }, { ...byDay, dayCount });
        const [n, d] = days === of ? [1, 1] : fractions[dayCount](days, of);
        for (let price = 1; price <= 10_000; price += isLong ? 1 : 97) {
          const worked = (arithmetic: 'multiplyFirst' | 'dailyRateFirst'): bigint =>
            toMinor(priceOfShare(fromInteger(price), share, { ...byDay, arithmetic }, round), 'JPY', mode);
          const daily = n >= d ? price : rounded(price * (n / share.days), d) * share.days;
          const wanted = [rounded(price * n, d), days === 0 ? 0 : daily];
          if (worked('multiplyFirst') !== BigInt(wanted[0]!)) wrong.push(`${price} × ${days} of ${of}`);
          if (worked('dailyRateFirst') !== BigInt(wanted[1]!)) wrong.push(`daily ${price} × ${days} of ${of}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});

it('the parts of a month of thirty days, counted by the day of the month, add up to the month', () => {
  for (const of of [28, 29, 30, 31]) {
    const whole = { start: '2026-01-01', end: addDays('2026-01-01', of) };
    for (let days = 1; days < of; days += 1) {
      const cut = addDays(whole.start, days);
      const before = { period: { start: whole.start, end: cut }, cutBefore: null, cutAfter: 'change' } as const;
      const after = { period: { start: cut, end: whole.end }, cutBefore: 'change', cutAfter: null } as const;
      const shares = [before, after].map(
        (part) => shareOf(part, { period: whole, of: whole }, { ...byDay, dayCount: 'thirty360' }).days,
      );
      expect(shares[0]! + shares[1]!).toBe(30);
    }
  }
});

describe.each([28, 29, 30, 31])('in a month of %i days', (daysOfMonth) => {
  it.each(['floor', 'halfUp'] as const)('every part of every price is right, %s', (mode) => {
    expect(pricesGoneWrong(daysOfMonth, mode, wholeNumberArithmetic[mode])).toEqual([]);
  });

  it('a credit rounded down is the charge rounded down', () => {
    const wrong = pricesGoneWrong(daysOfMonth, 'down', wholeNumberArithmetic.floor);
    const wrongCredits = pricesGoneWrong(daysOfMonth, 'down', (a, b) => -wholeNumberArithmetic.floor(-a, b), -1);
    expect([...wrong, ...wrongCredits]).toEqual([]);
  });
});

function pricesGoneWrong(
  daysOfMonth: number,
  mode: RoundingMode,
  expected: (dividend: number, divisor: number) => number,
  sign: 1 | -1 = 1,
): string[] {
  const wrong: string[] = [];
  for (let price = 1; price <= 10_000; price += priceStep) {
    for (let days = 0; days <= daysOfMonth; days += 1) {
      const part = dividedBy(times(fromInteger(sign * price), fromInteger(days)), fromInteger(daysOfMonth));
      const minor = toMinor(part, 'JPY', mode);
      const should = expected(sign * price * days, daysOfMonth);
      if (minor !== BigInt(should)) wrong.push(`${sign * price} × ${days} ÷ ${daysOfMonth}: ${minor}, not ${should}`);
    }
  }
  return wrong;
}
