/**
 * How far is this month's total from last month's?
 * Also called: variance, month on month, 前月比.
 */
import { minorToText, textToMinor } from '#engine/money/money.ts';

export interface Change {
  readonly amount: string;
  /** In percent with one decimal, towards zero; null when there was nothing before. */
  readonly percent: string | null;
}

/** 1,050 after 1,000 is 50 more, 5.0 %. */
export function changeOf(now: string, before: string, currency: string): Change {
  const [a, b] = [textToMinor(now, currency), textToMinor(before, currency)];
  const difference = a - b;
  return {
    amount: minorToText(difference, currency),
    percent: b === 0n ? null : tenths((difference * 1000n) / (b < 0n ? -b : b)),
  };
}

function tenths(perMille: bigint): string {
  const size = perMille < 0n ? -perMille : perMille;
  return `${perMille < 0n ? '-' : ''}${size / 10n}.${size % 10n}`;
}
