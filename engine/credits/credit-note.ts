/**
 * What does it come to when some of a closed bill is given back? Also called: credit note, return invoice, 返還インボイス,
 * 適格返還請求書, 値引き・返品の返還. 1,000 of a line at 10 % gives back 100 of tax: 1,100.
 */
import type {
  Bill,
  BillTax,
  CivilDate,
  CreditedLine,
  CreditNote,
  Diagnostic,
  TaxBody,
} from '#schemas/generated/types.ts';
import { compare, dividedBy, exact, ONE, plus, times, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import { minorToText, textToMinor, toMinor } from '#engine/money/money.ts';
import { minorDigits } from '#engine/money/currencies.ts';
import { creditableLines, rateOfBilledLine, rootOf, type Creditable } from './creditable.ts';

/** So much of a line of the bill, as the line shows it: without tax, or with it where the line includes it. */
export interface CreditAsked {
  readonly line: string;
  readonly amount: string;
}

export type CreditOutcome =
  { readonly note: CreditNote } | { readonly note: undefined; readonly problems: readonly Diagnostic[] };

/** The credit note, or everything that is wrong with what is asked. `before` are the credit notes of the bill so far. */
export function creditNote(
  bill: Bill,
  before: readonly CreditNote[],
  asked: readonly CreditAsked[],
  rules: Pick<TaxBody, 'rounding' | 'regime'>,
): CreditOutcome {
  const creditable = creditableLines(bill, before);
  const problems = problemsOf(bill, before, asked, creditable);
  if (problems.length > 0) return { note: undefined, problems };
  const lines = asked.map((one) => creditedLine(one, creditable));
  const rates = bill.tax.filter((total) => lines.some((line) => isAt(line, total)));
  const tax = rates.map((total) => taxOf(bill, before, total, lines, rules));
  const sum = (amounts: readonly string[]): string =>
    minorToText(
      amounts.reduce((total, amount) => total + textToMinor(amount, bill.currency), 0n),
      bill.currency,
    );
  return {
    note: {
      account: bill.account,
      period: bill.period,
      currency: bill.currency,
      lines,
      tax,
      net: sum(tax.map(({ net }) => net)),
      taxTotal: sum(tax.map(({ tax: amount }) => amount)),
      total: sum(tax.map(({ gross }) => gross)),
    },
  };
}

const problem = (code: string, path: string, values: Readonly<Record<string, string>>): Diagnostic => ({
  code,
  severity: 'error',
  path,
  values,
});

function problemsOf(
  bill: Bill,
  before: readonly CreditNote[],
  asked: readonly CreditAsked[],
  creditable: readonly Creditable[],
): Diagnostic[] {
  if (asked.length === 0) return [problem('credit-of-nothing', '/lines', {})];
  const found = asked.flatMap(({ line, amount }, index): Diagnostic[] => {
    const path = `/lines/${index}`;
    const own = creditable.find((each) => each.line.id === line);
    const isTwice = asked.findIndex((other) => other.line === line) < index;
    if (own === undefined || isTwice) return [problem('credit-line-unknown', `${path}/line`, { line })];
    const minor = minorOf(amount, bill.currency);
    if (minor === undefined || minor <= 0n) return [problem('credit-not-an-amount', `${path}/amount`, { amount })];
    if (minor <= own.left) return [];
    const left = minorToText(own.left, bill.currency);
    return [problem('credit-above-line', `${path}/amount`, { line, amount, left })];
  });
  return found.length > 0 ? found : ratesExceeded(bill, before, asked, creditable);
}

/** Where a line below zero has lowered a rate, less can be given back of the rate than its other lines say. */
function ratesExceeded(
  bill: Bill,
  before: readonly CreditNote[],
  asked: readonly CreditAsked[],
  creditable: readonly Creditable[],
): Diagnostic[] {
  const lines = asked.map((one) => creditedLine(one, creditable));
  return bill.tax.flatMap((total) => {
    const amount = amountAt(lines, total, bill.currency);
    const left = leftAt(bill, before, total);
    if (amount === 0n || amount <= left) return [];
    const text = (minor: bigint): string => minorToText(minor, bill.currency);
    return [problem('credit-above-rate', '/lines', { rate: total.rate, amount: text(amount), left: text(left) })];
  });
}

/** What of the lines at a rate has not been given back yet, as the lines show it. */
function leftAt(bill: Bill, before: readonly CreditNote[], total: BillTax): bigint {
  const billed = bill.lines
    .filter((line) => isRate(rateOfBilledLine(bill, rootOf(bill, line)), total))
    .reduce((sum, { amount }) => sum + textToMinor(amount, bill.currency), 0n);
  return (
    billed -
    amountAt(
      before.flatMap(({ lines }) => lines),
      total,
      bill.currency,
    )
  );
}

function amountAt(lines: readonly CreditedLine[], total: BillTax, currency: string): bigint {
  return lines.filter((line) => isAt(line, total)).reduce((sum, { amount }) => sum + textToMinor(amount, currency), 0n);
}

function creditedLine({ line: id, amount }: CreditAsked, creditable: readonly Creditable[]): CreditedLine {
  const own = creditable.find(({ line }) => line.id === id);
  if (own === undefined) throw new Error(`line ${id} was looked up before`);
  const { name, servicePeriod, taxCategory, taxIncluded } = own.line;
  return { line: id, name, servicePeriod, amount, taxCategory, taxIncluded, rate: own.rate.rate };
}

const isAt = (line: CreditedLine, { category, rate }: BillTax): boolean =>
  line.taxCategory === category && line.rate === rate;

const isRate = (a: BillTax, b: BillTax): boolean => a.category === b.category && a.rate === b.rate;

/** What is given back at one rate. The last of it takes all that is left of the bill's total. */
function taxOf(
  bill: Bill,
  before: readonly CreditNote[],
  total: BillTax,
  lines: readonly CreditedLine[],
  rules: Pick<TaxBody, 'rounding' | 'regime'>,
): BillTax {
  const { currency } = bill;
  const own = lines.filter((line) => isAt(line, total));
  const left = {
    tax: textToMinor(total.tax, currency) - givenAt(before, total, 'tax', currency),
    gross: textToMinor(total.gross, currency) - givenAt(before, total, 'gross', currency),
  };
  const rate = exact(total.rate);
  const rounded = (amount: Exact): bigint => toMinor(amount, currency, rules.rounding);
  const taxes = own.map((line) => taxOfLine(line, rate));
  const worked = taxes.reduce(plus, ZERO);
  const owed = rules.regime === 'perLine' ? taxes.reduce((sum, tax) => sum + rounded(tax), 0n) : rounded(worked);
  const onTop = own.filter(({ taxIncluded }) => !taxIncluded);
  const added =
    rules.regime === 'perLine'
      ? onTop.reduce((sum, line) => sum + rounded(taxOfLine(line, rate)), 0n)
      : rounded(onTop.map((line) => taxOfLine(line, rate)).reduce(plus, ZERO));
  const sum = own.reduce((amount, line) => amount + textToMinor(line.amount, currency), 0n);
  const isLast = sum === leftAt(bill, before, total);
  const gross = isLast || sum + added > left.gross ? left.gross : sum + added;
  const tax = isLast || owed > left.tax ? left.tax : owed;
  return {
    category: total.category,
    rate: total.rate,
    net: minorToText(gross - tax, currency),
    exact: toText(worked),
    tax: minorToText(tax, currency),
    gross: minorToText(gross, currency),
  };
}

function givenAt(before: readonly CreditNote[], total: BillTax, what: 'tax' | 'gross', currency: string): bigint {
  return before
    .flatMap(({ tax }) => tax)
    .filter((given) => isRate(given, total))
    .reduce((sum, given) => sum + textToMinor(given[what], currency), 0n);
}

function taxOfLine({ amount, taxIncluded }: CreditedLine, rate: Exact): Exact {
  const tax = times(exact(amount), rate);
  return taxIncluded ? dividedBy(tax, plus(ONE, rate)) : tax;
}

/** The minor units of what was typed; undefined when it is no amount of the currency. */
function minorOf(text: string, currency: string): bigint | undefined {
  const digits = minorDigits(currency);
  const form = digits === 0 ? /^\d{1,15}$/ : new RegExp(`^\\d{1,15}(\\.\\d{1,${digits}})?$`);
  return form.test(text) ? textToMinor(text, currency) : undefined;
}

/** Whether the law lets the operator keep the paper to itself on that day: below 10,000 yen with tax in Japan. */
export function mayBeLeftOut(total: string, { smallCredits }: Pick<TaxBody, 'smallCredits'>, on: CivilDate): boolean {
  if (smallCredits === undefined || on < smallCredits.from) return false;
  if (smallCredits.to !== null && on >= smallCredits.to) return false;
  return compare(exact(total), exact(smallCredits.below)) < 0;
}
