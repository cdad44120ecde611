/**
 * Which part of a rate's tax belongs to which line? Also called: tax allocation, 税額の明細配賦, 端数調整.
 * By largest remainder, the earlier line first; the shares re-add to the tax that was rounded once.
 */
import { allocate } from '#engine/money/allocate.ts';
import { exact, toText, type Exact } from '#engine/money/exact.ts';
import { minorToText } from '#engine/money/money.ts';
import type { BillDraft, Line } from '#engine/billing/draft.ts';
import { roundedTaxOfLine, type TaxTotal } from './consumption-tax.ts';

/** Phase 10: each line's share of its rate's tax, for journals and for credit notes. */
export function allocation(draft: BillDraft): void {
  for (const total of draft.tax) {
    const shares = sharesOf(draft, total);
    for (let at = 0; at < shares.length; at += 1) total.lines[at]!.tax = shares[at]!;
    if (draft.trace.on) note(draft, total);
  }
}

/** By the line each owes its own tax; otherwise the tax that was rounded once is shared out. */
function sharesOf(draft: BillDraft, { lines, rate: rateText, tax }: TaxTotal): readonly bigint[] {
  const rate = exact(rateText);
  if (draft.taxRules.body.regime === 'perLine') return lines.map((line) => roundedTaxOfLine(draft, line, rate));
  if (tax === 0n) return noShares;
  const isAlike = lines.every((line) => line.taxIncluded === lines[0]!.taxIncluded);
  return allocate(tax, isAlike ? lines.map(amountOf) : lines.map((line) => weightOf(line, rate)));
}

const amountOf = ({ amount }: Line): bigint => amount;

/** No tax has no shares. */
const noShares: readonly bigint[] = [];

/**
 * What a line weighs: its amount without tax, times the denominator that all lines of the rate share.
 * A line with tax included at the rate n/d is worth d/(n + d) of its amount. Where all lines are alike, their amounts say it.
 */
const weightOf = (line: Line, rate: Exact): bigint => line.amount * (line.taxIncluded ? rate.d : rate.n + rate.d);

function note(draft: BillDraft, { category, rate, net, exact: worked, tax }: TaxTotal): void {
  const { currency } = draft.cycle.body;
  draft.trace.note('trace.tax', {
    category,
    rate,
    net: minorToText(net, currency),
    exact: toText(worked),
    tax: minorToText(tax, currency),
    mode: draft.taxRules.body.rounding,
  });
}
