/**
 * What of the kit's expressions do cells, figures and days here have a counterpart for, and do they come out alike?
 * DMN Technology Compatibility Kit (github.com/dmn-tck/tck, Apache-2.0), compliance level 3, restated as rows: what is asked, and
 * what the kit expects. The README of runtime/tables counts the same: `counted` below holds it to that.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, daysBetween } from '#engine/calendar/civil-date.ts';
import { dividedBy, exact, minus, plus, times, toText } from '#engine/money/exact.ts';
import { roundToStep, type RoundingMode } from '#engine/money/rounding.ts';
import { isMet } from '#engine/tables/decision-table.ts';
import { literalIn, testIn } from '#runtime/tables/feel.ts';

/** 0072 `in`: the three kinds that have an order, each with the same questions; then truth. Value, cell, what the kit expects. */
const inRanges = (at: (place: number) => string): readonly (readonly [string, string, boolean])[] => {
  const ends = ([opens, closes]: string): string => `${opens}${at(2)}..${at(4)}${closes}`;
  const within = (cell: string, ...met: number[]) =>
    [1, 2, 3, 4, 5].map((place) => [at(place), cell, met.includes(place)] as const);
  return [
    [at(1), `${at(2)}, ${at(3)}, ${at(1)}`, true],
    [at(1), `${at(2)}, ${at(3)}, ${at(4)}`, false],
    [at(2), `[${at(6)}..${at(8)}], [${at(1)}..${at(3)}]`, true],
    [at(9), `[${at(6)}..${at(8)}], [${at(1)}..${at(3)}]`, false],
    [at(1), `<= ${at(2)}`, true],
    [at(2), `<= ${at(2)}`, true],
    [at(3), `<= ${at(2)}`, false],
    [at(1), `< ${at(2)}`, true],
    [at(2), `< ${at(2)}`, false],
    [at(2), `>= ${at(1)}`, true],
    [at(2), `>= ${at(2)}`, true],
    [at(1), `>= ${at(2)}`, false],
    [at(2), `> ${at(1)}`, true],
    [at(2), `> ${at(2)}`, false],
    ...within(ends('()'), 3),
    ...within(ends('(]'), 3, 4),
    ...within(ends('[)'), 2, 3),
    ...within(ends('[]'), 2, 3, 4),
    [at(1), at(1), true],
    [at(4), `${at(3)}, < ${at(3)}, >= ${at(4)}`, true],
    [at(4), `${at(3)}, >= ${at(5)}`, false],
  ];
};

/** 0072: `=` and `!=` after `in`, each asked with the value itself, with the same in brackets, and with another. */
const equals = (value: string, other: string): readonly (readonly [string, string, boolean])[] => [
  [value, `=${value}`, true],
  [value, `= ${value}`, true],
  [value, `=${other}`, false],
  [value, `!=${value}`, false],
  [value, `!= ${value}`, false],
  [value, `!=${other}`, true],
];

const membership = [
  ...equals('10', '11'),
  ...equals('"a"', '"b"'),
  ...equals('true', 'false'),
  ...equals('date("2018-12-08")', 'date("2018-12-09")'),
  ...inRanges(String),
  ...inRanges((place) => `"${'abcdefghi'.charAt(place - 1)}"`),
  ...inRanges((place) => `date("2018-12-0${String(place)}")`),
  ['true', 'true, false', true],
  ['true', 'false, 2, 3', false],
  ['true', 'true', true],
  ['true', 'false, true', true],
  ['true', 'false, false', false],
] as const;

/** 0068 equality, `=` and, with `!`, `!=`; null where the kit says
 * that values of two types cannot be compared. Here they are different: a list of prices is no place for an answer that is none. */
const equality: readonly (readonly [string, string, boolean | null])[] = [
  ['null', 'null', true],
  ['null', '!null', false],
  ['true', 'true', true],
  ['true', '!true', false],
  ['false', 'false', true],
  ['false', '!false', false],
  ['true', 'false', false],
  ['true', 'null', false],
  ['false', 'null', false],
  ['false', '0', null],
  ['true', '1', null],
  ['123', '123', true],
  ['123.01', '123.01', true],
  ['0', '0.00', true],
  ['-0', '0', true],
  ['-1', '1', false],
  ['100', 'null', false],
  ['100', '"100"', null],
  ['"foo"', '"foo"', true],
  ['"foo"', '"Foo"', false],
  ['"foo"', '!"Foo"', true],
  ['"foo"', 'null', false],
  ['"foo"', '100', null],
  ['date("2018-12-08")', 'date("2018-12-08")', true],
  ['date("2018-12-07")', 'date("2018-12-08")', false],
  ['date("2018-12-07")', 'null', false],
  ['date("2018-12-07")', '100', null],
];

/** 0100 arithmetic of numbers. */
const figures: readonly (readonly [string, '×' | '÷' | '+' | '−', string, string | null])[] = [
  ['10', '×', '10', '100'],
  ['10', '×', '-10', '-100'],
  ['-10', '×', '-10', '100'],
  ['10', '×', '0', '0'],
  ['100', '÷', '10', '10'],
  ['100', '÷', '0', null],
  ['10', '+', '5', '15'],
  ['10', '+', '-5', '5'],
  ['-10', '+', '5', '-5'],
  ['-10', '+', '-5', '-15'],
  ['1.2345', '+', '2.234', '3.4685'],
  ['10', '−', '5', '5'],
  ['10', '−', '-5', '15'],
  ['-10', '−', '5', '-15'],
  ['-10', '−', '-5', '-5'],
  ['1.1234', '−', '0.2345', '0.8889'],
  ['1.1234', '−', '-0.2345', '1.3579'],
  ['-1.1234', '−', '-0.2345', '-0.8889'],
];

