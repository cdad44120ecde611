/** Is nothing lost while an amount is worked out? Rows by hand, laws of arithmetic, decimal.js as the second opinion. */
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ONE,
  ZERO,
  compare,
  dividedBy,
  exact,
  fromInteger,
  greatest,
  isNegative,
  isZero,
  least,
  minus,
  negated,
  plus,
  times,
  toText,
  type Exact,
} from '#engine/money/exact.ts';
import { decimalText, exactNumber } from './arbitraries.ts';

const Precise = Decimal.clone({ precision: 200, toExpNeg: -9e15, toExpPos: 9e15 });

describe('a number written as text', () => {
  it.each([
    ['0.105', 21n, 200n],
    ['4200', 4200n, 1n],
    ['-0.50', -1n, 2n],
    ['100.000', 100n, 1n],
    ['-0', 0n, 1n],
    ['007', 7n, 1n],
    ['12345678901234567890.12', 308641972530864197253n, 25n],
  ])('%s is held as %s/%s', (text, n, d) => expect(exact(text)).toEqual({ n, d }));

  it.each([
    '',
    ' ',
    '1 ',
    ' 1',
    '1\n',
    '1e3',
    '+1',
    '.5',
    '1.',
    '-',
    '--1',
    '1.2.3',
    '1,000',
    '1_000',
    '0x10',
    '5000/3',
    '１００',
    '百',
    'NaN',
    'Infinity',
    'null',
  ])('%j is refused by name', (text) => expect(() => exact(text)).toThrow(`'${text}' is not a decimal number`));

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('the number %s is refused as a whole one', (value) =>
    expect(() => fromInteger(value)).toThrow('not a safe integer'),
  );
});

describe('a number as text again', () => {
  it.each([
    ['0.105', '1', '0.105'],
    ['5000', '3', '5000/3'],
    ['-5000', '3', '-5000/3'],
    ['1', '8', '0.125'],
    ['-1', '20', '-0.05'],
    ['1', '1000000000000', '0.000000000001'],
    ['12.50', '1', '12.5'],
    ['4200', '1', '4200'],
  ])('%s by %s reads %s', (a, b, text) => expect(toText(dividedBy(exact(a), exact(b)))).toBe(text));

  it('reads back to the same number, of any length', () => {
    fc.assert(
      fc.property(decimalText, (text) => {
        expect(toText(exact(text))).toBe(new Precise(text).plus(0).toString());
        expect(exact(toText(exact(text)))).toEqual(exact(text));
      }),
    );
  });
});

describe('sums that binary or short decimal numbers get wrong', () => {
  it.each([
    ['0.1 + 0.2', plus(exact('0.1'), exact('0.2')), '0.3'],
    [
      'twenty digits keep their last cent',
      plus(exact('12345678901234567890.12'), exact('0.01')),
      '12345678901234567890.13',
    ],
    ['a 31st, 31 times', times(dividedBy(exact('4201'), fromInteger(31)), fromInteger(31)), '4201'],
    ['micro-yen by basis points', times(exact('1234567.890123'), exact('0.9999')), '1234444.4333339877'],
  ])('%s', (_because, result, text) => expect(toText(result)).toBe(text));
});

describe('the laws of arithmetic', () => {
  const law = (holds: (a: Exact, b: Exact, c: Exact) => void) =>
    fc.assert(fc.property(exactNumber, exactNumber, exactNumber, holds));

  it('adds in any order and grouping', () => {
    law((a, b, c) => {
      expect(plus(a, b)).toEqual(plus(b, a));
      expect(plus(plus(a, b), c)).toEqual(plus(a, plus(b, c)));
      expect(plus(a, ZERO)).toEqual(a);
    });
  });

  it('multiplies in any order and grouping, over a sum too', () => {
    law((a, b, c) => {
      expect(times(a, b)).toEqual(times(b, a));
      expect(times(times(a, b), c)).toEqual(times(a, times(b, c)));
      expect(times(a, plus(b, c))).toEqual(plus(times(a, b), times(a, c)));
      expect(times(a, ONE)).toEqual(a);
    });
  });

  it('takes away what it added and divides what it multiplied', () => {
    law((a, b) => {
      expect(minus(plus(a, b), b)).toEqual(a);
      expect(plus(a, negated(a))).toEqual(ZERO);
      if (!isZero(b)) expect(dividedBy(times(a, b), b)).toEqual(a);
    });
  });

  it('leaves every result in lowest terms over a denominator above zero', () => {
    law((a, b) => {
      const quotients = isZero(b) ? [] : [dividedBy(a, b)];
      for (const { n, d } of [plus(a, b), minus(a, b), times(a, b), negated(a), ...quotients]) {
        expect(d).toBeGreaterThan(0n);
        expect(commonDivisor(n, d)).toBe(1n);
      }
    });
  });

  it('orders as subtraction does', () => {
    law((a, b, c) => {
      const difference = minus(a, b);
      expect(compare(a, b)).toBe(isZero(difference) ? 0 : isNegative(difference) ? -1 : 1);
      expect(compare(plus(a, c), plus(b, c))).toBe(compare(a, b));
      expect([least(a, b), greatest(a, b)]).toEqual(compare(a, b) <= 0 ? [a, b] : [b, a]);
    });
  });

  it('does not divide by zero', () => {
    expect(() => dividedBy(exact('4200'), ZERO)).toThrow('4200 cannot be divided by zero');
  });
});

describe('decimal.js agrees', () => {
  it('on sums, differences, products and order of decimals', () => {
    fc.assert(
      fc.property(decimalText, decimalText, (a, b) => {
        const [ours, theirs] = [[exact(a), exact(b)] as const, [new Precise(a), new Precise(b)] as const];
        expect(toText(plus(...ours))).toBe(theirs[0].plus(theirs[1]).toString());
        expect(toText(minus(...ours))).toBe(theirs[0].minus(theirs[1]).toString());
        expect(toText(times(...ours))).toBe(theirs[0].times(theirs[1]).plus(0).toString());
        expect(compare(...ours)).toBe(theirs[0].cmp(theirs[1]));
      }),
    );
  });
});

function commonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? (a < 0n ? -a : a) : commonDivisor(b, a % b);
}
