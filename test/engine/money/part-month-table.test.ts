/**
 * Is price × days ÷ days of the month right for every price, day and month length?
 * Against plain whole-number arithmetic. Every eleventh price of 1 to 10,000; KANADE_LONG=1 takes every one.
 */
import { describe, expect, it } from 'vitest';
import { dividedBy, fromInteger, times } from '#engine/money/exact.ts';
import { toMinor } from '#engine/money/money.ts';
import type { RoundingMode } from '#engine/money/rounding.ts';

const priceStep = process.env['KANADE_LONG'] === '1' ? 1 : 11;

const wholeNumberArithmetic = {
  floor: (dividend: number, divisor: number) => (dividend - (dividend % divisor)) / divisor,
  halfUp: (dividend: number, divisor: number) => {
    const twice = 2 * dividend + divisor;
    return (twice - (twice % (2 * divisor))) / (2 * divisor);
  },
};

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