/** 0100 arithmetic of days: so many whole months and days before or after one. */
const days: readonly (readonly [day: string, months: number, days: number, expected: string])[] = [
  ['2021-01-01', 12, 0, '2022-01-01'],
  ['2021-01-01', 1, 0, '2021-02-01'],
  ['2021-01-01', 0, 1, '2021-01-02'],
  ['2021-01-01', 0, 2, '2021-01-03'],
  ['2021-01-01', 12, 0, '2022-01-01'],
  ['2021-01-01', 0, 1, '2021-01-02'],
  ['2021-01-02', -12, 0, '2020-01-02'],
  ['2021-01-02', 0, -1, '2021-01-01'],
  ['2021-01-02', -1, 0, '2020-12-02'],
  ['2021-01-02', 12, 0, '2022-01-02'],
  ['2021-01-02', 0, -1, '2021-01-01'],
  ['2021-01-02', 0, -1, '2021-01-01'],
  ['2021-01-02', 0, 1, '2021-01-03'],
  ['2020-03-01', 0, -1, '2020-02-29'],
];

/** 1100 decimal, 1101 floor, 1102 ceiling: a figure, or one over another, times a third; decimals; the result. */
const rounded: readonly (readonly [
  string,
  RoundingMode,
  readonly (readonly [string, string, string, number, string])[],
])[] = [
  [
    '1100 decimal',
    'halfEven',
    [
      ['1', '3', '1', 2, '0.33'],
      ['1.5', '1', '1', 0, '2'],
      ['2.5', '1', '1', 0, '2'],
      ['0', '1', '1', 0, '0'],
      ['0.0', '1', '1', 1, '0'],
      ['0.515', '1', '1', 2, '0.52'],
      ['65.123456', '1', '1', 6, '65.123456'],
      ['15', '7', '1', 3, '2.143'],
      ['15', '78', '2', 3, '0.385'],
    ],
  ],
  [
    '1101 floor',
    'floor',
    [
      ['1.5', '1', '1', 0, '1'],
      ['-1.5', '1', '1', 0, '-2'],
      ['1', '1', '1', 0, '1'],
      ['-5', '2.3', '5', 0, '-11'],
      ['5.777', '1', '1', 0, '5'],
      ['-0.33333', '1', '1', 0, '-1'],
    ],
  ],
  [
    '1102 ceiling',
    'ceiling',
    [
      ['1.5', '1', '1', 0, '2'],
      ['-1.5', '1', '1', 0, '-1'],
      ['1', '1', '1', 0, '1'],
      ['-5', '2.3', '5', 0, '-10'],
      ['5.777', '1', '1', 0, '6'],
      ['-0.33333', '1', '1', 0, '0'],
    ],
  ],
];

const answers = (value: string, cell: string): boolean => isMet(testIn(cell)!, literalIn(value)!);

describe('a cell', () => {
  it.each(membership)('0072: %s in %s is %s', (value, cell, expected) => {
    expect(answers(value, cell)).toBe(expected);
  });

  it.each(equality)('0068: %s and %s is %s', (value, other, expected) => {
    const [is, not] = other.startsWith('!') ? [`not(${other.slice(1)})`, other.slice(1)] : [other, `not(${other})`];
    expect([answers(value, is), answers(value, not)]).toEqual([expected === true, expected !== true]);
  });
});

describe('figures and days', () => {
  it.each(figures)('0100: %s %s %s is %s', (left, sign, right, expected) => {
    const of = { '×': times, '÷': dividedBy, '+': plus, '−': minus }[sign];
    const worked = (): string => toText(of(exact(left), exact(right)));
    if (expected === null) expect(worked).toThrow();
    else expect(worked()).toBe(expected);
  });

  it.each(days)('0100: %s, %i months and %i days on, is %s', (day, months, count, expected) => {
    expect(addDays(addMonths(day, months), count)).toBe(expected);
  });

  it('0100: from 1 to 2 January is one day', () => {
    expect(daysBetween('2021-01-01', '2021-01-02')).toBe(1);
  });
});

describe.each(rounded)('%s', (_name, mode, rows) => {
  it.each(rows)('%s ÷ %s × %s to %i decimals is %s', (over, under, by, decimals, expected) => {
    const worked = times(dividedBy(exact(over), exact(under)), exact(by));
    expect(toText(roundToStep(worked, mode, { n: 1n, d: 10n ** BigInt(decimals) }))).toBe(expected);
  });
});

it('is what the README counts', () => {
  const readme = readFileSync(new URL('../../../runtime/tables/README.md', import.meta.url), 'utf8');
  const alike = equality.filter(([, , expected]) => expected !== null);
  const counted = {
    '0068': alike.length,
    '0072': membership.length,
    '0100': figures.length + days.length + 1,
    '1100': rounded[0]![2].length,
    '1101': rounded[1]![2].length,
    '1102': rounded[2]![2].length,
  };
  expect([alike.length, equality.length]).toEqual([22, 27]);
  for (const [group, count] of Object.entries(counted))
    expect(readme).toMatch(new RegExp(`\\| ${group}[^|]*\\|[^|]*\\| ${String(count)} `));
  // What the other groups count is held by the tests that restate them; here, that it adds up.
  const rows = readme.slice(readme.indexOf('| group ')).split('\n').slice(2);
  const all = rows.map((row) => Number(/^\|[^|]*\|[^|]*\| (\d+)/.exec(row)?.[1] ?? 0)).reduce((a, b) => a + b, 0);
  expect(readme).toContain(`${String(all)} cases of level 3`);
});
