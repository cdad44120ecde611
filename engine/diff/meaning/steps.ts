/**
 * How do rules that go by steps differ: discounts by contract year, tax rates by day, legal fees by month, fees by months served?
 * Also called: tenure ladder, dated rates, 段階・税率表の比較.
 */
import { isByDay } from '#engine/discounts/effect.ts';
import { said, saidDay, saidMoney, saidNumber, saidRate, type Naming, type SaidValue } from '#engine/explain/said.ts';
import { saidEffect } from '#engine/explain/said-effect.ts';
import type { Effect, PenaltyFee, StatutoryRate, TaxRate, TenureStep } from '#schemas/generated/types.ts';
import { findingAt, type Compared } from './compared.ts';
import { directionOf, growth } from './field-meaning.ts';
import type { Direction, Finding } from './finding.ts';
import { differingStretches, type Stretch } from './piecewise.ts';

const paid = { about: 'price', more: 'dearer', none: 'zero' } as const;
const off = { about: 'price', more: 'cheaper', none: 'zero' } as const;

/** What is taken off, year by year. */
export function tenureSteps(compared: Compared): Finding[] {
  const [before, after] = sides<TenureStep>(compared);
  const starts = inOrder([1, ...before, ...after].map((each) => (typeof each === 'number' ? each : each.fromYear)));
  const at = (steps: readonly TenureStep[]) => (year: number) =>
    steps.findLast(({ fromYear }) => fromYear <= year)?.effect;
  return differingStretches(starts, at(before), at(after)).map((stretch) =>
    findingAt(compared, {
      about: 'price',
      code: stretch.to === stretch.from + 1 ? 'meaning.tenure.one' : 'meaning.tenure',
      ...between(stretch),
      ...optional(effectDirection(stretch.before, stretch.after)),
      values: {
        from: saidNumber(stretch.from),
        to: stretch.to === null ? 'none' : saidNumber(stretch.to - 1),
        before: saidEffect(stretch.before, compared.naming),
        after: saidEffect(stretch.after, compared.naming),
      },
    }),
  );
}

/** The rate of each tax category, day by day. */
export function taxRates(compared: Compared): Finding[] {
  const [before, after] = sides<TaxRate>(compared);
  const categories = [...new Set([...before, ...after].map(({ category }) => category))];
  return categories.flatMap((category) => {
    const of = (rates: readonly TaxRate[]) => rates.filter((rate) => rate.category === category);
    return dated(of(before), of(after), ({ rate }) => rate).map((stretch) =>
      findingAt(compared, {
        about: 'tax',
        code: 'meaning.taxRate',
        ...between(stretch),
        ...optional(directionOf(paid, stretch.before, stretch.after)),
        values: {
          category: said(`screen.option.TaxCategory.${category}`),
          ...days(stretch),
          before: stretch.before === undefined ? said('screen.value.none') : saidRate(stretch.before),
          after: stretch.after === undefined ? said('screen.value.none') : saidRate(stretch.after),
        },
      }),
    );
  });
}

/** The amount of a legal fee, month by month. */
export function statutoryRates(compared: Compared): Finding[] {
  const [before, after] = sides<StatutoryRate>(compared);
  return dated(before, after, ({ amount }) => amount).map((stretch) =>
    findingAt(compared, {
      about: 'price',
      code: 'meaning.statutory',
      ...paidBetween(stretch),
      values: { ...days(stretch), ...amounts(stretch, compared.naming) },
    }),
  );
}

/** What leaving costs by months served, where both versions say it in a table; undefined where they do not. */
export function penaltyTable(compared: Compared): Finding[] | undefined {
  const [before, after] = [compared.before, compared.after] as [PenaltyFee, PenaltyFee];
  if (before.model !== 'table' || after.model !== 'table') return undefined;
  const starts = inOrder([0, ...[...before.rows, ...after.rows].flatMap(({ beforeMonth }) => beforeMonth ?? [])]);
  const at = (rows: typeof before.rows) => (month: number) =>
    rows.find(({ beforeMonth }) => beforeMonth === null || month < beforeMonth)?.amount ?? '0';
  return differingStretches(starts, at(before.rows), at(after.rows)).map((stretch) =>
    findingAt(compared, {
      about: 'price',
      code: 'meaning.penaltyTable',
      ...paidBetween(stretch),
      values: {
        from: saidNumber(stretch.from),
        to: stretch.to === null ? 'none' : saidNumber(stretch.to - 1),
        ...amounts(stretch, compared.naming),
      },
    }),
  );
}

/** Which way a discount goes for who gets it. */
export function effectDirection(before: Effect | undefined, after: Effect | undefined): Direction {
  if (before === undefined || after?.op === 'free') return 'cheaper';
  if (after === undefined || before.op === 'free') return 'dearer';
  if (before.op === 'percentOff' && after.op === 'percentOff')
    return directionOf(off, before.percent, after.percent) ?? 'either';
  if (before.op === 'amountOff' && after.op === 'amountOff')
    return directionOf(off, before.amount, after.amount) ?? byDayDirection(before, after);
  if (before.op === 'fixedPrice' && after.op === 'fixedPrice')
    return directionOf(paid, before.price, after.price) ?? 'either';
  return 'either';
}

/** The same amount, by the day or not. */
const byDayDirection = (before: Effect, after: Effect): Direction =>
  isByDay(before) === isByDay(after) ? 'either' : isByDay(after) ? 'dearer' : 'cheaper';

interface Dated {
  readonly from: string;
  readonly to: string | null;
}

/** By days or months, whichever the rows are written in. */
function dated<Row extends Dated>(
  before: readonly Row[],
  after: readonly Row[],
  figure: (row: Row) => string,
): Stretch<string, string | undefined>[] {
  const starts = inOrder([...before, ...after].flatMap(({ from, to }) => (to === null ? [from] : [from, to])));
  const at = (rows: readonly Row[]) => (day: string) => {
    const row = rows.find(({ from, to }) => from <= day && (to === null || day < to));
    return row === undefined ? undefined : figure(row);
  };
  return differingStretches(starts, at(before), at(after));
}

const sides = <Row>({ before, after }: Compared): [readonly Row[], readonly Row[]] => [
  (before ?? []) as readonly Row[],
  (after ?? []) as readonly Row[],
];

const days = ({ from, to }: Stretch<string, unknown>): { from: SaidValue; to: SaidValue } => ({
  from: saidDay(from),
  to: to === null ? 'none' : saidDay(to),
});

const amounts = (
  { before, after }: Stretch<unknown, string | undefined>,
  naming: Naming,
): Record<string, SaidValue> => ({
  before: before === undefined ? said('screen.value.none') : saidMoney(before, naming),
  after: after === undefined ? said('screen.value.none') : saidMoney(after, naming),
});

const between = ({ before, after }: Stretch<unknown, unknown>): Partial<Finding> => ({
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after }),
});

function paidBetween(stretch: Stretch<unknown, string | undefined>): Partial<Finding> {
  const by = growth(stretch.before, stretch.after);
  return {
    ...between(stretch),
    ...optional(directionOf(paid, stretch.before, stretch.after)),
    ...(by === undefined ? {} : { by }),
  };
}

const optional = (direction: Direction | undefined): Partial<Finding> => (direction === undefined ? {} : { direction });

const inOrder = <Start extends number | string>(starts: readonly Start[]): Start[] =>
  [...new Set(starts)].toSorted((a, b) => (a < b ? -1 : 1));
