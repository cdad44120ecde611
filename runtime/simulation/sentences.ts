/**
 * What does a comparison come to, in sentences?
 * Pure. Words under `simulation.…`. Also called: summary, 試算結果の要約, 説明文.
 */
import { exact, isNegative, isZero, minus, negated, plus, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import type { Said } from '#runtime/customers/lane-changes.ts';
import { monthOfBill, type Comparison, type MonthCompared } from '#runtime/simulation/compare-months.ts';
import type { Bill, BillLine } from '#schemas/generated/types.ts';

/** From the whole to the parts: total, first bill, settled month, what falls due once, discounts, when it pays off. */
export function sentencesOf(
  comparison: Comparison,
  before: readonly Bill[],
  after: readonly Bill[],
  currency: string,
): Said[] {
  const shown = new Set(comparison.months.map(({ month }) => month));
  const dated = (bills: readonly Bill[]): Dated[] =>
    bills.flatMap((bill) =>
      shown.has(monthOfBill(bill)) ? bill.lines.map((line) => ({ line, month: monthOfBill(bill) })) : [],
    );
  const [was, is] = [dated(before), dated(after)];
  return [
    total(comparison, currency),
    ...bills(comparison, currency),
    ...once(was, is, currency),
    ...discounts(was, is, comparison.months.at(-1)?.month ?? '', currency),
    ...paysOff(comparison.months),
  ];
}

type Dated = { readonly line: BillLine; readonly month: string };

function total({ months, totals }: Comparison, currency: string): Said {
  const difference = exact(totals.difference);
  const way = isZero(difference) ? 'same' : isNegative(difference) ? 'cheaper' : 'dearer';
  const size = isNegative(difference) ? negated(difference) : difference;
  const values = { months: String(months.length), before: totals.before.total, after: totals.after.total, currency };
  return { code: `simulation.total.${way}`, values: { ...values, difference: toText(size) } };
}

function bills({ months }: Comparison, currency: string): Said[] {
  const differing = months.filter(({ difference }) => difference !== '0');
  const [first, last] = [differing[0], months.at(-1)];
  const said = (code: string, { month, before, after }: MonthCompared): Said => ({
    code,
    values: { month, before: before.total, after: after.total, currency },
  });
  if (first === undefined || last === undefined) return [];
  const isSettled = last.difference !== '0' && last.month !== first.month;
  return [said('simulation.first', first), ...(isSettled ? [said('simulation.settled', last)] : [])];
}

/** What is charged once because of the change, or no more: penalties and the like, and one-time charges. */
function once(was: readonly Dated[], is: readonly Dated[], currency: string): Said[] {
  const single = ({ line }: Dated): boolean =>
    line.phase === 'terminationCharges' || line.why.code.startsWith('line.oneTime');
  const keyOf = ({ line, month }: Dated): string =>
    JSON.stringify([month, line.product, line.ruleset, line.charge, line.amount]);
  const [before, after] = [was.filter(single), is.filter(single)];
  const [keysBefore, keysAfter] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  const said = (code: string, { line, month }: Dated): Said => ({
    code,
    values: { name: line.name, month, amount: line.amount, currency },
  });
  const isDue = ({ line }: Dated): boolean => line.amount !== '0';
  return [
    ...after
      .filter((each) => isDue(each) && !keysBefore.has(keyOf(each)))
      .map((each) =>
        said(each.line.phase === 'terminationCharges' ? 'simulation.penalty' : 'simulation.oneTime', each),
      ),
    ...before
      .filter((each) => isDue(each) && !keysAfter.has(keyOf(each)))
      .map((each) => said('simulation.saved', each)),
  ];
}

/** For each discount what it takes off more or less, and when one that is gained ends. */
function discounts(was: readonly Dated[], is: readonly Dated[], lastMonth: string, currency: string): Said[] {
  const of = (lines: readonly Dated[]): Map<string, Dated[]> =>
    Map.groupBy(
      lines.filter(({ line }) => line.phase === 'discounts'),
      ({ line }) => line.ruleset,
    );
  const [before, after] = [of(was), of(is)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((ruleset): Said[] => {
    const [old, now] = [before.get(ruleset) ?? [], after.get(ruleset) ?? []];
    const more = minus(takenOff(now), takenOff(old));
    if (isZero(more)) return [];
    const { name } = (now.at(-1) ?? old.at(-1))!.line;
    const code = old.length === 0 ? 'Gained' : now.length === 0 ? 'Lost' : isNegative(more) ? 'Less' : 'More';
    const said = {
      code: `simulation.discount${code}`,
      values: { name, amount: toText(isNegative(more) ? negated(more) : more), currency },
    };
    const end = now.map(({ month }) => month).reduce((a, b) => (a > b ? a : b), '');
    return code === 'Gained' && end < lastMonth
      ? [said, { code: 'simulation.discountEnds', values: { name, month: end } }]
      : [said];
  });
}

const takenOff = (lines: readonly Dated[]): Exact =>
  negated(lines.map(({ line }) => exact(line.amount)).reduce(plus, ZERO));

/** The first month from which, in sum, it is no dearer any more; nothing where it never was. */
function paysOff(months: readonly MonthCompared[]): Said[] {
  const isDearer = ({ cumulative }: MonthCompared): boolean =>
    !isZero(exact(cumulative)) && !isNegative(exact(cumulative));
  const last = months.findLastIndex(isDearer);
  const month = months[last + 1]?.month;
  return last < 0 || month === undefined ? [] : [{ code: 'simulation.breakEven', values: { month } }];
}
