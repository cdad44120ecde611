/**
 * What does each operator of a condition mean, and which facts and values does it take?
 * Also called: comparison, predicate, 演算子, 比較.
 *
 * One table feeds the interpreter (`prepare`), emitted code (`constants`, `emit`), the oracle (`impl`) and the checks
 * (`factTypes`, `valueShape`).
 * A fact that is absent (null) makes every operator false, `notEqual` too; only `isPresent` with the value false holds.
 */
import { decimalBound, orderOf } from './decimal-bound.ts';
import { compare, exact, type Exact } from '#engine/money/exact.ts';
import type { ConditionValue, Operator } from '#schemas/generated/types.ts';

/** What a fact may say. Decimals and days are text; null when there is nothing to say. */
export type FactValue = string | boolean | readonly string[] | null;

export type FactType = 'text' | 'boolean' | 'decimal' | 'date' | 'list';

/** What the author must write as the value: `ofFact` is one value of the fact's own type, `listOfFact` a list of them. */
export type ValueShape =
  'ofFact' | 'listOfFact' | 'text' | 'boolean' | 'decimal' | 'decimalRange' | 'date' | 'dateRange';

export interface OperatorDefinition {
  readonly factTypes: readonly FactType[];
  readonly valueShape: ValueShape;
  /** The meaning, said plainly. */
  readonly impl: (fact: FactValue, value: ConditionValue) => boolean;
  /** The same, with the value of the rule worked out once. */
  readonly prepare: (value: ConditionValue) => (fact: FactValue) => boolean;
  /** What emitted code keeps of the rule's value. */
  readonly constants: (value: ConditionValue) => readonly unknown[];
  /**
   * The meaning as source text. `first` is an expression that reads the fact, `again` one that has it once it was read,
   * `constant` the names of the constants; `order(text, bound)` is at hand. No text of the rule's comes in.
   */
  readonly emit: (first: string, again: string, constant: readonly string[]) => string;
}

type Text = (fact: string, value: string) => boolean;
type Sign = -1 | 0 | 1;

const isText = (first: string): string => `typeof ${first} === 'string'`;

/** Equality of one value: whole, case and all. */
function sameness(wanted: boolean): OperatorDefinition {
  return {
    factTypes: ['text', 'boolean', 'date'],
    valueShape: 'ofFact',
    impl: (fact, value) => fact !== null && (fact === value) === wanted,
    prepare: (value) => (fact) => fact !== null && (fact === value) === wanted,
    constants: (value) => [value],
    emit: (first, again, [value]) =>
      wanted ? `${first} === ${value}` : `(${first} !== null && ${again} !== ${value})`,
  };
}

/** Membership of the fact in the list that the rule gives. */
function membership(wanted: boolean): OperatorDefinition {
  return {
    factTypes: ['text', 'date'],
    valueShape: 'listOfFact',
    impl: (fact, value) => typeof fact === 'string' && (value as string[]).includes(fact) === wanted,
    prepare: (value) => {
      const members = new Set(value as string[]);
      return (fact) => typeof fact === 'string' && members.has(fact) === wanted;
    },
    constants: (value) => [new Set(value as string[])],
    emit: (first, again, [members]) => `(${isText(first)} && ${wanted ? '' : '!'}${members}.has(${again}))`,
  };
}

/** Membership of the rule's text in the list that is the fact. */
function containment(wanted: boolean): OperatorDefinition {
  const impl = (fact: FactValue, value: ConditionValue): boolean =>
    Array.isArray(fact) && (fact as readonly string[]).includes(value as string) === wanted;
  return {
    factTypes: ['list'],
    valueShape: 'text',
    impl,
    prepare: (value) => (fact) => impl(fact, value),
    constants: (value) => [value],
    emit: (first, again, [text]) => `(Array.isArray(${first}) && ${wanted ? '' : '!'}${again}.includes(${text}))`,
  };
}

