/**
 * How much tax does a bill owe? Also called: consumption tax, VAT, 消費税, 適格請求書の税額計算, 端数処理.
 *
 * Once per rate per bill (National Tax Agency, qualified invoices: one rounding per rate on an invoice), unless the
 * ruleset names another regime. Four lines of 105 at 10 % owe 42, not 4 × 10; by the line they would owe 40.
 */
import type { Rounding, TaxCategory } from '#schemas/generated/types.ts';
import { dividedBy, exact, ONE, plus, times, ZERO, type Exact } from '#engine/money/exact.ts';
import { amountOf, roundAmount, type BillDraft, type Line } from '#engine/billing/draft.ts';
import { preparedOnce } from '#engine/rulesets/prepared.ts';
import type { RulesetOf } from '#engine/rulesets/release.ts';
import { rateOf } from './rate-of-line.ts';

/** What a bill owes at one rate, in minor units; `exact` is the tax before it was rounded. */
export interface TaxTotal {
  readonly category: TaxCategory;
  /** As the ruleset writes it. */
  readonly rate: string;
  /** Those that bear the rate, in the order of the bill. */
  readonly lines: readonly Line[];
  readonly net: bigint;
  readonly exact: Exact;
  readonly tax: bigint;
  readonly gross: bigint;
}

/** Phase 9: one total for each category and rate, in the order in which the bill first meets them. */
export function taxOncePerRate(draft: BillDraft): void {
  const groups: OfOneRate[] = [];
  // Without reliefs a line bears what another bears, where the two are of one kind and of the same days.
  const isAskedOnce = draft.taxRules.body.reliefs === undefined;
  for (const line of draft.lines) {
    const alike = isAskedOnce ? groupLike(groups, line) : undefined;
    if (alike !== undefined) alike.lines.push(line);
    else addToItsRate(groups, line, rateOf(draft, line));
  }
  draft.tax = groups.map(({ category, rate, lines }) => totalOf(draft, category, rate, lines));
}

interface OfOneRate {
  readonly category: TaxCategory;
  readonly rate: string;
  readonly lines: Line[];
}

/** Bills have few rates. */
function groupLike(groups: readonly OfOneRate[], { taxCategory, servicePeriod }: Line): OfOneRate | undefined {
  for (const group of groups) {
    if (group.category === taxCategory && group.lines[0]!.servicePeriod === servicePeriod) return group;
  }
  return undefined;
}

function addToItsRate(groups: OfOneRate[], line: Line, rate: string): void {
  const group = groups.find((known) => known.category === line.taxCategory && known.rate === rate);
  if (group === undefined) groups.push({ category: line.taxCategory, rate, lines: [line] });
  else group.lines.push(line);
}

/**
 * The tax of lines at one rate. Lines with tax included keep their price: their tax is taken out of it. The tax of both
 * kinds is worked out exactly and rounded once; what lines without tax add to the bill is rounded the same way.
 */
function totalOf(draft: BillDraft, category: TaxCategory, rateText: string, lines: readonly Line[]): TaxTotal {
  const rate = exact(rateText);
  const sum = sumOf(lines);
  if (!isAnyIncluded(lines)) {
    const { worked, rounded: tax } = taxOf(draft, lines, sum, rate);
    return { category, rate: rateText, lines, net: sum, exact: worked, tax, gross: sum + tax };
  }
  const within = lines.filter((line) => line.taxIncluded);
  const contained = taxOf(draft, within, sumOf(within), rate);
  const without = lines.filter((line) => !line.taxIncluded);
  const added = taxOf(draft, without, sumOf(without), rate);
  const gross = sum + added.rounded;
  const isByLine = draft.taxRules.body.regime === 'perLine';
  const worked = plus(added.worked, contained.worked);
  const tax = isByLine ? added.rounded + contained.rounded : round(draft, worked);
  return { category, rate: rateText, lines, net: gross - tax, exact: worked, tax, gross };
}

function isAnyIncluded(lines: readonly Line[]): boolean {
  for (const line of lines) if (line.taxIncluded) return true;
  return false;
}

/** The tax of lines that all include it or all do not, and add up to `sum`: worked out exactly, and rounded as the regime says. */
function taxOf(
  draft: BillDraft,
  lines: readonly Line[],
  sum: bigint,
  rate: Exact,
): { readonly worked: Exact; readonly rounded: bigint } {
  const [first] = lines;
  if (first === undefined) return { worked: ZERO, rounded: 0n };
  const { regime } = draft.taxRules.body;
  if (regime !== 'perLine' && (regime !== 'unroundedLines' || first.taxIncluded)) {
    // Of one sum as of its parts: nothing is rounded before.
    const worked = taxWithin(first.taxIncluded, times(amountOf(draft, sum), rate), rate);
    return { worked, rounded: round(draft, worked) };
  }
  const taxes = lines.map((line) => taxOfLine(draft, line, rate));
  const worked = taxes.reduce(plus, ZERO);
  const rounded = regime === 'perLine' ? taxes.reduce((sum, tax) => sum + round(draft, tax), 0n) : round(draft, worked);
  return { worked, rounded };
}

/** The tax of one line before rounding. 4,623 with 10 % tax included holds 4,623 × 10 ÷ 110. */
function taxOfLine(draft: BillDraft, line: Line, rate: Exact): Exact {
  const isUnrounded = draft.taxRules.body.regime === 'unroundedLines' && !line.taxIncluded;
  return taxWithin(line.taxIncluded, times(isUnrounded ? line.exact : amountOf(draft, line.amount), rate), rate);
}

/** `onTop` is what an amount owes at the rate; where the amount holds the tax already, it holds so much of that. */
const taxWithin = (isIncluded: boolean, onTop: Exact, rate: Exact): Exact =>
  isIncluded ? dividedBy(onTop, plus(ONE, rate)) : onTop;

/** The tax of a line by itself, in minor units: what it owes under the regime `perLine`. */
export const roundedTaxOfLine = (draft: BillDraft, line: Line, rate: Exact): bigint =>
  round(draft, taxOfLine(draft, line, rate));

const round = (draft: BillDraft, tax: Exact): bigint => roundAmount(draft, tax, roundingOf(draft.taxRules));

const roundingOf = preparedOnce(({ body }: RulesetOf<'tax'>): Rounding => ({ mode: body.rounding }));

function sumOf(lines: readonly Line[]): bigint {
  let total = 0n;
  for (const line of lines) total += line.amount;
  return total;
}
