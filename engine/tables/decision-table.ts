/**
 * What does a decision table decide, whatever its hit policy: one row, all rows in an order, or a figure made of them?
 * Tables of other tools are tried here before they become price tables. Values have a type: the number 18 is not the text "18".
 * Also called: DMN decision table, hit policy, 判定表, ヒットポリシー.
 */
import { compare, exact, fromInteger, plus, toText, type Exact } from '#engine/money/exact.ts';

/** A value as a table writes it: figures and days as text, 'true' or 'false', nothing where there is no value. */
export interface Literal {
  readonly is: 'number' | 'text' | 'date' | 'boolean' | 'null';
  readonly text: string;
}

/** One end of a range, which may belong to it or not. */
export interface End {
  readonly value: Literal;
  readonly included: boolean;
}

export type PositiveTest =
  | { readonly is: 'equal'; readonly value: Literal }
  /** Anything but this value. */
  | { readonly is: 'other'; readonly value: Literal }
  | { readonly is: 'range'; readonly from: End | null; readonly to: End | null }
  | { readonly is: 'prefix'; readonly text: string };

/** What a cell asks of a value: anything, one of several tests, or none of them. */
export type UnaryTest = { readonly is: 'any' } | { readonly is: 'some' | 'none'; readonly of: readonly PositiveTest[] };

export type HitPolicy = 'UNIQUE' | 'ANY' | 'FIRST' | 'PRIORITY' | 'RULE ORDER' | 'OUTPUT ORDER' | 'COLLECT';
export type Aggregation = 'SUM' | 'MIN' | 'MAX' | 'COUNT';

export interface DecisionTable {
  readonly policy: HitPolicy;
  /** Of COLLECT; all outcomes as they stand where there is none. */
  readonly aggregation: Aggregation | null;
  readonly inputs: readonly {
    readonly name: string;
    readonly type: Literal['is'] | null;
    /** The values that there are; any other counts as none. */
    readonly allowed: UnaryTest;
  }[];
  readonly outputs: readonly {
    readonly name: string;
    /**
     * The outcomes that may be, the one that goes first first: what PRIORITY and OUTPUT ORDER go by. A row that says another
     * says nothing. Any outcome where none is listed.
     */
    readonly values: readonly Literal[];
    /** What is decided where no row answers. */
    readonly otherwise: Literal | null;
  }[];
  readonly rows: readonly { readonly when: readonly UnaryTest[]; readonly then: readonly Literal[] }[];
}

/** `rows` are those that answered, from 0, in the order in which they count. */
export type Decision = { readonly rows: readonly number[] } & (
  | { readonly is: 'outcome'; readonly outcome: readonly Literal[] }
  | { readonly is: 'outcomes'; readonly outcomes: readonly (readonly Literal[])[] }
  | { readonly is: 'figure'; readonly figure: string }
  | { readonly is: 'nothing' }
  /** Several rows answer under UNIQUE, or rows that differ under ANY: the table says nothing. */
  | { readonly is: 'contradiction' }
);

/** `values` in the order of the inputs. */
export function decide(table: DecisionTable, values: readonly Literal[]): Decision {
  const asked = table.inputs.map(({ allowed }, input) => {
    const value = values[input] ?? nothing;
    return isMet(allowed, value) ? value : nothing;
  });
  const answering = [...table.rows.keys()].filter((row) =>
    table.rows[row]!.when.every((test, input) => isMet(test, asked[input] ?? nothing)),
  );
  if (answering.length === 0) return otherwise(table);
  const then = (row: number): readonly Literal[] => outcomeOf(table, row);
  switch (table.policy) {
    case 'UNIQUE':
      return answering.length > 1
        ? { is: 'contradiction', rows: answering }
        : { is: 'outcome', outcome: then(answering[0]!), rows: answering };
    case 'ANY':
      return answering.some((row) => !isSameOutcome(then(row), then(answering[0]!)))
        ? { is: 'contradiction', rows: answering }
        : { is: 'outcome', outcome: then(answering[0]!), rows: answering };
    case 'FIRST':
      return { is: 'outcome', outcome: then(answering[0]!), rows: answering.slice(0, 1) };
    case 'PRIORITY': {
      const [first] = byPriority(table, answering) as [number];
      return { is: 'outcome', outcome: then(first), rows: [first] };
    }
    case 'RULE ORDER':
      return { is: 'outcomes', outcomes: answering.map(then), rows: answering };
    case 'OUTPUT ORDER': {
      const rows = byPriority(table, answering);
      return { is: 'outcomes', outcomes: rows.map(then), rows };
    }
    case 'COLLECT':
      return table.aggregation === null
        ? { is: 'outcomes', outcomes: answering.map(then), rows: answering }
        : collected(
            table.aggregation,
            answering.map((row) => then(row)[0] ?? nothing),
            answering,
          );
  }
}