/** Exact comparison of decimals: '10' is more than '9', and '1.50' is '1.5'. */
function decimals(sign: string, holds: (sign: Sign) => boolean): OperatorDefinition {
  return {
    factTypes: ['decimal'],
    valueShape: 'decimal',
    impl: (fact, value) => typeof fact === 'string' && holds(compare(exact(fact), exact(value as string))),
    prepare: (value) => {
      const bound = decimalBound(value as string);
      return (fact) => typeof fact === 'string' && holds(orderOf(fact, bound));
    },
    constants: (value) => [decimalBound(value as string)],
    emit: (first, again, [bound]) => `(${isText(first)} && order(${again}, ${bound}) ${sign} 0)`,
  };
}

/** Civil days written YYYY-MM-DD stand in the order of their text. */
function dates(sign: string, holds: Text): OperatorDefinition {
  const impl = (fact: FactValue, value: ConditionValue): boolean =>
    typeof fact === 'string' && holds(fact, value as string);
  return {
    factTypes: ['date'],
    valueShape: 'date',
    impl,
    prepare: (value) => (fact) => impl(fact, value),
    constants: (value) => [value],
    emit: (first, again, [day]) => `(${isText(first)} && ${again} ${sign} ${day})`,
  };
}

const inside = (fact: Exact, from: Exact, to: Exact): boolean => compare(fact, from) >= 0 && compare(fact, to) < 0;

export const operators: { readonly [name in Operator]: OperatorDefinition } = {
  equal: sameness(true),
  notEqual: sameness(false),
  in: membership(true),
  notIn: membership(false),
  contains: containment(true),
  doesNotContain: containment(false),
  startsWith: {
    factTypes: ['text'],
    valueShape: 'text',
    impl: (fact, value) => typeof fact === 'string' && fact.startsWith(value as string),
    prepare: (value) => (fact) => typeof fact === 'string' && fact.startsWith(value as string),
    constants: (value) => [value],
    emit: (first, again, [start]) => `(${isText(first)} && ${again}.startsWith(${start}))`,
  },
  decimalEqual: decimals('===', (sign) => sign === 0),
  decimalLessThan: decimals('<', (sign) => sign < 0),
  decimalLessThanInclusive: decimals('<=', (sign) => sign <= 0),
  decimalGreaterThan: decimals('>', (sign) => sign > 0),
  decimalGreaterThanInclusive: decimals('>=', (sign) => sign >= 0),
  decimalBetween: {
    factTypes: ['decimal'],
    valueShape: 'decimalRange',
    impl: (fact, value) => {
      const [from, to] = value as [string, string];
      return typeof fact === 'string' && inside(exact(fact), exact(from), exact(to));
    },
    prepare: (value) => {
      const [from, to] = (value as [string, string]).map(exact) as [Exact, Exact];
      return (fact) => typeof fact === 'string' && inside(exact(fact), from, to);
    },
    constants: (value) => (value as string[]).map(decimalBound),
    emit: (first, again, [from, to]) =>
      `(${isText(first)} && order(${again}, ${from}) >= 0 && order(${again}, ${to}) < 0)`,
  },
  dateBefore: dates('<', (fact, value) => fact < value),
  dateOnOrBefore: dates('<=', (fact, value) => fact <= value),
  dateAfter: dates('>', (fact, value) => fact > value),
  dateOnOrAfter: dates('>=', (fact, value) => fact >= value),
  dateBetween: {
    factTypes: ['date'],
    valueShape: 'dateRange',
    impl: (fact, value) => {
      const [from, to] = value as [string, string];
      return typeof fact === 'string' && fact >= from && fact < to;
    },
    prepare: (value) => {
      const [from, to] = value as [string, string];
      return (fact) => typeof fact === 'string' && fact >= from && fact < to;
    },
    constants: (value) => value as string[],
    emit: (first, again, [from, to]) => `(${isText(first)} && ${again} >= ${from} && ${again} < ${to})`,
  },
  isPresent: {
    factTypes: ['text', 'boolean', 'decimal', 'date', 'list'],
    valueShape: 'boolean',
    impl: (fact, value) => (fact !== null) === value,
    prepare: (value) => (fact) => (fact !== null) === value,
    constants: (value) => [value],
    emit: (first, _again, [wanted]) => `(${first} !== null) === ${wanted}`,
  },
};
