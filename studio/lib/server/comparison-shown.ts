/**
 * How does a comparison reach the page: whose bill changes most comes first, each with its lines?
 * Also called: price impact list, 影響額の一覧.
 */
import type { compareDraft } from '#runtime/services/compare-draft.ts';
import type { VersionsCompared } from '#runtime/services/diff-versions.ts';
import { compare, exact, isNegative, negated } from '#engine/money/exact.ts';
import type { ComparedBill, MovedCasesShown, Tally } from '#lib/changes/change-shown.ts';
import type { Comparison } from '#lib/changes/watched-comparison.svelte.ts';
import { findingsShown } from '#lib/server/findings-shown.ts';
import type { Diagnostic } from '#schemas/generated/types.ts';
import { words, type MessageValues } from '#schemas/messages/render.ts';
import type { Locale } from '#schemas/messages/words.ts';

type Compared = Awaited<ReturnType<typeof compareDraft>>;
type Amounts = NonNullable<Compared['amounts']>;
type Bill = Amounts['cases'][number] | NonNullable<Amounts['customers'][number]['amounts']>;
type Row = Bill['lines'][number]['rows'][number];

/** The ruleset that is changed, 'kind/id', and the version that is in use: what is later cannot be opened yet. */
export interface Changed {
  readonly ruleset: string;
  readonly currentVersion: number | null;
}

export function comparisonShown(compared: Compared, changed: Changed, locale: Locale): Comparison {
  const { against, differences, caseDifferences, amounts, meaning } = compared;
  const shown = meaning === null ? null : findingsShown(meaning, locale);
  const told = { against, differences, caseDifferences, meaning: shown };
  if (amounts === null) return { ...told, amounts: null };
  const ofCase = (one: Amounts['cases'][number], key: string, note: string | null): ComparedBill => ({
    ...billShown(one, changed, locale),
    ...{ key, title: one.it, note, month: null },
  });
  const customers = amounts.customers.map((one): ComparedBill => {
    const problem = one.problem === null ? null : diagnosticText(one.problem, locale);
    return {
      ...(one.amounts === null ? { ...nothingBilled, problem } : billShown(one.amounts, changed, locale)),
      ...{ key: one.groupId, title: { ja: one.name, en: one.name }, note: one.customer, month: one.month },
    };
  });
  return {
    ...told,
    amounts: {
      cases: largestFirst(amounts.cases.map((one) => ofCase(one, one.id, null))),
      elsewhere: {
        compared: amounts.elsewhere.compared,
        changed: largestFirst(
          amounts.elsewhere.changed.map((one) => ofCase(one, `${one.ruleset}/${one.id}`, one.ruleset)),
        ),
      },
      customers: largestFirst(customers),
      tally: tallyOf(customers),
    },
  };
}

/** The cases that moved between two published versions: every row of theirs can be opened. */
export function movedCasesShown(
  { compared, moved, sums, onlyBefore, onlyAfter }: VersionsCompared['cases'],
  locale: Locale,
): MovedCasesShown {
  const shown = (one: VersionsCompared['cases']['moved'][number], index: number): ComparedBill => ({
    ...billShown(one, { ruleset: '', currentVersion: null }, locale),
    ...{ key: `${index}`, title: one.it, note: one.ruleset, month: null },
  });
  return { compared, sums, moved: largestFirst([...moved, ...onlyBefore].map(shown)), onlyAfter: onlyAfter.length };
}

const nothingBilled = { currency: 'JPY', before: null, after: null, difference: null, lines: [] };

function billShown(
  bill: Bill,
  changed: Changed,
  locale: Locale,
): Omit<ComparedBill, 'key' | 'title' | 'note' | 'month'> {
  const { problems } = bill;
  const problem = problems.after ?? problems.before;
  return {
    currency: bill.currency ?? nothingBilled.currency,
    before: bill.before?.total ?? null,
    after: bill.after?.total ?? null,
    difference: bill.difference,
    lines: bill.lines.map(({ name, product, before, after, difference, rows }) => ({
      ...{ name, product, before, after, difference },
      href: hrefOf(rows[0], changed),
    })),
    problem: problem === undefined ? null : diagnosticText(problem, locale),
  };
}

function hrefOf(row: Row | undefined, { ruleset, currentVersion }: Changed): string | null {
  if (row === undefined || (row.ruleset === ruleset && row.version > (currentVersion ?? 0))) return null;
  return `/rulesets/${row.ruleset}?version=${row.version}#${row.row}`;
}

const diagnosticText = ({ code, values, path }: Diagnostic, locale: Locale): string =>
  words(locale).render(`diagnostic.${code}`, { path, ...values } as MessageValues);

/** What cannot be billed any more comes before everything else. */
function largestFirst(bills: readonly ComparedBill[]): ComparedBill[] {
  const size = ({ difference }: ComparedBill) => {
    const amount = exact(difference ?? '0');
    return isNegative(amount) ? negated(amount) : amount;
  };
  const broken = ({ problem }: ComparedBill): number => (problem === null ? 0 : 1);
  return bills.toSorted((a, b) => broken(b) - broken(a) || compare(size(b), size(a)));
}

function tallyOf(bills: readonly ComparedBill[]): Tally {
  const known = bills.flatMap(({ difference }) =>
    difference === null ? [] : [compare(exact(difference), exact('0'))],
  );
  const count = (sign: number): number => known.filter((each) => each === sign).length;
  return { dearer: count(1), cheaper: count(-1), same: count(0) };
}
