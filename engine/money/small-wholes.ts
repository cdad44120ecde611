/**
 * Which whole numbers come again and again? Counts, days, and most amounts of a bill are small: each is written as text, and
 * made a bigint of, once. Also called: small integer cache, 小さな整数の再利用.
 */

/** Whole numbers from 0 up to this one are kept once they have been met. */
const KEPT = 16_384;

const texts = new Array<string | undefined>(KEPT);
const bigints = new Array<bigint | undefined>(KEPT);

/** A whole number as text. */
export function wholeToText(n: bigint): string {
  const number = Number(n);
  if (number >= 0 && number < KEPT) return (texts[number] ??= String(number));
  return Number.isSafeInteger(number) ? String(number) : n.toString();
}

/** The bigint of a safe integer. */
export function toBigint(n: number): bigint {
  return n >= 0 && n < KEPT ? (bigints[n] ??= BigInt(n)) : BigInt(n);
}
