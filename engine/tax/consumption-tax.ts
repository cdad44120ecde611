/**
 * How much tax does a bill owe? Also called: consumption tax, VAT, 消費税, 適格請求書の税額計算, 端数処理.
 *
 * Once per rate per bill (National Tax Agency, qualified invoices: one rounding per rate on an invoice), unless the
 * ruleset names another regime. Four lines of 105 at 10 % owe 42, not 4 × 10; by the line they would owe 40.
 */
import type { BillTax, TaxCategory } from '#schemas/generated/types.ts';
import { dividedBy, exact, ONE, plus, times, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import { minorToText } from '#engine/money/money.ts';
import { amountOf, roundAmount, type BillDraft, type Line } from '#engine/billing/draft.ts';
import { rateOf } from './rate-of-line.ts';

/** Phase 9: one total for each category and rate, in the order in which the bill first meets them. */
export function taxOncePerRate(draft: BillDraft): void {
  const totals = Map.groupBy(draft.lines, (line) => `${line.taxCategory} ${rateOf(draft, line)}`);
  draft.tax = [...totals.entries()].map(([key, lines]) => {
    const [category, rate] = key.split(' ') as [TaxCategory, string];
    return totalOf(draft, category, rate, lines);
  });
}

/**
 * The tax of lines at one rate. Lines with tax included keep their price: their tax is taken out of it. The tax of both
 * kinds is worked out exactly and rounded once; what lines without tax add to the bill is rounded the same way.
 */
function totalOf(draft: BillDraft, category: TaxCategory, rateText: string, lines: readonly Line[]): BillTax {
  const rate = exact(rateText);
  const onTop = lines.filter((line) => !line.taxIncluded);
  const within = lines.filter((line) => line.taxIncluded);
  const added = taxOf(draft, onTop, rate);
  const contained = taxOf(draft, within, rate);
  const isByLine = draft.taxRules.body.regime === 'perLine';
  const worked = plus(added.worked, contained.worked);
  const tax = isByLine ? added.rounded + contained.rounded : round(draft, worked);
  const gross = sumOf(lines) + added.rounded;
  const text = (minor: bigint): string => minorToText(minor, draft.cycle.body.currency);
  return {
    category,
    rate: rateText,
    net: text(gross - tax),
    exact: toText(worked),
    tax: text(tax),
    gross: text(gross),
  };
}

/** The tax of lines that all include it or all do not: worked out exactly, and rounded as the regime says. */
function taxOf(
  draft: BillDraft,
  lines: readonly Line[],
  rate: Exact,
): { readonly worked: Exact; readonly rounded: bigint } {
  const taxes = lines.map((line) => taxOfLine(draft, line, rate));
  const worked = taxes.reduce(plus, ZERO);
  const isByLine = draft.taxRules.body.regime === 'perLine';
  return { worked, rounded: isByLine ? taxes.reduce((sum, tax) => sum + round(draft, tax), 0n) : round(draft, worked) };
}

/** The tax of one line before rounding. 4,623 with 10 % tax included holds 4,623 × 10 ÷ 110. */
function taxOfLine(draft: BillDraft, line: Line, rate: Exact): Exact {
  const isUnrounded = draft.taxRules.body.regime === 'unroundedLines' && !line.taxIncluded;
  const tax = times(isUnrounded ? line.exact : amountOf(draft, line.amount), rate);
  return line.taxIncluded ? dividedBy(tax, plus(ONE, rate)) : tax;
}

/** The tax of a line by itself, in minor units: what it owes under the regime `perLine`. */
export const roundedTaxOfLine = (draft: BillDraft, line: Line, rate: Exact): bigint =>
  round(draft, taxOfLine(draft, line, rate));

const round = (draft: BillDraft, tax: Exact): bigint => roundAmount(draft, tax, { mode: draft.taxRules.body.rounding });

const sumOf = (lines: readonly Line[]): bigint => lines.reduce((total, line) => total + line.amount, 0n);
