/**
 * Are ranges, comparisons and lists of values taken as the DMN Technology Compatibility Kit has them (github.com/dmn-tck/tck,
 * Apache-2.0, compliance level 3)? Restated as rows: 0071 between, 1130 of intervals, 1131 unary tests, 1156 ranges written out,
 * 1157 the values that a decision table allows. The README of runtime/tables counts the same.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tableFindings, type TableFinding } from '#engine/analysis/table-findings.ts';
import { factDictionary } from '#engine/conditions/dictionary.ts';
import { isMet } from '#engine/tables/decision-table.ts';
import { decideFor, decisionTableElement, decisionTableIn } from '#runtime/tables/dmn-decision.ts';
import { literalIn, testIn } from '#runtime/tables/feel.ts';
import { fromUnaryTests } from '#runtime/tables/unary-tests.ts';
import { xmlText } from '#runtime/tables/xml-tree.ts';
import type { MatrixPrice } from '#schemas/generated/types.ts';

const answers = (value: string, cell: string): boolean => isMet(testIn(cell)!, literalIn(value)!);

/** 0071: a value between two others, which both belong to it: figures, texts, days; then a value that is missing, or an end. */
const between: readonly (readonly [value: string, cell: string, expected: boolean])[] = [
  ...['0', '1', '5', '10', '11'].map((value, at) => [value, '[1..10]', at > 0 && at < 4] as const),
  ...['"a"', '"b"', '"c"', '"d"', '"e"'].map((value, at) => [value, '["b".."d"]', at > 0 && at < 4] as const),
  ...[1, 2, 3, 4, 5].map(
    (day) => [`date("2018-12-0${day}")`, '[date("2018-12-02")..date("2018-12-04")]', day > 1 && day < 5] as const,
  ),
  ['null', '[1..10]', false],
];
const endsMissing = ['[null..10]', '[1..null]'];

/** 1131: ten asked of comparisons. */
const unary: readonly (readonly [cell: string, expected: boolean])[] = [
  ['!=9', true],
  ['!=10', false],
  ['=10', true],
  ['!=10', false],
  ['>=11', false],
  ['>=10', true],
  ['>=9', true],
  ['<=9', false],
  ['<=10', true],
  ['<=11', true],
  ['>9', true],
  ['>10', false],
  ['<11', true],
  ['<10', false],
];

/** 1156: ranges written out, with what lies in them and what does not. */
const written: readonly (readonly [range: string, inside: readonly string[], outside: readonly string[]])[] = [
  ['[1..3]', ['1', '2', '3'], ['0', '4']],
  ['[18..21]', ['18', '21'], ['17', '22']],
  ['(18..21]', ['19', '21'], ['18', '22']],
  [']18..21]', ['19', '21'], ['18', '22']],
  ['[18..21)', ['18', '20'], ['17', '21']],
  ['[18..21[', ['18', '20'], ['17', '21']],
  ['[2..)', ['2', '99'], ['1.9']],
  ['(2..)', ['2.1', '99'], ['2']],
  ['(..2]', ['-99', '2'], ['2.1']],
  ['(..2)', ['-99', '1.9'], ['2']],
  ['["a".."c"]', ['"a"', '"b"', '"c"'], ['"d"', '1']],
  ['[@"1970-01-01"..@"1970-01-02"]', ['@"1970-01-01"', '@"1970-01-02"'], ['@"1970-01-03"']],
  [' [ 1 .. 3 ] ', ['1', '3'], ['0', '4']],
  ['[date("1970-01-01")..date("1970-01-02")]', ['@"1970-01-02"'], ['@"1969-12-31"']],
];
/** 1156: no range at all, because of what. */
const noRange: readonly (readonly [range: string, because: string])[] = [
  ['[..2]', 'what has no end has none that could belong to it'],
  ['[1..]', 'the same at the other end'],
  ['[date(string("1970-01-01"))..date("1970-01-02")]', 'an end is worked out'],
  ['[date(input_001)..date("1970-01-02")]', 'an end is asked for'],
  ['[1.."b"]', 'a figure and a text'],
  ['[@"1970-01-01"..@"1970-01-02T00:00:00"]', 'a day and a moment'],
  ['[@"1970-01-01T00:00:00"..@"1970-01-02"]', 'a moment and a day'],
  ['[3..1]', 'it falls'],
  ['[@"1970-01-02"..@"1970-01-01"]', 'its days fall'],
  ['["z".."a"]', 'its texts fall'],
  ['[null..null]', 'there is nothing to lie between'],
];

