/**
 * How is an amount written while it is still being worked out?
 * As a reduced fraction of whole numbers, so that nothing is lost before the one rounding.
 * Also called: rational number, fraction, exact amount, 有理数, 分数, 端数処理前の金額.
 */

import { toBigint, wholeToText } from '#engine/money/small-wholes.ts';

/** A number held exactly: `n / d`, reduced, `d` above zero. Made by the functions below only. */
export type Exact = { readonly n: bigint; readonly d: bigint };

export const ZERO: Exact = Object.freeze({ n: 0n, d: 1n });
export const ONE: Exact = Object.freeze({ n: 1n, d: 1n });

const decimalText = /^-?\d+(?:\.\d+)?$/;

/** The number a decimal text says: '0.105' is 21/200. Anything else, such as '1e3', ' 1' or '１', throws. */
export function exact(text: string): Exact {
  const known = read.get(text);
  if (known !== undefined) return known;
  const value = readExact(text);
  if (text.length <= LONGEST_KEPT) {
    if (read.size >= MOST_KEPT) read.clear();
    read.set(text, value);
  }
  return value;
}

/** Prices are read again and again: those read lately are kept, as far as they are short. */
const read = new Map<string, Exact>();
const MOST_KEPT = 4096;
const LONGEST_KEPT = 16;

function readExact(text: string): Exact {
  if (!decimalText.test(text)) throw new RangeError(`'${text}' is not a decimal number written as text`);
  const point = text.indexOf('.');
  if (point < 0) return { n: BigInt(text), d: 1n };
  const digits = text.length - point - 1;
  return reduced(BigInt(text.slice(0, point) + text.slice(point + 1)), 10n ** BigInt(digits));
}

/** What `toText` wrote: decimal text, or a fraction such as '5000/3'. */
export function fractionOf(text: string): Exact {
  const slash = text.indexOf('/');
  return slash < 0 ? exact(text) : dividedBy(exact(text.slice(0, slash)), exact(text.slice(slash + 1)));
}

/** A whole number as it stands. A `number` must be a safe integer, otherwise this throws. */
export function fromInteger(n: bigint | number): Exact {
  if (typeof n === 'bigint') return { n, d: 1n };
  if (!Number.isSafeInteger(n)) throw new RangeError(`${n} is not a safe integer`);
  return { n: toBigint(n), d: 1n };
}

export function plus(a: Exact, b: Exact): Exact {
  if (a.d === 1n && b.d === 1n) return { n: a.n + b.n, d: 1n };
  if (a.d === b.d) return reduced(a.n + b.n, a.d);
  return reduced(a.n * b.d + b.n * a.d, a.d * b.d);
}

export function minus(a: Exact, b: Exact): Exact {
  if (a.d === 1n && b.d === 1n) return { n: a.n - b.n, d: 1n };
  if (a.d === b.d) return reduced(a.n - b.n, a.d);
  return reduced(a.n * b.d - b.n * a.d, a.d * b.d);
}

export function times(a: Exact, b: Exact): Exact {
  if (b === ONE) return a;
  if (a.d === 1n && b.d === 1n) return { n: a.n * b.n, d: 1n };
  return reduced(a.n * b.n, a.d * b.d);
}

/** `a / b`, nothing lost: 5,000 by 3 is 5000/3. Dividing by zero throws. */
export function dividedBy(a: Exact, b: Exact): Exact {
  if (b.n === 0n) throw new RangeError(`${toText(a)} cannot be divided by zero`);
  return b.n > 0n ? reduced(a.n * b.d, a.d * b.n) : reduced(-a.n * b.d, a.d * -b.n);
}

export function negated(a: Exact): Exact {
  return { n: -a.n, d: a.d };
}

/** -1 when `a` is the smaller, 0 when they are equal, 1 when `a` is the greater. */
export function compare(a: Exact, b: Exact): -1 | 0 | 1 {
  const left = a.d === b.d ? a.n : a.n * b.d;
  const right = a.d === b.d ? b.n : b.n * a.d;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The greatest whole number not above `a`, where a `number` holds it; NaN where it does not. */
export function floorOfSafe(a: Exact): number {
  const cut = a.n / a.d;
  const floor = Number(a.n < 0n && cut * a.d !== a.n ? cut - 1n : cut);
  return Number.isSafeInteger(floor) ? floor : NaN;
}

export function isZero(a: Exact): boolean {
  return a.n === 0n;
}

export function isNegative(a: Exact): boolean {
  return a.n < 0n;
}

export function least(a: Exact, b: Exact): Exact {
  return compare(a, b) <= 0 ? a : b;
}

export function greatest(a: Exact, b: Exact): Exact {
  return compare(a, b) >= 0 ? a : b;
}

/** Decimal text when the number comes out even ('0.105', '-12.5'), otherwise the fraction ('5000/3'). */
export function toText(a: Exact): string {
  if (a === ONE) return '1';
  if (a.d === 1n) return wholeToText(a.n);
  const decimals = decimalsOf(a.d);
  if (decimals === undefined) return `${a.n}/${a.d}`;
  const digits = ((a.n < 0n ? -a.n : a.n) * (10n ** BigInt(decimals) / a.d)).toString().padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  return `${a.n < 0n ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** How many decimals a fraction over `d` needs, or nothing when no number of decimals is enough. */
function decimalsOf(d: bigint): number | undefined {
  let rest = d;
  let twos = 0;
  let fives = 0;
  for (; rest % 2n === 0n; rest /= 2n) twos += 1;
  for (; rest % 5n === 0n; rest /= 5n) fives += 1;
  return rest === 1n ? Math.max(twos, fives) : undefined;
}

/** The fraction in lowest terms. `d` must be above zero. */
function reduced(n: bigint, d: bigint): Exact {
  if (d === 1n) return { n, d };
  const above = Number(n);
  const below = Number(d);
  // What rounds to a safe integer is that integer.
  if (Number.isSafeInteger(above) && Number.isSafeInteger(below)) {
    const divisor = commonDivisor(above < 0 ? -above : above, below);
    return divisor === 1 ? { n, d } : { n: toBigint(above / divisor), d: toBigint(below / divisor) };
  }
  const common = greatestCommonDivisor(n < 0n ? -n : n, d);
  return common === 1n ? { n, d } : { n: n / common, d: d / common };
}

/** The same for numbers that a machine holds exactly, which most are. */
function commonDivisor(a: number, b: number): number {
  let [divisor, rest] = [a, b];
  while (rest !== 0) {
    const next = divisor % rest;
    divisor = rest;
    rest = next;
  }
  return divisor;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
