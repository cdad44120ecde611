/**
 * Is price × days ÷ days of the month right for every price, day and month length?
 * Against plain whole-number arithmetic: every price of 1 to 10,000, every day, months of 28 to 31, floor and half-up, by the
 * functions that bills use. The other day counts, and the other ways to round, take every 97th price; KANADE_LONG=1 every one.
 */
import { describe, expect, it } from 'vitest';
import type { Proration } from '#schemas/generated/types.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { fromInteger, type Exact } from '#engine/money/exact.ts';
import { toMinor } from '#engine/money/money.ts';
import type { RoundingMode } from '#engine/money/rounding.ts';
import { priceOfShare, shareOf, type Share } from '#engine/proration/proration.ts';

const isLong = process.env['KANADE_LONG'] === '1';
const dearest = 10_000;
const lengths = [28, 29, 30, 31];
type DayCount = NonNullable<Proration['dayCount']>;

/** n ÷ d for n of either sign, in numbers that hold whole amounts exactly. */
const wholeNumberArithmetic: Readonly<Record<RoundingMode, (n: number, d: number) => number>> = {
  down: (n, d) => (n - (n % d)) / d,
  up: (n, d) => (n % d === 0 ? n / d : (n - (n % d)) / d + Math.sign(n)),
  floor: (n, d) => (n - (((n % d) + d) % d)) / d,
  ceiling: (n, d) => -((-n - (((-n % d) + d) % d)) / d),
  halfUp: (n, d) => {
    const twice = 2 * (n < 0 ? -n : n) + d;
    const rounded = (twice - (twice % (2 * d))) / (2 * d);
    return n < 0 ? -rounded : rounded;
  },
  halfEven: (n, d) => {
    const below = (n - (((n % d) + d) % d)) / d;
    const twice = 2 * (n - below * d);
    return twice === d ? below + (((below % 2) + 2) % 2) : twice < d ? below : below + 1;
  },
};

/** For each day count: of which fraction of the month's price the first so many days of a month of `of` are. */
const fractions: Readonly<Record<DayCount, (days: number, of: number) => [number, number]>> = {
  calendar: (days, of) => [days, of],
  fixed30: (days) => [Math.min(days, 30), 30],
  fixed28: (days) => [Math.min(days, 28), 28],
  thirty360: (days) => [Math.min(days, 30), 30],
  averageMonth: (days) => [days * 12, 365],
};

const byDay = { start: 'byDay', end: 'byDay', change: 'byDay' } as const;
const multiplied: Proration = { ...byDay, arithmetic: 'multiplyFirst' };
const daily: Proration = { ...byDay, arithmetic: 'dailyRateFirst' };

/** A service that ends after so many days of a month of `of`. */
function firstDays(days: number, of: number, dayCount: DayCount): Share {
  const whole = { start: '2026-01-01', end: addDays('2026-01-01', of) };
  const period = { start: whole.start, end: addDays(whole.start, days) };
  return shareOf({ period, cutBefore: null, cutAfter: 'end' }, { period: whole, of: whole }, { ...byDay, dayCount });
}

/** What is wrong among the prices that are `step` apart, of both signs where credits are asked for too. */
function pricesGoneWrong(dayCount: DayCount, mode: RoundingMode, step: number, signs: readonly number[] = [1]) {
  const rounded = wholeNumberArithmetic[mode];
  const inYen = (amount: Exact): bigint => toMinor(amount, 'JPY', mode);
  const round = (rate: Exact): Exact => fromInteger(inYen(rate));
  const wrong: string[] = [];
  let compared = 0;
  for (const of of lengths) {
    for (let days = 0; days <= of; days += 1) {
      const share = firstDays(days, of, dayCount);
      const [n, d] = days === of ? [1, 1] : fractions[dayCount](days, of);
      // Of how many days the daily rate is taken, and how many of them are charged.
      const perDay = days === 0 ? n : n / share.days;
      for (const sign of signs) {
        for (let amount = 1; amount <= dearest; amount += step) {
          const price = sign * amount;
          // A whole month is the whole price, whatever the daily rate comes to.
          const atOnce = rounded(price * n, d);
          const byRate = n >= d ? price : days === 0 ? 0 : rounded(price * perDay, d) * share.days;
          const exactly = fromInteger(price);
          const isRight =
            inYen(priceOfShare(exactly, share, multiplied, round)) === BigInt(atOnce) &&
            inYen(priceOfShare(exactly, share, daily, round)) === BigInt(byRate);
          if (!isRight) wrong.push(`${price} × ${days} of ${of}: not ${atOnce} and ${byRate}`);
          compared += 2;
        }
      }
    }
  }
  return { wrong, compared };
}

it.each(['floor', 'halfUp'] as const)('the share of every price for every day of every month is right, %s', (mode) => {
  const { wrong, compared } = pricesGoneWrong('calendar', mode, 1);
  expect(wrong).toEqual([]);
  // 29 + 30 + 31 + 32 days, none included, for each price, by both arithmetics.
  expect(compared).toBe(2_440_000);
});

const sampled = isLong ? 1 : 97;

it.each(['down', 'up', 'floor', 'ceiling', 'halfUp', 'halfEven'] as const)(
  'a share, and a credit of it, are rounded as they are named, %s',
  (mode) => {
    expect(pricesGoneWrong('calendar', mode, sampled, [1, -1]).wrong).toEqual([]);
  },
);

describe.each(['fixed30', 'fixed28', 'thirty360', 'averageMonth'] as const)('with months taken for %s', (dayCount) => {
  it.each(['floor', 'halfUp', 'halfEven'] as const)(
    'every part of every price is right, by either arithmetic, %s',
    (mode) => {
      expect(pricesGoneWrong(dayCount, mode, sampled).wrong).toEqual([]);
    },
  );
});

it('the parts of a month of thirty days, counted by the day of the month, add up to the month', () => {
  for (const of of lengths) {
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
