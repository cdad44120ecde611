/**
 * How do the amounts of the cases that moved read in a terminal? What they come to in all, then the largest case by case.
 * Also called: ケースの金額差の表示.
 */
import { said, saidMoney } from '#engine/explain/said.ts';
import { compare, exact, isNegative, negated } from '#engine/money/exact.ts';
import type { MovedCase, MovedCases } from '#runtime/changes/moved-cases.ts';
import type { Said, Words } from '#schemas/messages/render.ts';

/** So many cases are named. */
const mostShown = 20;

export function movedCasesText({ compared, moved, sums }: MovedCases, say: Words): string {
  if (moved.length === 0) return say.render('meaning.amounts.none', { compared });
  const text = ({ code, values }: Said): string => say.render(code, values);
  const more = moved.length - mostShown;
  return [
    say.render('meaning.amounts.some', { compared, moved: moved.length }),
    ...sums.map(({ currency, before, after, difference }) =>
      text(said('meaning.amounts.sum', moneys({ before, after, difference }, currency))),
    ),
    ...moved
      .toSorted(largestFirst)
      .slice(0, mostShown)
      .map((each) => `  ${text(caseSaid(each))}`),
    ...(more > 0 ? [`  ${say.render('meaning.amounts.more', { count: more })}`] : []),
  ].join('\n');
}

function caseSaid({ it, before, after, difference, lines, currency }: MovedCase): Said {
  if (before === null || after === null || difference === null || currency === null)
    return said(before === null ? 'meaning.amounts.onlyAfter' : 'meaning.amounts.onlyBefore', { case: it });
  const tax = { name: said('meaning.amounts.tax'), before: before.tax, after: after.tax };
  const parts = [
    ...lines.filter((line) => line.difference !== '0'),
    ...(compare(exact(before.tax), exact(after.tax)) === 0 ? [] : [tax]),
  ];
  return said('meaning.amounts.case', {
    case: it,
    ...moneys({ before: before.total, after: after.total, difference }, currency),
    way: wayOf(difference),
    lines: parts.map((line) =>
      said('meaning.amounts.line', {
        name: line.name,
        ...moneys({ before: line.before ?? '0', after: line.after ?? '0' }, currency),
      }),
    ),
  });
}

const moneys = (amounts: Readonly<Record<string, string>>, currency: string): Readonly<Record<string, Said>> =>
  Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, saidMoney(amount, { currency })]));

const wayOf = (difference: string): string =>
  difference === '0' ? 'same' : isNegative(exact(difference)) ? 'cheaper' : 'dearer';

function largestFirst(a: MovedCase, b: MovedCase): number {
  const sizes = [a, b].map(({ difference }) => exact(difference ?? '0'));
  const [first, second] = sizes.map((size) => (isNegative(size) ? negated(size) : size));
  return compare(second!, first!);
}
