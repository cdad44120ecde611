/**
 * What does a customer pay before and after, month by month and line by line?
 * Also called: before/after, price difference, 変更前後の比較, 差額.
 */
import { addDays } from '#engine/calendar/civil-date.ts';
import { minorToText, textToMinor } from '#engine/money/money.ts';
import type { Bill, BillLine, Localized, Sentence } from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';
import type { Priced, Prices } from './engine-room.ts';

/** Null: there is no such line or bill. */
export interface Difference {
  readonly before: string | null;
  readonly after: string | null;
  /** What is to be paid more, or with a minus less; null where nothing is to compare. */
  readonly change: string | null;
}

export interface LineDifference extends Difference {
  readonly key: string;
  readonly name: Localized;
  readonly phase: string;
  /** Where the draft priced it, or else what is published. */
  readonly ruleset: string;
  readonly version: number;
  readonly row: string;
  readonly why: Sentence;
  /** The line of the bill after, for its bar in the waterfall. */
  readonly line: string | undefined;
  /** The line of the bill before. */
  readonly lineBefore: string | undefined;
}

export interface MonthDifference extends Difference {
  readonly key: string;
  readonly month: string;
  readonly account: string;
  readonly currency: string;
  readonly billBefore: Bill | undefined;
  readonly billAfter: Bill | undefined;
  readonly lines: readonly LineDifference[];
}

/** A bill's month is that of its last day. */
export const monthOf = ({ period }: Bill): string => addDays(period.end, -1).slice(0, 7);

/** Every bill that is there before or after, in the order of months. `after` undefined: it cannot be said yet. */
export function comparisonOf(before: readonly Bill[], after: readonly Bill[] | undefined): MonthDifference[] {
  const keyOf = (bill: Bill): string => `${monthOf(bill)} ${bill.account}`;
  const earlier = new Map(before.map((bill) => [keyOf(bill), bill]));
  const later = new Map((after ?? []).map((bill) => [keyOf(bill), bill]));
  return [...new Set([...earlier.keys(), ...later.keys()])].sort().flatMap((key) => {
    const billBefore = earlier.get(key);
    const billAfter = later.get(key);
    const either = billAfter ?? billBefore;
    if (either === undefined) return [];
    const { account, currency } = either;
    const totals = difference(billBefore?.total ?? null, billAfter?.total ?? null, currency);
    const lines = linesOf(billBefore, billAfter, currency);
    const month = { key, month: monthOf(either), account, currency, billBefore, billAfter, ...totals, lines };
    return [after === undefined ? withoutChange(month) : month];
  });
}

/** What cannot be said yet is no change. */
function withoutChange(month: MonthDifference): MonthDifference {
  return { ...month, change: null, lines: month.lines.map((line) => ({ ...line, change: null })) };
}

/** The totals of all months together, by currency. */
export function sumOf(months: readonly MonthDifference[]): (Difference & { readonly currency: string })[] {
  return [...Map.groupBy(months, ({ currency }) => currency)].map(([currency, each]) => ({
    currency,
    ...difference(
      added(
        each.map(({ before }) => before),
        currency,
      ),
      added(
        each.map(({ after }) => after),
        currency,
      ),
      currency,
    ),
  }));
}

function linesOf(before: Bill | undefined, after: Bill | undefined, currency: string): LineDifference[] {
  const earlier = keyed(before?.lines ?? []);
  const later = keyed(after?.lines ?? []);
  return [...new Set([...later.keys(), ...earlier.keys()])].flatMap((key) => {
    const line = later.get(key) ?? earlier.get(key);
    if (line === undefined) return [];
    const { name, phase, ruleset, version, row, why } = line;
    const amounts = difference(earlier.get(key)?.amount ?? null, later.get(key)?.amount ?? null, currency);
    return [{ key, name, phase, ruleset, version, row, why, ...idsOf(earlier.get(key), later.get(key)), ...amounts }];
  });
}

const idsOf = (before: BillLine | undefined, after: BillLine | undefined) => ({
  line: after?.id,
  lineBefore: before?.id,
});

/** Lines of the same charge of the same product in the same phase are the same line, in their order. */
function keyed(lines: readonly BillLine[]): Map<string, BillLine> {
  const seen = new Map<string, number>();
  return new Map(
    lines.map((line) => {
      const target = lines.find(({ id }) => id === line.target)?.charge ?? '';
      const same = `${line.phase} ${line.product ?? ''} ${line.charge} ${target}`;
      const nth = (seen.get(same) ?? 0) + 1;
      seen.set(same, nth);
      return [`${same} ${nth}`, line];
    }),
  );
}

/** How the line is read to a customer: as the draft bills it, or as it was billed where the draft takes it away. */
export function readAloud({ before, after }: Prices, month: MonthDifference, line: LineDifference): Said | undefined {
  return spoken(after, month.billAfter, line.line) ?? spoken(before, month.billBefore, line.lineBefore);
}

function spoken(priced: Priced, bill: Bill | undefined, line: string | undefined): Said | undefined {
  if (!('bills' in priced) || bill === undefined) return undefined;
  return priced.aloud[priced.bills.indexOf(bill)]?.[bill.lines.findIndex(({ id }) => id === line)];
}

/** What is missing on one side is nothing there. */
function difference(before: string | null, after: string | null, currency: string): Difference {
  if (before === null && after === null) return { before, after, change: null };
  const change = textToMinor(after ?? '0', currency) - textToMinor(before ?? '0', currency);
  return { before, after, change: minorToText(change, currency) };
}

function added(amounts: readonly (string | null)[], currency: string): string | null {
  const known = amounts.filter((amount) => amount !== null);
  if (known.length === 0) return null;
  return minorToText(
    known.reduce((sum, amount) => sum + textToMinor(amount, currency), 0n),
    currency,
  );
}

/** The places of the ruleset that priced something on the bills: the rows to light, and what holds them. */
export function placesThatPriced(bills: readonly Bill[], ruleset: string, version: number): Set<string> {
  const lines = bills.flatMap((bill) => bill.lines);
  return new Set(lines.filter((line) => line.ruleset === ruleset && line.version === version).map(({ row }) => row));
}
