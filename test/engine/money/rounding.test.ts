/** Does every rounding mode do what its name says, credits included, to any step? decimal.js is the second opinion. */
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ONE,
  compare,
  dividedBy,
  exact,
  fromInteger,
  isNegative,
  minus,
  negated,
  times,
  toText,
  type Exact,
} from '#engine/money/exact.ts';
import { ceilingOf, floorOf, roundToInteger, roundToStep, type RoundingMode } from '#engine/money/rounding.ts';
import { decimalText, exactNumber, roundingMode, roundingModes } from './arbitraries.ts';

const Precise = Decimal.clone({ precision: 200, toExpNeg: -9e15, toExpPos: 9e15 });
const modeOfDecimal: Record<RoundingMode, Decimal.Rounding> = {
  down: Decimal.ROUND_DOWN,
  up: Decimal.ROUND_UP,
  halfUp: Decimal.ROUND_HALF_UP,
  halfEven: Decimal.ROUND_HALF_EVEN,
  floor: Decimal.ROUND_FLOOR,
  ceiling: Decimal.ROUND_CEIL,
};

describe('rounding to whole numbers', () => {
  it.each([
    // amount  down  up  halfUp halfEven floor ceiling
    ['2.5', 2n, 3n, 3n, 2n, 2n, 3n],
    ['3.5', 3n, 4n, 4n, 4n, 3n, 4n],
    ['0.5', 0n, 1n, 1n, 0n, 0n, 1n],
    ['0.4', 0n, 1n, 0n, 0n, 0n, 1n],
    ['2.4', 2n, 3n, 2n, 2n, 2n, 3n],
    ['2.6', 2n, 3n, 3n, 3n, 2n, 3n],
    ['7', 7n, 7n, 7n, 7n, 7n, 7n],
    ['0', 0n, 0n, 0n, 0n, 0n, 0n],
    ['-0.4', 0n, -1n, 0n, 0n, -1n, 0n],
    ['-0.5', 0n, -1n, -1n, 0n, -1n, 0n],
    ['-2.4', -2n, -3n, -2n, -2n, -3n, -2n],
    ['-2.5', -2n, -3n, -3n, -2n, -3n, -2n],
    ['-3.5', -3n, -4n, -4n, -4n, -4n, -3n],
    ['-7', -7n, -7n, -7n, -7n, -7n, -7n],
  ])('%s', (amount, ...expected) => {
    expect(roundingModes.map((mode) => roundToInteger(exact(amount), mode))).toEqual(expected);
  });

  it.each([
    ['61', '30', 3n, 'a call of 61 seconds is three units of 30'],
    ['60', '30', 2n, 'a full unit does not begin the next'],
    ['1', '30', 1n, 'a started unit counts'],
    ['0', '30', 0n, 'no call, no unit'],
  ])('%s by %s begins %s units: %s', (used, block, units) => {
    expect(ceilingOf(dividedBy(exact(used), exact(block)))).toBe(units);
  });

  it('goes to the smaller whole number for a credit of 7/2', () => {
    expect(floorOf(exact('-3.5'))).toBe(-4n);
    expect(roundToInteger(exact('-3.5'), 'down')).toBe(-3n);
  });

  it('refuses a mode that no ruleset may name', () => {
    expect(() => roundToInteger(exact('0.5'), 'nearest' as RoundingMode)).toThrow("'nearest' is not a rounding mode");
  });
});

describe('the acceptance examples', () => {
  it.each([
    ['3333 × 0.05', times(exact('3333'), exact('0.05')), 166n, 'AX-02b, 166.65 floored'],
    ['3333 × 0.5', times(exact('3333'), exact('0.5')), 1_666n, 'AX-03, half of an odd price'],
    ['4200 × 16 / 30', dividedBy(times(exact('4200'), exact('16')), exact('30')), 2_240n, 'AX-04, 15 to 30 April'],
    ['858 / 30', dividedBy(exact('858'), exact('30')), 28n, 'AX-11, daily rate of a 30-day month'],
    ['858 / 31', dividedBy(exact('858'), exact('31')), 27n, 'AX-11, daily rate of a 31-day month'],
    ['756 / 30', dividedBy(exact('756'), exact('30')), 25n, 'AX-12, daily rate before multiplying'],
    ['756 × 23 / 30', dividedBy(times(exact('756'), exact('23')), exact('30')), 579n, 'AX-12, floor after multiplying'],
    ['700 × 23 / 30', dividedBy(times(exact('700'), exact('23')), exact('30')), 536n, 'AX-13'],
    ['629 × 0.08', times(exact('629'), exact('0.08')), 50n, 'AX-13, tax on the sum'],
    ['80000 × 0.1021', times(exact('80000'), exact('0.1021')), 8_168n, 'AX-15, withholding'],
    ['4203 × 0.1', times(exact('4203'), exact('0.1')), 420n, 'AX-16, 420.3'],
    ['4623 × 10 / 110', dividedBy(times(exact('4623'), exact('10')), exact('110')), 420n, 'AX-17, tax inside a total'],
    ['450000 × 0.145 / 365', dividedBy(times(exact('450000'), exact('0.145')), exact('365')), 178n, 'AX-19, 14.5 %'],
    ['450000 × 0.146 / 365', dividedBy(times(exact('450000'), exact('0.146')), exact('365')), 180n, 'AX-19, 14.6 %'],
    ['15025 × 0.1', times(exact('15025'), exact('0.1')), 1_502n, 'AX-22, 1,502.5 floored'],
  ])('%s', (_sum, amount, yen) => expect(floorOf(amount)).toBe(yen));

  it.each([
    ['90 × 0.7', times(exact('90'), exact('0.7')), 'floor', 63n, Math.floor(90 * 0.7)],
    ['50 × 1.1', times(exact('50'), exact('1.1')), 'ceiling', 55n, Math.ceil(50 * 1.1)],
    ['33 / 1.1', dividedBy(exact('33'), exact('1.1')), 'floor', 30n, Math.floor(33 / 1.1)],
  ] as const)('%s, where binary numbers slip', (_sum, amount, mode, yen, binary) => {
    expect(roundToInteger(amount, mode)).toBe(yen);
    expect(binary).not.toBe(Number(yen));
  });
});

