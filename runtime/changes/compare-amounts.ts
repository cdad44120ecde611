/**
 * What does a change do to somebody's bill: before and after, in all and line by line?
 * Both sides are computed by the engine's own `bill`. Pure. Also called: price impact, before/after, 金額の比較, 影響額.
 */
import { bill } from '#engine/billing/bill.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { releaseOf } from '#engine/cases/run-cases.ts';
import { exact, minus, plus, toText, ZERO } from '#engine/money/exact.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { AccountDocument, Bill, BillLine, Diagnostic, Localized } from '#schemas/generated/types.ts';

export type Totals = { readonly net: string; readonly tax: string; readonly total: string };

/** One charge of one product, in as many lines as it takes; null on the side where it is not there. */
export type LineCompared = {
  readonly product: string | null;
  readonly charge: string;
  readonly name: Localized;
  readonly before: string | null;
  readonly after: string | null;
  readonly difference: string;
  /** The rows that put it there: afterwards, or before where it is gone. */
  readonly rows: readonly { readonly ruleset: string; readonly version: number; readonly row: string }[];
};

export type AmountsCompared = {
  readonly currency: string | null;
  /** Null where it cannot be billed; `problems` says why. */
  readonly before: Totals | null;
  readonly after: Totals | null;
  /** After less before, of the total; null where either is missing. */
  readonly difference: string | null;
  readonly lines: readonly LineCompared[];
  readonly problems: { readonly before?: Diagnostic; readonly after?: Diagnostic };
};

export type ToCompare = {
  readonly key: string;
  readonly document: AccountDocument;
  /** The month to look at; null for all that the document asks for. */
  readonly month: string | null;
  /** The rulesets that a case is billed with, when it names them. */
  readonly release?: readonly string[];
};

/** The amounts by key of each item; `told` hears how many are done. */
export function compareEach(
  items: readonly ToCompare[],
  before: Release,
  after: Release,
  told: (done: number) => void = () => undefined,
): Map<string, AmountsCompared> {
  return new Map(
    items.map(({ key, document, month, release }, index) => {
      const names = release === undefined ? {} : { release: [...release] };
      const amounts = compareAmounts(document, releaseOf(names, before), releaseOf(names, after), month);
      told(index + 1);
      return [key, amounts];
    }),
  );
}

/** Bills of the month named, or of all months of the document. */
export function compareAmounts(
  document: AccountDocument,
  before: Release,
  after: Release,
  month: string | null = null,
): AmountsCompared {
  const [was, is] = [billed(document, before, month), billed(document, after, month)];
  const [old, now] = [totalsOf(was.bills), totalsOf(is.bills)];
  return {
    currency: (is.bills ?? was.bills)?.[0]?.currency ?? null,
    before: old,
    after: now,
    difference: old === null || now === null ? null : less(now.total, old.total),
    lines: linesCompared(linesOf(was.bills), linesOf(is.bills)),
    problems: {
      ...(was.problem === undefined ? {} : { before: was.problem }),
      ...(is.problem === undefined ? {} : { after: is.problem }),
    },
  };
}

/** Whether the change makes any difference here. */
export const isTouched = ({ lines, difference, problems }: AmountsCompared): boolean =>
  difference !== '0' || lines.some((line) => line.difference !== '0') || problems.after !== undefined;

type Billed = { readonly bills: readonly Bill[] | null; readonly problem?: Diagnostic };

function billed(document: AccountDocument, release: Release, month: string | null): Billed {
  try {
    const { bills } = bill(document, release);
    return { bills: bills.filter(({ period }) => month === null || addDays(period.end, -1).slice(0, 7) === month) };
  } catch (error) {
    if (error instanceof BillingProblem) return { bills: null, problem: error.diagnostic };
    throw error;
  }
}

function totalsOf(bills: readonly Bill[] | null): Totals | null {
  if (bills === null) return null;
  const sum = (amounts: readonly string[]): string =>
    toText(amounts.reduce((total, amount) => plus(total, exact(amount)), ZERO));
  return {
    net: sum(bills.map(({ net }) => net)),
    tax: sum(bills.map(({ taxTotal }) => taxTotal)),
    total: sum(bills.map(({ total }) => total)),
  };
}

type Sum = { readonly lines: readonly BillLine[]; readonly amount: string };

function linesOf(bills: readonly Bill[] | null): Map<string, Sum> {
  const groups = Map.groupBy(
    (bills ?? []).flatMap(({ lines }) => lines),
    ({ product, charge }) => JSON.stringify([product, charge]),
  );
  const amountOf = (lines: readonly BillLine[]): string =>
    toText(lines.reduce((total, { amount }) => plus(total, exact(amount)), ZERO));
  return new Map([...groups].map(([key, lines]) => [key, { lines, amount: amountOf(lines) }]));
}

function linesCompared(was: ReadonlyMap<string, Sum>, is: ReadonlyMap<string, Sum>): LineCompared[] {
  return [...new Set([...was.keys(), ...is.keys()])].map((key) => {
    const [before, after] = [was.get(key), is.get(key)];
    const { lines } = (after ?? before)!;
    const { product, charge, name } = lines[0]!;
    const rows = lines.map(({ ruleset, version, row }) => ({ ruleset, version, row }));
    return {
      ...{ product, charge, name },
      before: before?.amount ?? null,
      after: after?.amount ?? null,
      difference: less(after?.amount ?? '0', before?.amount ?? '0'),
      rows: [...new Map(rows.map((each) => [JSON.stringify(each), each])).values()],
    };
  });
}

const less = (a: string, b: string): string => toText(minus(exact(a), exact(b)));
