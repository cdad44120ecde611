/**
 * Do the rulesets give the amounts that the product manager signed for? Runs the cases that lie beside a ruleset.
 * Also called: acceptance example, ruleset test, ケース, 受入例, テストケース.
 */
import type { Bill, Case, Diagnostic, ExpectedBill, Sentence } from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { compare, exact, plus, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import { prepareRelease, type Release } from '#engine/rulesets/release.ts';

/** One figure of a case. `month` is null for a figure over all periods; `key` names the charge, the product or the rate. */
export interface Check {
  readonly month: string | null;
  readonly figure: 'line' | 'product' | 'tax' | 'net' | 'total';
  readonly key: string | null;
  /** null: no such line. */
  readonly expected: string | null;
  readonly actual: string | null;
  readonly passed: boolean;
  /** Why the lines behind the figure are what they are. */
  readonly why: readonly Sentence[];
}

export interface CaseResult {
  readonly case: Case;
  readonly passed: boolean;
  readonly checks: readonly Check[];
  /** Set when the group could not be billed at all. */
  readonly problem?: Diagnostic;
}

/** Bills what each case gives, and compares the figures it names. A case's own `release` picks from `release`. */
export function runCases(cases: readonly Case[], release: Release): readonly CaseResult[] {
  return billedCases(cases, release).map(({ result }) => result);
}

/** The same with the bills; none where the group could not be billed. */
export function billedCases(
  cases: readonly Case[],
  release: Release,
): readonly { readonly result: CaseResult; readonly bills: readonly Bill[] }[] {
  return cases.map((one) => {
    try {
      const { bills } = bill(one.given, releaseOf(one, release));
      const checks = checksOf(one, bills);
      return { result: { case: one, passed: checks.every((check) => check.passed), checks }, bills };
    } catch (error) {
      if (!(error instanceof BillingProblem)) throw error;
      return { result: { case: one, passed: false, checks: [], problem: error.diagnostic }, bills: [] };
    }
  });
}

/** What the case is billed with: the rulesets that it names, 'kind/id', in all their versions; all of them when it names none. */
export function releaseOf({ release: names }: Pick<Case, 'release'>, release: Release): Release {
  if (names === undefined) return release;
  return prepareRelease(release.rulesets.filter((ruleset) => names.includes(`${ruleset.kind}/${ruleset.id}`)));
}

function checksOf({ expect }: Case, bills: readonly Bill[]): readonly Check[] {
  const monthly = (expect.bills ?? []).flatMap((expected) =>
    checksOfMonth(
      expected,
      bills.filter((each) => monthOf(each) === expected.month),
    ),
  );
  const sums = Object.entries(expect.sums ?? {}).map(([charge, amount]) => lineCheck(null, charge, amount, bills));
  return [...monthly, ...sums, ...totalChecks(null, expect, bills)];
}

function checksOfMonth(expected: ExpectedBill, bills: readonly Bill[]): readonly Check[] {
  const { month } = expected;
  return [
    ...Object.entries(expected.lines ?? {}).map(([charge, amount]) => lineCheck(month, charge, amount, bills)),
    ...Object.entries(expected.products ?? {}).map(([product, amount]) => productCheck(month, product, amount, bills)),
    ...Object.entries(expected.tax ?? {}).map(([rate, amount]) => taxCheck(month, rate, amount, bills)),
    ...totalChecks(month, expected, bills),
  ];
}

/** A bill's month is the one in which its closing day lies: its last day. */
const monthOf = (each: Bill): string => addDays(each.period.end, -1).slice(0, 7);

function lineCheck(month: string | null, charge: string, expected: string | null, bills: readonly Bill[]): Check {
  const lines = bills.flatMap((each) => each.lines).filter((line) => line.charge === charge);
  const actual = sumOf(lines.map((line) => line.amount));
  return check(
    { month, figure: 'line', key: charge, expected, actual },
    lines.map((line) => line.why),
  );
}

/** What a product comes to: its charges with whatever changes them. */
function productCheck(month: string, product: string, expected: string, bills: readonly Bill[]): Check {
  const lines = bills.flatMap((each) => each.lines).filter((line) => line.product === product);
  const actual = sumOf(lines.map((line) => line.amount));
  return check(
    { month, figure: 'product', key: product, expected, actual },
    lines.map((line) => line.why),
  );
}

function taxCheck(month: string, rate: string, expected: string, bills: readonly Bill[]): Check {
  const totals = bills.flatMap((each) => each.tax).filter((total) => compare(exact(total.rate), exact(rate)) === 0);
  return check({ month, figure: 'tax', key: rate, expected, actual: sumOf(totals.map((total) => total.tax)) });
}

function totalChecks(
  month: string | null,
  expected: { readonly net?: string; readonly total?: string },
  bills: readonly Bill[],
): readonly Check[] {
  return (['net', 'total'] as const).flatMap((figure) => {
    const amount = expected[figure];
    if (amount === undefined) return [];
    return [check({ month, figure, key: null, expected: amount, actual: sumOf(bills.map((each) => each[figure])) })];
  });
}

function check(found: Omit<Check, 'passed' | 'why'>, why: readonly Sentence[] = []): Check {
  return { ...found, passed: same(found.expected, found.actual), why };
}

/** The sum as text; null when there is nothing to add up, which is not the same as zero. */
function sumOf(amounts: readonly string[]): string | null {
  if (amounts.length === 0) return null;
  return toText(amounts.reduce((sum: Exact, amount) => plus(sum, exact(amount)), ZERO));
}

/** Amounts are equal when their values are: '2.7' is '2.70'. */
const same = (a: string | null, b: string | null): boolean =>
  a === null || b === null ? a === b : compare(exact(a), exact(b)) === 0;
