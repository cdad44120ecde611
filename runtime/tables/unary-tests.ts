/**
 * How is a cell of a price table written for other tools, and read back? As a FEEL unary test.
 * Also called: S-FEEL, decision table cell, 単項テスト, セルの表記.
 */
import { addDays, isCivilDate, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { FactDefinition } from '#engine/conditions/dictionary.ts';
import { exact, ONE, plus, toText } from '#engine/money/exact.ts';
import type { End, UnaryTest } from '#engine/tables/decision-table.ts';
import type { MatrixCell, MatrixColumn } from '#schemas/generated/types.ts';
import { testIn, unquoted } from './feel.ts';

export type Match = MatrixColumn['match'];

const decimal = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/;

export interface Writing {
  readonly match: Match;
  /** What the fact is; 'string' where nothing is said. */
  readonly type?: 'string' | 'number' | 'date';
  /** As for a spreadsheet: a text that nothing could mistake stands without quotes. */
  readonly bare?: boolean;
}

/** The cell as a unary test. */
export function toUnaryTests(cell: MatrixCell, { match, type = 'string', bare = false }: Writing): string {
  if (cell === null) return '-';
  if (typeof cell === 'string' || Array.isArray(cell)) {
    const texts = [cell].flat().map((text) => {
      if (match === 'prefix' && !bare) return `starts with(?, ${quoted(text)})`;
      if ((type === 'number' && decimal.test(text)) || (type === 'date' && isCivilDate(text))) return bound(text);
      return bare && isPlain(text) ? text : quoted(text);
    });
    // A list of one is not the same cell as that one by itself.
    return Array.isArray(cell) && texts.length === 1 ? `(${texts[0] ?? ''})` : texts.join(', ');
  }
  const { from, to } = cell;
  if (from !== null && to !== null) return `[${bound(from)}..${bound(to)})`;
  if (from !== null) return `>= ${bound(from)}`;
  return to !== null ? `< ${bound(to)}` : 'not(null)';
}

export interface Cell {
  readonly cell: MatrixCell;
  readonly match?: Match;
}

/** The cell that a unary test of the fact stands for; undefined where ours cannot say the same. */
export function fromUnaryTests(written: string, fact?: FactDefinition): Cell | undefined {
  const text = written.trim();
  if (text === '-' || text === '') return { cell: null };
  if (text === 'not(null)') return { cell: { from: null, to: null }, match: 'range' };
  const one = listIn(/^\((.*)\)$/su.exec(text)?.[1] ?? '');
  if (typeof one?.cell === 'string') return { ...one, cell: [one.cell] };
  const own = rangeIn(text) ?? listIn(text);
  if (own !== undefined || fact === undefined) return own;
  const test = testIn(text);
  return test && cellOf(test, fact);
}

/** A number stands as it is, a day as a date, anything else in quotes. */
const bound = (text: string): string =>
  decimal.test(text) ? text : isCivilDate(text) ? `date(${quoted(text)})` : quoted(text);

/** Whether a spreadsheet, and `fromUnaryTests`, take the text for nothing but itself. */
const isPlain = (text: string): boolean =>
  /^[\p{L}][\p{L}\p{N} ._/-]*$/u.test(text) && text === text.trim() && !keywords.test(text) && !isCivilDate(text);

const keywords = /^(true|false|null|not|date|starts with)\b/i;

function quoted(text: string): string {
  const escaped = text.replaceAll(/["\\]|[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, (character) =>
    character === '"' || character === '\\'
      ? `\\${character}`
      : [...Array(character.length).keys()]
          .map((at) => `\\u${character.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')}`)
          .join(''),
  );
  return `"${escaped}"`;
}

const string = String.raw`"(?:[^"\\]|\\.)*"`;
const value = String.raw`(?:date\(\s*${string}\s*\)|${string}|-?\d+(?:\.\d+)?)`;
const between = new RegExp(String.raw`^\[\s*(${value})\s*\.\.\s*(${value})\s*[)[]$`, 'u');
const oneSided = new RegExp(String.raw`^(>=|<)\s*(${value})$`, 'u');

function rangeIn(text: string): { cell: MatrixCell; match: Match } | undefined {
  const [, from, to] = between.exec(text) ?? [];
  if (from !== undefined && to !== undefined) return { cell: { from: valueOf(from), to: valueOf(to) }, match: 'range' };
  const [, sign, one] = oneSided.exec(text) ?? [];
  if (one === undefined) return undefined;
  return { cell: sign === '<' ? { from: null, to: valueOf(one) } : { from: valueOf(one), to: null }, match: 'range' };
}

const item = new RegExp(
  String.raw`\s*(?:starts with\(\s*\?\s*,\s*(${string})\s*\)|(${value})|([\p{L}](?:[\p{L}\p{N} ._/-]*[\p{L}\p{N}._/-])?))\s*(,|$)`,
  'uy',
);

function listIn(text: string): { cell: MatrixCell; match?: Match } | undefined {
  const texts: string[] = [];
  let prefixes = 0;
  item.lastIndex = 0;
  let isOver = false;
  while (!isOver) {
    const found = item.exec(text);
    if (found === null) return undefined;
    const [, prefix, quotedOrFigure, plain = ''] = found;
    if (prefix !== undefined) prefixes += 1;
    if (plain !== '' && keywords.test(plain) && !/^(true|false)$/.test(plain.trim())) return undefined;
    texts.push(
      prefix === undefined ? (quotedOrFigure === undefined ? plain.trim() : valueOf(quotedOrFigure)) : valueOf(prefix),
    );
    isOver = found[4] === '';
  }
  if (prefixes > 0 && prefixes < texts.length) return undefined;
  const cell = texts.length === 1 ? texts[0]! : texts;
  return { cell, ...(prefixes > 0 ? { match: 'prefix' } : {}) };
}

/** What a literal says: the text in quotes, the day in a date, the figure. */
function valueOf(literal: string): string {
  const inner = /^date\(\s*(".*")\s*\)$/su.exec(literal)?.[1] ?? literal;
  return inner.startsWith('"') ? unquoted(inner) : inner;
}

/**
 * What a test of the simple half of FEEL is as a cell. Our ranges include their start and not their end: of whole numbers and
 * days '> 18' is '>= 19'; of other numbers there is no next. 'not' is a list of the other values, where they are few.
 */
function cellOf(test: UnaryTest, { type, whole, values }: FactDefinition): Cell | undefined {
  if (test.is === 'any') return undefined;
  const [first, ...more] = test.of;
  const isOther = test.is === 'some' && first?.is === 'other' && more.length === 0;
  if (test.is === 'none' || isOther) {
    const wanted = isOther ? 'other' : 'equal';
    const named = test.of.map((each) => (each.is === wanted ? each.value.text : undefined));
    if (values === undefined || named.includes(undefined)) return undefined;
    const others = values.filter((value) => !named.includes(value));
    return others.length === 0 ? undefined : { cell: others, match: 'equal' };
  }
  if (first?.is === 'equal' && first.value.is !== 'null' && more.length === 0) return { cell: first.value.text };
  const range = first;
  if (range?.is !== 'range' || more.length > 0) return undefined;
  const next = (end: End): string | undefined => {
    if (type === 'date') return end.value.is === 'date' ? addDays(end.value.text as CivilDate, 1) : undefined;
    if (type !== 'decimal' || whole !== true || end.value.is !== 'number') return undefined;
    return toText(plus(exact(end.value.text), ONE));
  };
  const from = range.from === null ? null : range.from.included ? range.from.value.text : next(range.from);
  const to = range.to === null ? null : range.to.included ? next(range.to) : range.to.value.text;
  return from === undefined || to === undefined ? undefined : { cell: { from, to }, match: 'range' };
}
