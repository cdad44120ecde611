/**
 * Which whole numbers come again and again? Counts, days, and most amounts of a bill are small: each is written as text, and
 * made a bigint of, once. Also called: small integer cache, 小さな整数の再利用.
 */

/** Whole numbers from the first up to the second are kept once they have been met. */
const LEAST = -16_384;
const BEYOND = 65_536;

const texts = new Array<string | undefined>(BEYOND - LEAST);
const bigints = new Array<bigint | undefined>(BEYOND - LEAST);

/** A whole number as text. */
export function wholeToText(n: bigint): string {
  const number = Number(n);
  if (number >= LEAST && number < BEYOND) return (texts[number - LEAST] ??= String(number));
  return Number.isSafeInteger(number) ? String(number) : n.toString();
}

/** The bigint of a safe integer. */
export const toBigint = (n: number): bigint =>
  n >= LEAST && n < BEYOND ? (bigints[n - LEAST] ??= BigInt(n)) : BigInt(n);