/** 1130, of a figure and a range: `during`, and `includes` the other way about. */
const figureIn: readonly (readonly [value: string, cell: string, expected: boolean])[] = [
  ['5', '[1..10]', true],
  ['12', '[1..10]', false],
  ['1', '[1..10]', true],
  ['10', '[1..10]', true],
  ['1', '(1..10]', false],
  ['10', '[1..10)', false],
];
/** 1130, of two ranges: the second has all of the first. All hold, of `during` as of `includes`. */
const within: readonly (readonly [inner: string, outer: string])[] = [
  ['[4..6]', '[1..10]'],
  ['[1..5]', '[1..10]'],
  ['(1..5]', '(1..10]'],
  ['(1..10)', '[1..10]'],
  ['[5..10)', '[1..10)'],
  ['[1..10)', '[1..10]'],
  ['(1..10]', '[1..10]'],
  ['[1..10]', '[1..10]'],
];
/** 1130 `overlaps`. */
const overlaps: readonly (readonly [string, string, boolean])[] = [
  ['[1..5]', '[3..8]', true],
  ['[3..8]', '[1..5]', true],
  ['[1..8]', '[3..5]', true],
  ['[3..5]', '[1..8]', true],
  ['[1..5]', '[6..8]', false],
  ['[6..8]', '[1..5]', false],
  ['[1..5]', '[5..8]', true],
  ['[1..5]', '(5..8]', false],
  ['[1..5)', '[5..8]', false],
  ['[1..5)', '(5..8]', false],
  ['[5..8]', '[1..5]', true],
  ['(5..8]', '[1..5]', false],
  ['[5..8]', '[1..5)', false],
  ['(5..8]', '[1..5)', false],
];
/** 1130 `coincides`, of figures and of ranges. */
const same: readonly (readonly [string, string, boolean])[] = [
  ['5', '5', true],
  ['3', '4', false],
];
const coincides: readonly (readonly [string, string, boolean])[] = [
  ['[1..5]', '[1..5]', true],
  ['(1..5)', '[1..5]', false],
  ['[1..5]', '[2..6]', false],
];

/** Two rows of a price table by the hour of the day, the upper one first. */
function findings(hit: MatrixPrice['hit'], ...cells: readonly string[]): readonly TableFinding[] {
  const fact = 'usage.hour';
  const table: MatrixPrice = {
    ...{ model: 'matrix', hit, columns: [{ fact, match: 'range' }] },
    rows: cells.map((cell, row) => ({
      id: `R-${row}`,
      when: [fromUnaryTests(cell, factDictionary.get(fact))!.cell],
      unitPrice: String(row + 1),
    })),
  };
  return [...tableFindings(table)].filter((finding) => finding !== undefined);
}

const hides = (upper: string, lower: string): boolean =>
  findings('first', upper, lower).some((finding) => finding.is === 'unreachable' && finding.row === 1);

describe('a cell', () => {
  it.each(between)('0071: %s of %s is %s', (value, cell, expected) => {
    expect(answers(value, cell)).toBe(expected);
  });

  it.each(endsMissing)('0071: %s is no range: what is between something and nothing?', (cell) => {
    expect(testIn(cell)).toBeUndefined();
  });

  it.each(unary)('1131: ten asked of %s is %s', (cell, expected) => {
    expect(answers('10', cell)).toBe(expected);
  });

  it.each(written)('1156: %s has %s in it and not %s', (range, inside, outside) => {
    expect(inside.map((value) => answers(value, range))).toEqual(inside.map(() => true));
    expect(outside.map((value) => answers(value, range))).toEqual(outside.map(() => false));
  });

  it.each(noRange)('1156: %s is no range: %s', (range) => {
    expect(testIn(range)).toBeUndefined();
  });

  it.each(same)('1130: %s coincides with %s: %s', (value, cell, expected) => {
    expect(answers(value, cell)).toBe(expected);
  });

  it.each(figureIn)('1130: %s during %s is %s', (value, cell, expected) => {
    expect(answers(value, cell)).toBe(expected);
  });
});