const nothing: Literal = { is: 'null', text: '' };

const outcomeOf = ({ outputs, rows }: DecisionTable, row: number): readonly Literal[] =>
  rows[row]!.then.map((value, output) => {
    const values = outputs[output]?.values ?? [];
    return values.length === 0 || values.some((each) => isSame(each, value)) ? value : nothing;
  });

function otherwise({ outputs }: DecisionTable): Decision {
  const outcome = outputs.map((output) => output.otherwise);
  if (outcome.every((value) => value !== null)) return { is: 'outcome', outcome, rows: [] };
  return { is: 'nothing', rows: [] };
}

/** The rows whose outcomes are listed earlier first, output by output; of equals the upper one. */
export function byPriority({ outputs, rows }: DecisionTable, answering: readonly number[]): readonly number[] {
  const places = new Map(
    answering.map((row) => [
      row,
      outputs.map(({ values }, output) => {
        const place = values.findIndex((value) => isSame(value, rows[row]!.then[output] ?? nothing));
        return place < 0 ? values.length : place;
      }),
    ]),
  );
  return answering.toSorted((a, b) => {
    const other = places.get(b)!;
    return places.get(a)!.reduce((order, place, output) => order || place - other[output]!, 0) || a - b;
  });
}

/** Of no figures there is no sum; a count counts whatever answers. */
function collected(how: Aggregation, values: readonly Literal[], rows: readonly number[]): Decision {
  if (how === 'COUNT') return { is: 'figure', figure: toText(fromInteger(BigInt(values.length))), rows };
  if (values.some((value) => value.is !== 'number')) return { is: 'contradiction', rows };
  const joined: Readonly<Record<typeof how, (a: Exact, b: Exact) => Exact>> = {
    SUM: plus,
    MIN: (a, b) => (compare(a, b) <= 0 ? a : b),
    MAX: (a, b) => (compare(a, b) >= 0 ? a : b),
  };
  return { is: 'figure', figure: toText(values.map(({ text }) => exact(text)).reduce(joined[how])), rows };
}

/** Where the value is missing, a comparison is neither met nor failed: neither it nor its opposite holds. */
export function isMet(test: UnaryTest, value: Literal): boolean {
  if (test.is === 'any') return true;
  const answers = test.of.map((each) => answer(each, value));
  if (test.is === 'some') return answers.includes(true);
  return answers.every((each) => each === false);
}

function answer(test: PositiveTest, value: Literal): boolean | null {
  switch (test.is) {
    case 'equal':
      return isSame(test.value, value);
    case 'other':
      return !isSame(test.value, value);
    case 'prefix':
      return value.is === 'text' ? value.text.startsWith(test.text) : null;
    case 'range': {
      const from = test.from === null ? 1 : order(value, test.from.value);
      const to = test.to === null ? -1 : order(value, test.to.value);
      if (from === null || to === null) return null;
      return (
        (from > 0 || (from === 0 && test.from?.included === true)) &&
        (to < 0 || (to === 0 && test.to?.included === true))
      );
    }
  }
}

/** Below, on or above zero as `a` goes before, with or after `b`; null where the two are of no one kind that has an order. */
export function order(a: Literal, b: Literal): number | null {
  if (a.is !== b.is || a.is === 'null' || a.is === 'boolean') return null;
  if (a.is === 'number') return compare(exact(a.text), exact(b.text));
  return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
}

const isSame = (a: Literal, b: Literal): boolean =>
  a.is === b.is && (a.is === 'number' ? compare(exact(a.text), exact(b.text)) === 0 : a.text === b.text);

const isSameOutcome = (a: readonly Literal[], b: readonly Literal[]): boolean =>
  a.length === b.length && a.every((value, index) => isSame(value, b[index]!));
