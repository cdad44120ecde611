/**
 * How could a ruleset be slightly wrong? Each bound moved by one, each comparison turned, each figure changed: one at a time.
 * A case that still passes over such a mutant would not have noticed the mistake either.
 * Also called: mutation testing, boundary flip, operator flip, ミューテーション、境界値、突然変異テスト.
 */
import { addDays, isCivilDate } from '#engine/calendar/civil-date.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import { exact, isNegative, isZero, ONE, plus, negated, toText, type Exact } from '#engine/money/exact.ts';
import type { Ruleset } from '#schemas/generated/types.ts';

export interface Mutant {
  /** A bound that moves, a comparison that turns, or a figure that changes. */
  readonly kind: 'boundary' | 'operator' | 'figure';
  /** The place in the ruleset. */
  readonly path: string;
  readonly from: string;
  readonly to: string;
  readonly ruleset: Ruleset;
}

type Change = Pick<Mutant, 'kind' | 'from' | 'to'> & { readonly value: unknown };

/** Every mutant of the ruleset, in the order of the document. What only names, dates or arranges is left alone. */
export function mutantsOf(ruleset: Ruleset): readonly Mutant[] {
  const found = changesIn(ruleset.body, { path: '/body', field: 'body', isAsked: false });
  return found
    .filter(({ path }) => isJudgedByBills(ruleset, path))
    .map(({ change, path, put }) => ({
      kind: change.kind,
      path,
      from: change.from,
      to: change.to,
      ruleset: { ...ruleset, body: put(change.value) } as Ruleset,
    }));
}

/** Who joins a campaign that has to be granted, and how often, is decided when the order is taken; a bill reads the grant. */
const isJudgedByBills = (ruleset: Ruleset, path: string): boolean =>
  ruleset.kind !== 'campaign' || ruleset.body.grant !== 'required' || !/^\/body\/(window|limits)/.test(path);

interface Place {
  readonly path: string;
  /** The field that the value is of, through lists. */
  readonly field: string;
  /** Within a condition, or a cell of a table that asks. */
  readonly isAsked: boolean;
}

interface Found {
  readonly change: Change;
  readonly path: string;
  /** The value above with the change made in it. */
  readonly put: (value: unknown) => unknown;
}

function changesIn(value: unknown, place: Place): readonly Found[] {
  const own = changesOf(value, place).map((change): Found => ({ change, path: place.path, put: (changed) => changed }));
  if (Array.isArray(value)) {
    const parts = value.flatMap((each, index) =>
      changesIn(each, { ...place, path: below(place.path, index) }).map((found) => ({
        ...found,
        put: (changed: unknown) => value.with(index, found.put(changed)),
      })),
    );
    return [...own, ...parts];
  }
  if (typeof value !== 'object' || value === null) return own;
  const parts = Object.entries(value).flatMap(([field, each]) =>
    changesIn(each, { path: below(place.path, field), field, isAsked: place.isAsked || asking.has(field) }).map(
      (found) => ({ ...found, put: (changed: unknown) => ({ ...value, [field]: found.put(changed) }) }),
    ),
  );
  return [...own, ...parts];
}

const asking = new Set(['eligibility', 'waivedWhen', 'where', 'when', 'window']);
const bounds = new Set([
  'upTo',
  'floorUntil',
  'value',
  'from',
  'to',
  'months',
  'fromYear',
  'beforeMonth',
  'withinMonths',
]);
const figures = new Set(['price', 'unitPrice', 'amount', 'percent', 'flat', 'minimum', 'cap', 'floor', 'ceiling']);

const turned: Readonly<Record<string, string>> = {
  equal: 'notEqual',
  notEqual: 'equal',
  in: 'notIn',
  notIn: 'in',
  contains: 'doesNotContain',
  doesNotContain: 'contains',
  decimalLessThan: 'decimalLessThanInclusive',
  decimalLessThanInclusive: 'decimalLessThan',
  decimalGreaterThan: 'decimalGreaterThanInclusive',
  decimalGreaterThanInclusive: 'decimalGreaterThan',
  dateBefore: 'dateOnOrBefore',
  dateOnOrBefore: 'dateBefore',
  dateAfter: 'dateOnOrAfter',
  dateOnOrAfter: 'dateAfter',
};

function changesOf(value: unknown, { field, isAsked }: Place): readonly Change[] {
  if (isAsked && typeof value === 'object' && value !== null && !Array.isArray(value)) return joined(value);
  if (field === 'operator' && typeof value === 'string') {
    const other = turned[value];
    return other === undefined ? [] : [{ kind: 'operator', from: value, to: other, value: other }];
  }
  if (bounds.has(field) && (isAsked || !(field === 'value' || field === 'from' || field === 'to'))) return moved(value);
  return figures.has(field) && typeof value === 'string' ? raised(value) : [];
}

/** 'All of' becomes 'any of', and the other way, where there is more than one. */
function joined(node: object): readonly Change[] {
  const change = (from: 'all' | 'any', to: 'all' | 'any', parts: unknown): readonly Change[] =>
    Array.isArray(parts) && parts.length > 1
      ? [{ kind: 'operator', from, to, value: { ...without(node, from), [to]: parts } }]
      : [];
  if ('all' in node) return change('all', 'any', node.all);
  return 'any' in node ? change('any', 'all', node.any) : [];
}

const without = (node: object, field: string): object =>
  Object.fromEntries(Object.entries(node).filter(([each]) => each !== field));

/** One earlier and one later. */
function moved(value: unknown): readonly Change[] {
  const to = (other: string | number): Change => ({
    kind: 'boundary',
    from: String(value),
    to: String(other),
    value: other,
  });
  if (typeof value === 'number') return [value - 1, value + 1].filter((each) => each > 0).map(to);
  if (typeof value !== 'string') return [];
  if (isCivilDate(value)) return [to(addDays(value, -1)), to(addDays(value, 1))];
  if (!decimal.test(value)) return [];
  return [negated(ONE), ONE]
    .map((step) => plus(exact(value), step))
    .filter(isNotBelowZero)
    .map((each) => to(toText(each)));
}

/** A figure that is a little higher: a percentage by one, an amount by one. */
function raised(value: string): readonly Change[] {
  if (!decimal.test(value)) return [];
  const figure = exact(value);
  const higher = toText(plus(figure, ONE));
  return [{ kind: 'figure', from: value, to: higher, value: higher }];
}

const isNotBelowZero = (figure: Exact): boolean => !isNegative(figure) || isZero(figure);

const decimal = /^-?[0-9]+(\.[0-9]+)?$/;
