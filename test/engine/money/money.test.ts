/** Does an amount cross from exact to paper, and to text and back, as its currency demands? */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minorDigits } from '#engine/money/currencies.ts';
import { dividedBy, exact, fromInteger, toText } from '#engine/money/exact.ts';
import { add, minorToExact, minorToText, money, textToMinor, toMinor, yen } from '#engine/money/money.ts';
import { roundingMode } from './arbitraries.ts';

describe('the decimals of a currency', () => {
  it.each([
    ['JPY', 0, 'there is no sen to pay with'],
    ['KRW', 0, 'nor a jeon'],
    ['USD', 2, 'cents'],
    ['EUR', 2, 'cents'],
    ['KWD', 3, 'a thousand fils'],
    ['CLF', 4, 'an accounting unit with four'],
    ['ZZZ', 2, 'two is the rule where no other is known'],
  ])('%s has %i: %s', (currency, digits) => expect(minorDigits(currency)).toBe(digits));
});

describe('an amount on paper', () => {
  it('is written with all the decimals of its currency, and read back', () => {
    for (const [minor, currency, text] of [
      [4_200n, 'JPY', '4200'],
      [-4_200n, 'JPY', '-4200'],
      [1_234n, 'USD', '12.34'],
      [1_230n, 'USD', '12.30'],
      [5n, 'USD', '0.05'],
      [-5n, 'USD', '-0.05'],
      [0n, 'USD', '0.00'],
      [-5n, 'KWD', '-0.005'],
      [10n ** 24n, 'USD', '10000000000000000000000.00'],
    ] as const) {
      expect(minorToText(minor, currency)).toBe(text);
      expect(textToMinor(text, currency)).toBe(minor);
    }
  });

  it.each([
    ['12.3', 'USD', 1_230n, 'a decimal left out is zero'],
    ['12', 'USD', 1_200n, 'both may be left out'],
    ['4200.00', 'JPY', 4_200n, 'zeros change nothing'],
  ])('%s %s may be written so: %s minor units', (text, currency, minor) =>
    expect(textToMinor(text, currency)).toBe(minor),
  );

  it.each([
    ['12.345', 'USD', "'12.345' has more decimals than USD"],
    ['0.5', 'JPY', "'0.5' has more decimals than JPY"],
    ['1,000', 'JPY', "'1,000' is not a decimal number"],
    ['¥100', 'JPY', "'¥100' is not a decimal number"],
    ['', 'USD', "'' is not a decimal number"],
  ])('%j %s is refused, never rounded', (text, currency, message) =>
    expect(() => textToMinor(text, currency)).toThrow(message),
  );

  it('is frozen', () => {
    expect(Object.isFrozen(yen(4_200n))).toBe(true);
    expect(Object.isFrozen(add(yen(1n), yen(2n)))).toBe(true);
  });

  it('adds within its currency only', () => {
    expect(add(yen(4_200n), yen(-500n))).toEqual(money(3_700n, 'JPY'));
    const [first, second]: string[] = ['JPY', 'USD'];
    expect(() => add(money(1n, first!), money(1n, second!))).toThrow('JPY and USD do not add up');
  });
});

describe('the bridge from exact to paper', () => {
  it.each([
    ['5000/3 yen down', dividedBy(exact('5000'), exact('3')), 'JPY', 'down', 1_666n],
    ['5000/3 yen halves up', dividedBy(exact('5000'), exact('3')), 'JPY', 'halfUp', 1_667n],
    ['a cent and a half', exact('0.015'), 'USD', 'halfEven', 2n],
    ['half a cent', exact('0.005'), 'USD', 'halfEven', 0n],
    ['a credit of half a cent', exact('-0.005'), 'USD', 'floor', -1n],
    ['ten thirds of a dinar', dividedBy(exact('10'), exact('3')), 'KWD', 'up', 3_334n],
  ] as const)('%s', (_amount, amount, currency, mode, minor) => expect(toMinor(amount, currency, mode)).toBe(minor));

  it('brings paper back to paper whatever the mode, and says the same amount in words', () => {
    const currency = fc.constantFrom('JPY', 'USD', 'KWD', 'CLF');
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), currency, roundingMode, (minor, of, mode) => {
        expect(toMinor(minorToExact(minor, of), of, mode)).toBe(minor);
        expect(textToMinor(minorToText(minor, of), of)).toBe(minor);
        expect(exact(minorToText(minor, of))).toEqual(minorToExact(minor, of));
      }),
    );
  });

  it('leaves no fraction of a minor unit behind', () => {
    expect(toText(minorToExact(1_234n, 'USD'))).toBe('12.34');
    expect(minorToExact(4_200n, 'JPY')).toEqual(fromInteger(4_200));
  });
});
