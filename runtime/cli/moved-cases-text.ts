/**
 * How do the amounts of the cases that moved read in a terminal? What they come to in all, then the largest case by case.
 * Also called: ケースの金額差の表示.
 */
import { said, saidMoney } from '#engine/explain/said.ts';
import { compare, exact, isNegative, isZero, negated, plus, toText, ZERO } from '#engine/money/exact.ts';
import type { MovedCase, MovedCases } from '#runtime/changes/moved-cases.ts';
import type { Localized } from '#schemas/generated/types.ts';
import type { Said, Words } from '#schemas/messages/render.ts';

/** So many cases are named. */
const mostShown = 20;

export function movedCasesText({ compared, moved, sums, onlyBefore, onlyAfter }: MovedCases, say: Words): string {
  const text = ({ code, values }: Said): string => say.render(code, values);
  const more = moved.length - mostShown;
  return [
    moved.length === 0
      ? say.render('meaning.amounts.none', { compared })
      : say.render('meaning.amounts.some', { compared, moved: moved.length }),
    ...(moved.length === 0 ? [] : sums).map(({ currency, before, after, difference }) =>
      text(
        said('meaning.amounts.sum', { compared: `${compared}`, ...change({ before, after, difference }, currency) }),
      ),
    ),
    ...moved
      .toSorted(largestFirst)
      .slice(0, mostShown)
      .map((each) => `  ${text(caseSaid(each))}`),
    ...(more > 0 ? [`  ${say.render('meaning.amounts.more', { count: more })}`] : []),
    ...onlyBefore.map(({ it }) => `  ${text(said('meaning.amounts.onlyBefore', { case: it }))}`),
    ...(onlyAfter.length === 0 ? [] : [say.render('meaning.amounts.onlyAfter', { count: onlyAfter.length })]),
  ].join('\n');
}

function caseSaid({ it, before, after, difference, lines, currency }: MovedCase): Said {
  const naming = currency === null ? {} : { currency };
  const money = (amount: string | null | undefined): Said => saidMoney(amount ?? '0', naming);
  const tax = { name: said('meaning.amounts.tax'), before: before?.tax ?? '0', after: after?.tax ?? '0' };
  const parts = [...byName(lines), tax].filter((part) => compare(exact(part.before), exact(part.after)) !== 0);
  return said('meaning.amounts.case', {
    case: it,
    ...change({ before: before?.total ?? '0', after: after?.total ?? '0', difference: difference ?? '0' }, currency),
    lines: parts.map((part) =>
      said('meaning.amounts.line', { name: part.name, before: money(part.before), after: money(part.after) }),
    ),
  });
}

interface Part {
  readonly name: Localized;
  readonly before: string;
  readonly after: string;
}

/** The same charge of several products is said once. */
function byName(lines: MovedCase['lines']): readonly Part[] {
  const sum = (amounts: readonly (string | null)[]): string =>
    toText(amounts.map((amount) => exact(amount ?? '0')).reduce(plus, ZERO));
  const groups = Map.groupBy(lines, ({ name }) => JSON.stringify(name));
  return [...groups.values()].map((same) => ({
    name: same[0]!.name,
    before: sum(same.map(({ before }) => before)),
    after: sum(same.map(({ after }) => after)),
  }));
}

/** Before, after, and by how much more or less. */
function change(
  { before, after, difference }: Readonly<Record<'before' | 'after' | 'difference', string>>,
  currency: string | null,
): Readonly<Record<string, Said | string>> {
  const naming = currency === null ? {} : { currency };
  const by = exact(difference);
  return {
    before: saidMoney(before, naming),
    after: saidMoney(after, naming),
    by: saidMoney(toText(isNegative(by) ? negated(by) : by), naming),
    way: isZero(by) ? 'same' : isNegative(by) ? 'cheaper' : 'dearer',
  };
}

function largestFirst(a: MovedCase, b: MovedCase): number {
  const sizes = [a, b].map(({ difference }) => exact(difference ?? '0'));
  const [first, second] = sizes.map((size) => (isNegative(size) ? negated(size) : size));
  return compare(second!, first!);
}
