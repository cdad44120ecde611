/**
 * What of a closed bill can still be given back? Also called: refundable amount, 返還可能額、返金できる額.
 */
import type { Bill, BillLine, BillTax, CreditNote } from '#schemas/generated/types.ts';
import { compare, exact, greatest, minus, times, ZERO, dividedBy, ONE, plus, type Exact } from '#engine/money/exact.ts';
import { textToMinor } from '#engine/money/money.ts';

/** A line that was charged, with its discounts and bounds, and what is left of it. Amounts in minor units, as the line shows them. */
export interface Creditable {
  readonly line: BillLine;
  readonly rate: BillTax;
  readonly billed: bigint;
  readonly left: bigint;
}

/** Every line of which something was charged, in the order of the bill. What changes a line is part of it. */
export function creditableLines(bill: Bill, before: readonly CreditNote[]): readonly Creditable[] {
  const minor = (text: string): bigint => textToMinor(text, bill.currency);
  const credited = Map.groupBy(
    before.flatMap(({ lines }) => lines),
    ({ line }) => line,
  );
  return bill.lines
    .filter((line) => rootOf(bill, line) === line)
    .map((line) => {
      const billed = bill.lines
        .filter((other) => rootOf(bill, other) === line)
        .reduce((sum, { amount }) => sum + minor(amount), 0n);
      const given = (credited.get(line.id) ?? []).reduce((sum, { amount }) => sum + minor(amount), 0n);
      return { line, rate: rateOfBilledLine(bill, line), billed, left: billed - given };
    })
    .filter(({ billed }) => billed > 0n);
}

/** The line that a discount or a bound changes in the end; the line itself where it changes none. */
export function rootOf(bill: Bill, line: BillLine): BillLine {
  const target = bill.lines.find(({ id }) => id === line.target);
  return target === undefined ? line : rootOf(bill, target);
}

/** The rate under which the bill has the line: of two of its category, the one nearest to the line's share of the tax. */
export function rateOfBilledLine(bill: Bill, line: BillLine): BillTax {
  const ofCategory = bill.tax.filter(({ category }) => category === line.taxCategory);
  const distance = ({ rate }: BillTax): Exact => {
    const whole = times(exact(line.amount), exact(rate));
    const owed = line.taxIncluded ? dividedBy(whole, plus(ONE, exact(rate))) : whole;
    const off = minus(owed, exact(line.tax));
    return greatest(off, minus(ZERO, off));
  };
  const [first, ...others] = ofCategory;
  if (first === undefined) throw new Error(`the bill has no total for ${line.taxCategory}`);
  return others.reduce((best, rate) => (compare(distance(rate), distance(best)) < 0 ? rate : best), first);
}
