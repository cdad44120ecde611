/**
 * What is an amount on paper, and how does one come from an amount being worked out?
 * Also called: money, minor units, currency amount, 金額, 通貨, 最小単位, 円.
 */
import { dividedBy, exact, fromInteger, times, type Exact } from '#engine/money/exact.ts';
import { roundToInteger, type RoundingMode } from '#engine/money/rounding.ts';
import { minorDigits } from '#engine/money/currencies.ts';
import { wholeToText } from '#engine/money/small-wholes.ts';

/** An amount that can be paid: whole minor units of one currency, frozen. 12.34 USD is 1,234 minor units. */
export type Money<Currency extends string = string> = { readonly minor: bigint; readonly currency: Currency };

export function money<Currency extends string>(minor: bigint, currency: Currency): Money<Currency> {
  return Object.freeze({ minor, currency });
}

export function yen(minor: bigint): Money<'JPY'> {
  return money(minor, 'JPY');
}

/** The sum of two amounts of one currency. Two currencies do not compile, and throw where the type was not known. */
export function add<Currency extends string>(a: Money<Currency>, b: Money<NoInfer<Currency>>): Money<Currency> {
  if (a.currency !== b.currency) throw new RangeError(`${a.currency} and ${b.currency} do not add up`);
  return money(a.minor + b.minor, a.currency);
}

/** The bridge from exact to payable: minor units, rounded once. 5000/3 JPY down is 1,666. */
export function toMinor(a: Exact, currency: string, mode: RoundingMode): bigint {
  const digits = minorDigits(currency);
  return roundToInteger(digits === 0 ? a : times(a, minorPerMajor(digits)), mode);
}

/** The exact amount that minor units stand for: 1,234 minor units of USD are 12.34. */
export function minorToExact(minor: bigint, currency: string): Exact {
  const digits = minorDigits(currency);
  const whole = fromInteger(minor);
  return digits === 0 ? whole : dividedBy(whole, minorPerMajor(digits));
}

/** The amount as decimal text with all its decimals: '4200' in JPY, '12.30' in USD, '-0.005' in KWD. */
export function minorToText(minor: bigint, currency: string): string {
  const digits = minorDigits(currency);
  if (digits === 0) return wholeToText(minor);
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  return `${minor < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** The minor units of an amount written as decimal text. More decimals than the currency has throw: nothing is rounded. */
export function textToMinor(text: string, currency: string): bigint {
  const inMinor = times(exact(text), minorPerMajor(minorDigits(currency)));
  if (inMinor.d !== 1n) throw new RangeError(`'${text}' has more decimals than ${currency}`);
  return inMinor.n;
}

/** How many minor units make one of the currency, by its number of decimals. */
function minorPerMajor(digits: number): Exact {
  return fromInteger(10n ** BigInt(digits));
}
