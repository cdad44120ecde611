/**
 * What does the text of a cell in a decision model ask, and which value does a text stand for?
 * The simple half of FEEL: literals, lists, ranges with either end open, closed or without end, `not(…)`. No expressions.
 * Also called: S-FEEL, unary tests, FEEL の単項テスト.
 */
import { isCivilDate } from '#engine/calendar/civil-date.ts';
import { order, type End, type Literal, type PositiveTest, type UnaryTest } from '#engine/tables/decision-table.ts';

const string = String.raw`"(?:[^"\\]|\\.)*"`;
const literal = String.raw`(?:date\(\s*${string}\s*\)|@${string}|${string}|-?(?:\d+(?:\.\d+)?|\.\d+)|true\b|false\b|null\b)`;
const whole = new RegExp(`^(?:${literal})$`, 'su');
const next = new RegExp(
  String.raw`\s*(?:(?<sign><=|>=|<|>|=|!=)\s*(?<bound>${literal})` +
    String.raw`|(?<opens>[[\](])(?:\s*(?<from>${literal}))?\s*\.\.(?:\s*(?<to>${literal}))?\s*(?<closes>[\])[])` +
    String.raw`|starts with\(\s*\?\s*,\s*(?<prefix>${string})\s*\)` +
    String.raw`|(?<value>${literal}))\s*(?<comma>,|$)`,
  'suy',
);

/** The value that a literal stands for; undefined for anything that is none. */
export function literalIn(written: string): Literal | undefined {
  const text = written.trim();
  if (!whole.test(text)) return undefined;
  if (text === 'null') return { is: 'null', text: '' };
  if (text === 'true' || text === 'false') return { is: 'boolean', text };
  if (text.startsWith('"')) return { is: 'text', text: unquoted(text) };
  const day = /^(?:date\(\s*|@)(".*?")\s*\)?$/su.exec(text)?.[1];
  if (day === undefined) return { is: 'number', text: text.replace(/^(-?)\./, '$10.') };
  return isCivilDate(unquoted(day)) ? { is: 'date', text: unquoted(day) } : undefined;
}

/** The literals of a list; undefined when one of them is none. */
export function literalsIn(written: string): readonly Literal[] | undefined {
  const test = testIn(written);
  if (test === undefined || test.is === 'none') return undefined;
  if (test.is === 'any') return [];
  const values = test.of.flatMap((each) => (each.is === 'equal' ? [each.value] : []));
  return values.length === test.of.length ? values : undefined;
}

/** What the cell asks; undefined where it is more than the simple half of the language. */
export function testIn(written: string): UnaryTest | undefined {
  const text = written.trim();
  if (text === '-' || text === '') return { is: 'any' };
  const inner = /^not\s*\((.*)\)$/su.exec(text)?.[1];
  const of = testsIn(inner ?? text);
  return of && { is: inner === undefined ? 'some' : 'none', of };
}

function testsIn(text: string): readonly PositiveTest[] | undefined {
  const tests: PositiveTest[] = [];
  next.lastIndex = 0;
  for (;;) {
    const found = next.exec(text)?.groups;
    const test = found && testOf(found);
    if (test === undefined) return undefined;
    tests.push(test);
    if (found!['comma'] === '') return tests;
  }
}

function testOf(found: Readonly<Record<string, string | undefined>>): PositiveTest | undefined {
  const { sign, bound, opens, from, to, closes, prefix, value } = found;
  const end = (written: string, included: boolean): End | undefined => {
    const read = literalIn(written);
    return read && { value: read, included };
  };
  if (prefix !== undefined) return { is: 'prefix', text: unquoted(prefix) };
  if (value !== undefined) {
    const read = literalIn(value);
    return read && { is: 'equal', value: read };
  }
  if (sign !== undefined) {
    const one = end(bound ?? '', sign.endsWith('='));
    if (sign === '=' || sign === '!=') return one && { is: sign === '=' ? 'equal' : 'other', value: one.value };
    return one && { is: 'range', from: sign.startsWith('>') ? one : null, to: sign.startsWith('<') ? one : null };
  }
  // What has no end has none that could belong to it.
  if ((from === undefined && (to === undefined || opens === '[')) || (to === undefined && closes === ']'))
    return undefined;
  const first = from === undefined ? null : end(from, opens === '[');
  const last = to === undefined ? null : end(to, closes === ']');
  return first === undefined || last === undefined || !isRising(first, last)
    ? undefined
    : { is: 'range', from: first, to: last };
}

/** Ends of one kind that has an order, the first not after the last. */
function isRising(first: End | null, last: End | null): boolean {
  const [a, b] = [first ?? last, last ?? first];
  return a !== null && b !== null && (order(a.value, b.value) ?? 1) <= 0;
}

/** The text that stands in quotes. */
export function unquoted(literal: string): string {
  return literal
    .slice(1, -1)
    .replaceAll(/\\(?:u([0-9a-fA-F]{4})|(.))/gsu, (_, code: string | undefined, character: string | undefined) =>
      code === undefined ? (controls[character ?? ''] ?? character ?? '') : String.fromCharCode(parseInt(code, 16)),
    );
}

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
