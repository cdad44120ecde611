/**
 * How much tax does a bill owe? Also called: consumption tax, VAT, 消費税, 適格請求書の税額計算, 端数処理.
 *
 * Once per rate per bill (National Tax Agency, qualified invoices: one rounding per rate on an invoice). The rate is
 * the one on the line's date of supply. Four lines of 105 at 10 % owe 42, not 4 × 10.
 */
import type { BillTax, TaxCategory } from '#schemas/generated/types.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { dividedBy, exact, ONE, plus, times, toText, type Exact } from '#engine/money/exact.ts';
import { minorToText } from '#engine/money/money.ts';
import { amountOf, roundAmount, type BillDraft, type Line } from '#engine/billing/draft.ts';
import { BillingProblem } from '#engine/billing/problem.ts';

/** Phase 9: one total for each category and rate, in the order in which the bill first meets them. */
export function taxOncePerRate(draft: BillDraft): void {
  const totals = Map.groupBy(draft.lines, (line) => `${line.taxCategory} ${rateOf(draft, line)}`);
  draft.tax = [...totals.entries()].map(([key, lines]) => {
    const [category, rate] = key.split(' ') as [TaxCategory, string];
    return totalOf(draft, category, rate, lines);
  });
}

/** The rate of a line on its date of supply; '0' for categories that owe none. */
export function rateOf(draft: BillDraft, line: Line): string {
  const { dateOfSupply, rates } = draft.taxRules.body;
  const { start, end } = line.servicePeriod;
  const on = dateOfSupply === 'firstDay' ? start : addDays(end, -1);
  const found = rates.find(
    (rate) => rate.category === line.taxCategory && rate.from <= on && (rate.to === null || on < rate.to),
  );
  if (found !== undefined) return found.rate;
  if (line.taxCategory !== 'standard' && line.taxCategory !== 'reduced') return '0';
  throw new BillingProblem('tax-rate-missing', `/lines/${line.id}`, {
    category: line.taxCategory,
    on,
    tax: draft.taxRules.id,
  });
}

/**
 * The tax of lines at one rate. Lines with tax included keep their price: their tax is taken out of it. The tax of both
 * kinds is worked out exactly and rounded once; what lines without tax add to the bill is rounded the same way.
 */
function totalOf(draft: BillDraft, category: TaxCategory, rateText: string, lines: readonly Line[]): BillTax {
  const { currency } = draft.cycle.body;
  const rounding = { mode: draft.taxRules.body.rounding };
  const rate = exact(rateText);
  const included = sum(lines.filter((line) => line.taxIncluded));
  const excluded = sum(lines.filter((line) => !line.taxIncluded));
  const onTop = times(amountOf(draft, excluded), rate);
  const within = taxWithin(amountOf(draft, included), rate);
  const worked = plus(onTop, within);
  const tax = roundAmount(draft, worked, rounding);
  const gross = included + excluded + roundAmount(draft, onTop, rounding);
  return {
    category,
    rate: rateText,
    net: minorToText(gross - tax, currency),
    exact: toText(worked),
    tax: minorToText(tax, currency),
    gross: minorToText(gross, currency),
  };
}

/** 4,623 with 10 % tax included holds 4,623 × 10 ÷ 110. */
const taxWithin = (gross: Exact, rate: Exact): Exact => dividedBy(times(gross, rate), plus(ONE, rate));

const sum = (lines: readonly Line[]): bigint => lines.reduce((total, line) => total + line.amount, 0n);