describe('rounding to a step', () => {
  it.each([
    ['12.34', 'halfUp', '0.05', '12.35'],
    ['12.32', 'halfUp', '0.05', '12.3'],
    ['12.325', 'halfUp', '0.05', '12.35'],
    ['12.325', 'halfEven', '0.05', '12.3'],
    ['12.38', 'down', '0.25', '12.25'],
    ['-12.38', 'down', '0.25', '-12.25'],
    ['-12.38', 'up', '0.25', '-12.5'],
    ['4203', 'down', '10', '4200'],
    ['4203', 'ceiling', '100', '4300'],
  ] as const)('%s %s to %s is %s', (amount, mode, step, rounded) =>
    expect(toText(roundToStep(exact(amount), mode, exact(step)))).toBe(rounded),
  );

  it.each(['0', '-0.05'])('refuses a step of %s', (step) =>
    expect(() => roundToStep(ONE, 'down', exact(step))).toThrow('above zero'),
  );
});

describe('the laws of rounding', () => {
  const step = fc.constantFrom('1', '0.01', '0.05', '0.25', '0.001', '10', '0.03', '7').map(exact);

  it('lands on a multiple of the step, less than one step away, half a step for the half modes', () => {
    fc.assert(
      fc.property(exactNumber, roundingMode, step, (amount, mode, by) => {
        const rounded = roundToStep(amount, mode, by);
        const distance = absolute(minus(rounded, amount));
        expect(dividedBy(rounded, by).d).toBe(1n);
        expect(compare(distance, by)).toBe(-1);
        if (mode.startsWith('half')) expect(compare(times(distance, fromInteger(2)), by)).toBeLessThanOrEqual(0);
        expect(roundToStep(rounded, mode, by)).toEqual(rounded);
      }),
    );
  });

  it('keeps its direction: down and floor never above, up and ceiling never below', () => {
    fc.assert(
      fc.property(exactNumber, step, (amount, by) => {
        const rounded = (mode: RoundingMode) => roundToStep(amount, mode, by);
        expect(compare(rounded('floor'), amount)).toBeLessThanOrEqual(0);
        expect(compare(rounded('ceiling'), amount)).toBeGreaterThanOrEqual(0);
        expect(compare(absolute(rounded('down')), absolute(amount))).toBeLessThanOrEqual(0);
        expect(compare(absolute(rounded('up')), absolute(amount))).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('rounds a credit as its charge, but for floor and ceiling, which change places', () => {
    const ofTheCredit: Record<RoundingMode, RoundingMode> = {
      down: 'down',
      up: 'up',
      halfUp: 'halfUp',
      halfEven: 'halfEven',
      floor: 'ceiling',
      ceiling: 'floor',
    };
    fc.assert(
      fc.property(exactNumber, roundingMode, step, (amount, mode, by) => {
        expect(roundToStep(negated(amount), ofTheCredit[mode], by)).toEqual(negated(roundToStep(amount, mode, by)));
      }),
    );
  });

  it('never puts the greater amount below the smaller', () => {
    fc.assert(
      fc.property(exactNumber, exactNumber, roundingMode, step, (a, b, mode, by) => {
        const order = compare(a, b);
        const rounded = compare(roundToStep(a, mode, by), roundToStep(b, mode, by));
        expect(rounded === 0 || rounded === order).toBe(true);
      }),
    );
  });

  it.each(roundingModes)('decimal.js rounds the same, %s', (mode) => {
    fc.assert(
      fc.property(decimalText, fc.constantFrom('1', '0.01', '0.05', '0.25', '100', '0.03'), (amount, by) => {
        const theirs = new Precise(amount).toNearest(by, modeOfDecimal[mode]).plus(0);
        expect(toText(roundToStep(exact(amount), mode, exact(by)))).toBe(theirs.toString());
      }),
    );
  });

  it.each(roundingModes)('decimal.js rounds halves the same, %s', (mode) => {
    for (let twentieths = -200; twentieths <= 200; twentieths += 1) {
      const amount = new Precise(twentieths).dividedBy(20);
      const theirs = amount.toDecimalPlaces(0, modeOfDecimal[mode]).plus(0);
      expect(roundToInteger(exact(amount.toString()), mode).toString()).toBe(theirs.toString());
    }
  });
});

function absolute(a: Exact): Exact {
  return isNegative(a) ? negated(a) : a;
}
