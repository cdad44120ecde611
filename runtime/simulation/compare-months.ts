/**
 * What is a customer billed before and after, month by month and charge by charge?
 * Pure. Also called: before/after, price comparison, 変更前後の比較, 料金試算.
 */
import { addDays } from '#engine/calendar/civil-date.ts';
import { exact, isZero, minus, plus, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import type { Bill, BillLine, Localized } from '#schemas/generated/types.ts';

/** Decimal text in the customer's currency. */
export type Amounts = { readonly net: string; readonly tax: string; readonly total: string };

export type MonthCompared = {
  readonly month: string;
  readonly before: Amounts;
  readonly after: Amounts;
  /** After less before, tax included; and added up since the first month. */
  readonly difference: string;
  readonly cumulative: string;
};

/** One charge of one product over all months, before tax. */
export type ChargeCompared = {
  readonly product: string | null;
  readonly phase: BillLine['phase'];
  readonly ruleset: string;
  readonly charge: string;
  readonly name: Localized;
  readonly before: string;
  readonly after: string;
  readonly difference: string;
};

export type Comparison = {
  readonly months: readonly MonthCompared[];
  readonly totals: { readonly before: Amounts; readonly after: Amounts; readonly difference: string };
  /** Those that differ, the largest difference first. */
  readonly charges: readonly ChargeCompared[];
};

/** The month that a bill is called by: the one in which its period closes. */
export const monthOfBill = ({ period }: Bill): string => addDays(period.end, -1).slice(0, 7);

/** Months before `from` are there only where something differs: what a change costs may fall due on its eve. */
export function compareMonths(before: readonly Bill[], after: readonly Bill[], from: string): Comparison {
  const [was, is] = [Map.groupBy(before, monthOfBill), Map.groupBy(after, monthOfBill)];
  const differing = [...new Set([...was.keys(), ...is.keys()])]
    .toSorted()
    .map((month) => ({ month, before: sumOf(was.get(month) ?? []), after: sumOf(is.get(month) ?? []) }))
    .filter((row) => row.month >= from || !isZero(minus(row.after.total, row.before.total)));
  let cumulative = ZERO;
  const months = differing.map((row) => {
    const difference = minus(row.after.total, row.before.total);
    cumulative = plus(cumulative, difference);
    return {
      month: row.month,
      before: amounts(row.before),
      after: amounts(row.after),
      difference: toText(difference),
      cumulative: toText(cumulative),
    };
  });
  const shown = new Set(months.map(({ month }) => month));
  const within = (bills: readonly Bill[]): Bill[] => bills.filter((bill) => shown.has(monthOfBill(bill)));
  const [all, allAfter] = [sumOf(within(before)), sumOf(within(after))];
  return {
    months,
    totals: { before: amounts(all), after: amounts(allAfter), difference: toText(minus(allAfter.total, all.total)) },
    charges: chargesCompared(within(before), within(after)),
  };
}

type Sum = { readonly net: Exact; readonly tax: Exact; readonly total: Exact };

function sumOf(bills: readonly Bill[]): Sum {
  const sum = (of: (bill: Bill) => string): Exact => bills.map((bill) => exact(of(bill))).reduce(plus, ZERO);
  return { net: sum(({ net }) => net), tax: sum(({ taxTotal }) => taxTotal), total: sum(({ total }) => total) };
}

const amounts = ({ net, tax, total }: Sum): Amounts => ({ net: toText(net), tax: toText(tax), total: toText(total) });

function chargesCompared(before: readonly Bill[], after: readonly Bill[]): ChargeCompared[] {
  const keyOf = ({ product, phase, ruleset, charge }: BillLine): string =>
    JSON.stringify([product, phase, ruleset, charge]);
  const linesOf = (bills: readonly Bill[]): Map<string, BillLine[]> =>
    Map.groupBy(
      bills.flatMap(({ lines }) => lines),
      keyOf,
    );
  const sum = (lines: readonly BillLine[]): Exact => lines.map(({ amount }) => exact(amount)).reduce(plus, ZERO);
  const [was, is] = [linesOf(before), linesOf(after)];
  const compared = [...new Set([...was.keys(), ...is.keys()])].map((key) => {
    const [old, now] = [was.get(key) ?? [], is.get(key) ?? []];
    const { product, phase, ruleset, charge, name } = (now.at(-1) ?? old.at(-1))!;
    const [amountBefore, amountAfter] = [sum(old), sum(now)];
    const difference = minus(amountAfter, amountBefore);
    return {
      size: sizeOf(difference),
      row: {
        product,
        phase,
        ruleset,
        charge,
        name,
        before: toText(amountBefore),
        after: toText(amountAfter),
        difference: toText(difference),
      },
    };
  });
  return compared
    .filter(({ size }) => !isZero(size))
    .toSorted((a, b) => Number(minus(b.size, a.size).n))
    .map(({ row }) => row);
}

const sizeOf = ({ n, d }: Exact): Exact => ({ n: n < 0n ? -n : n, d });