describe('two rows of a price table', () => {
  it.each(within)('1130: %s during %s: below it, it never answers', (inner, outer) => {
    expect(hides(outer, inner)).toBe(true);
  });

  it('of which the upper has less do not hide the lower', () => {
    expect(within.filter(([inner, outer]) => inner !== outer && hides(inner, outer))).toEqual([]);
  });

  it.each(overlaps)('1130: %s overlaps %s: %s', (one, other, expected) => {
    expect(findings('unique', one, other).some(({ is }) => is === 'overlap')).toBe(expected);
  });

  it.each(coincides)('1130: %s coincides with %s: %s', (one, other, expected) => {
    expect(hides(one, other) && hides(other, one)).toBe(expected);
  });
});

type Lists = { readonly input?: string; readonly outputs?: readonly (string | undefined)[] };

/** A table of one input and one row, with the values that it lists. */
function decided({ input, outputs = [undefined] }: Lists, cell: string, ...then: readonly string[]) {
  const text = (tag: string, value?: string): string =>
    value === undefined ? '' : `<${tag}><text>${xmlText(value)}</text></${tag}>`;
  const head = `<input><inputExpression><text>asked</text></inputExpression>${text('inputValues', input)}</input>`;
  const results = outputs.map((values) => `<output>${text('outputValues', values)}</output>`).join('');
  const rule = `<rule>${text('inputEntry', cell)}${then.map((each) => text('outputEntry', each)).join('')}</rule>`;
  const xml = `<definitions><decision name="kit"><decisionTable>${head}${results}${rule}</decisionTable></decision></definitions>`;
  const decision = decideFor(decisionTableIn(decisionTableElement(xml)), { asked: 123 });
  return decision.is === 'outcome' ? decision.outcome.map(({ text: of }) => of) : decision.is;
}

/** 1157, asked of 123: what is listed, the cell, what the row says, what is decided; nothing is ''. */
const listed: readonly (readonly [Lists, cell: string, then: readonly string[], expected: readonly string[]])[] = [
  [{ input: '123,456' }, '123', ['"success"'], ['success']],
  [{ input: '[1..1000]' }, '123', ['"success"'], ['success']],
  [{ input: '-' }, '123', ['"success"'], ['success']],
  [{ input: 'not(456,789)' }, '123', ['"success"'], ['success']],
  [{ input: 'not(123)' }, 'null', ['"success"'], ['success']],
  [{ input: '' }, '123', ['"success"'], ['success']],
  [{ outputs: ['"success","failure"'] }, '123', ['"success"'], ['success']],
  [{ outputs: ['"success","failure"'] }, '123', ['"foo"'], ['']],
  [{ outputs: [''] }, '123', ['"success"'], ['success']],
  [{ outputs: ['-'] }, '123', ['"success"'], ['success']],
  [{ outputs: ['"foo", "bar"', '"foo", "bar"'] }, '123', ['"foo"', '"bar"'], ['foo', 'bar']],
  [{ outputs: ['"foo", "bar"', '"foo", "bar"'] }, '123', ['"foo"', '"baz"'], ['foo', '']],
];

describe('the values that a decision table lists', () => {
  it.each(listed)('1157: %j, a row %s with %j: %j', (lists, cell, then, expected) => {
    expect(decided(lists, cell, ...then)).toEqual(expected);
  });

  it.each<[Lists]>([[{ input: 'string length(?) >= 3' }], [{ outputs: ['string length(?) >= 3'] }]])(
    'are refused where they are worked out: %j',
    (lists) => {
      expect(() => decided(lists, '123', '"a"')).toThrow('table-values');
    },
  );
});

it('is what the README counts', () => {
  const readme = readFileSync(new URL('../../../runtime/tables/README.md', import.meta.url), 'utf8');
  const counted = {
    '0071': between.length + endsMissing.length,
    // during, includes, overlaps, coincides
    '1130': 4,
    '1131': unary.length,
    '1156': written.length + noRange.length,
    '1157': listed.length,
  };
  for (const [group, count] of Object.entries(counted))
    expect(readme).toMatch(new RegExp(`\\| ${group}[^|]*\\|[^|]*\\| ${String(count)}\\b`));
});
