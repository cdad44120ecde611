/**
 * How does the finished draft read as a bill? Amounts become text, once and only here.
 */
import type { Bill, BillLine } from '#schemas/generated/types.ts';
import { ONE, toText, type Exact } from '#engine/money/exact.ts';
import { minorDigits } from '#engine/money/currencies.ts';
import { minorToText } from '#engine/money/money.ts';
import { roundToStep } from '#engine/money/rounding.ts';
import type { BillDraft, Line } from './draft.ts';

export function billOf(draft: BillDraft): Bill {
  const { currency } = draft.cycle.body;
  const text = (minor: bigint): string => minorToText(minor, currency);
  let [net, tax, gross] = [0n, 0n, 0n];
  for (const total of draft.tax) {
    net += total.net;
    tax += total.tax;
    gross += total.gross;
  }
  return {
    account: draft.account.id,
    period: draft.period,
    kind: 'regular',
    currency,
    dueOn: draft.dueOn,
    lines: draft.lines.map((line) => billedLine(line, currency)),
    tax: draft.tax.map((total) => ({
      category: total.category,
      rate: total.rate,
      net: text(total.net),
      exact: toText(total.exact),
      tax: text(total.tax),
      gross: text(total.gross),
    })),
    net: text(net),
    taxTotal: text(tax),
    total: text(gross),
  };
}

/** A line as bills show it. */
export function billedLine(line: Line, currency: string): BillLine {
  const exact = toText(line.exact);
  const isWhole = line.exact.d === 1n && minorDigits(currency) === 0;
  // What is one figure is written once.
  const isDecimal = line.exact.d === 1n || !exact.includes('/');
  return {
    id: line.id,
    product: line.product,
    charge: line.charge,
    name: line.name,
    phase: line.phase,
    ruleset: line.ruleset.name,
    version: line.ruleset.version,
    row: line.row,
    target: line.target?.id ?? null,
    servicePeriod: line.servicePeriod,
    quantity: line.quantity === ONE ? '1' : decimalText(line.quantity),
    unitPrice:
      line.unitPrice === null ? null : line.unitPrice === line.exact && isDecimal ? exact : decimalText(line.unitPrice),
    base: line.base === line.exact && isDecimal ? exact : decimalText(line.base),
    exact,
    amount: isWhole && line.exact.n === line.amount ? exact : minorToText(line.amount, currency),
    tax: minorToText(line.tax, currency),
    taxCategory: line.taxCategory,
    taxIncluded: line.taxIncluded,
    why: line.why,
  };
}

/** As decimal text; what does not come out even is shown to twelve places (`exact` keeps the fraction). */
function decimalText(value: Exact): string {
  const text = toText(value);
  return value.d !== 1n && text.includes('/') ? toText(roundToStep(value, 'halfEven', twelfthPlace)) : text;
}

const twelfthPlace: Exact = { n: 1n, d: 1_000_000_000_000n };
