/**
 * How is a value written in a cell, and which value does a text in a cell stand for?
 * What is pasted comes from spreadsheets: grouped digits, full-width figures, dates with slashes, words for choices.
 * Also called: cell token, parser, セルの表記, 貼り付け.
 */
import { isCivilDate } from '#engine/calendar/civil-date.ts';
import { exact, times, toText } from '#engine/money/exact.ts';
import { words } from '#schemas/messages/render.ts';
import { locales, type Locale } from '#schemas/messages/words.ts';
import type { Simple } from '#lib/form/field-shape.ts';
import type { CellShape } from './columns.ts';

/** The value that a text stands for. Undefined: the cell is empty, and so the row has no such field. What makes no sense stays text. */
export function cellValue(shape: CellShape, typed: string): unknown {
  const text = typed.normalize('NFKC').trim();
  switch (shape.is) {
    case 'text':
      return typed.trim() === '' ? undefined : typed.trim();
    case 'match':
      return matchValue(shape, text);
    case 'tokens':
      return text === '' ? undefined : tokensOf(text).map((each) => cellValue(shape.item, each) ?? each);
    case 'nullable':
      return isNone(text) ? null : cellValue(shape.inner, text);
    case 'kind': {
      const index = shape.titles.indexOf(text);
      return text === '' ? undefined : (shape.options[index] ?? text);
    }
    default:
      return text === '' ? undefined : simpleValue(shape, text);
  }
}

function simpleValue(shape: Exclude<Simple, { is: 'text' | 'nullable' }>, text: string): unknown {
  switch (shape.is) {
    case 'decimal':
      return decimalOf(text, shape.unit === 'fraction');
    case 'integer': {
      const figure = text.replaceAll(/[,\s]|か月|ヶ月|months?/g, '');
      return /^-?\d{1,15}$/.test(figure) ? Number(figure) : text;
    }
    case 'date':
      return dayOf(text);
    case 'month':
      return monthOf(text);
    case 'dateTime':
      return text.replace(
        /^(\d{4})\/(\d{1,2})\/(\d{1,2})[ T]/,
        (_, year, month, day) => `${year}-${two(month)}-${two(day)}T`,
      );
    case 'boolean':
      return isYes(text) ? true : isNo(text) ? false : text;
    case 'choice':
      return shape.options.find((option) => optionTexts(shape.name, option).includes(text)) ?? text;
  }
}

/** '¥1,200' → '1200'; of a rate '10%' → '0.1'. */
function decimalOf(text: string, isFraction: boolean): string {
  const isPercent = text.endsWith('%');
  const figure = text.replaceAll(/[¥$€£円%,\s]/g, '').replace(/^[−–]/, '-');
  const plain = /^-?\d+(\.\d+)?$/.test(figure) ? toText(exact(figure)) : undefined;
  if (plain === undefined) return text;
  return isFraction && isPercent ? toText(times(exact(plain), exact('0.01'))) : written(figure);
}

/** A figure as the schema writes it, no digit lost: '007.50' → '7.50'. */
const written = (figure: string): string => figure.replace(/^(-?)0+(?=\d)/, '$1');

const two = (digits: string): string => digits.padStart(2, '0');

function dayOf(text: string): string {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
  if (found === null) return text;
  const [, year = '', month = '', day = ''] = found;
  const date = `${year}-${two(month)}-${two(day)}`;
  return isCivilDate(date) ? date : text;
}

function monthOf(text: string): string {
  const [, year, month] = /^(\d{4})[-/.年](\d{1,2})月?$/.exec(text) ?? [];
  return year === undefined || month === undefined ? text : `${year}-${two(month)}`;
}

/** What stands between commas of either width, or lines. */
export const tokensOf = (text: string): string[] =>
  text
    .split(/[,、，;\n]/)
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** What a fact has to match: anything (null), one value, one of several, or a range whose end is not part of it. */
function matchValue({ match, type }: Extract<CellShape, { is: 'match' }>, text: string): unknown {
  if (isNone(text)) return null;
  if (match === 'range') return rangeOf(text, type === 'date' ? dayOf : (each) => decimalOf(each, false)) ?? text;
  const tokens = tokensOf(text).map((each) => (type === 'date' ? dayOf(each) : each));
  return tokens.length > 1 ? tokens : (tokens[0] ?? null);
}

function rangeOf(text: string, one: (text: string) => string): { from: string | null; to: string | null } | undefined {
  const bound = (each: string | undefined): string | null =>
    each === undefined || each.trim() === '' ? null : one(each.trim());
  const between = /^\[?\s*(.*?)\s*(?:\.\.|〜|~|–)\s*(.*?)\s*[)\]]?$/.exec(text);
  if (between !== null) return { from: bound(between[1]), to: bound(between[2]) };
  const from = /^(?:≥|>=|=>)\s*(.+)$/.exec(text)?.[1] ?? /^(.+)\s*以上$/.exec(text)?.[1];
  if (from !== undefined) return { from: bound(from), to: null };
  const to = /^<\s*(.+)$/.exec(text)?.[1] ?? /^(.+)\s*未満$/.exec(text)?.[1];
  return to === undefined ? undefined : { from: null, to: bound(to) };
}

/** The text of a value that is edited in place: what `cellValue` reads back as the same value. */
export function cellText(shape: CellShape, value: unknown, locale: Locale): string {
  if (value === undefined) return '';
  if (shape.is === 'nullable') return value === null ? '' : cellText(shape.inner, value, locale);
  if (value === null) return '';
  if (shape.is === 'tokens' && Array.isArray(value))
    return value.map((each) => cellText(shape.item, each, locale)).join(locale === 'ja' ? '、' : ', ');
  if (shape.is === 'choice')
    return words(locale).has(optionKey(shape.name, String(value)))
      ? say(locale, optionKey(shape.name, String(value)))
      : String(value);
  if (shape.is === 'kind') return shape.titles[shape.options.indexOf(String(value))] ?? String(value);
  if (shape.is === 'boolean' && typeof value === 'boolean')
    return say(locale, value ? 'screen.value.yes' : 'screen.value.no');
  if (shape.is === 'match') return matchText(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** ≥ 50, < 20, 0..12; several values with commas. */
function matchText(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  const { from, to } = value as { readonly from?: string | null; readonly to?: string | null };
  if (from != null && to != null) return `${from}..${to}`;
  if (from != null) return `≥ ${from}`;
  return to == null ? '..' : `< ${to}`;
}

const say = (locale: Locale, code: string): string => words(locale).render(code);
const optionKey = (name: string, option: string): string => `screen.option.${name}.${option}`;

/** How a choice may be written: as stored, or by its word in either language. */
const optionTexts = (name: string, option: string): string[] => [
  option,
  ...locales.map((locale) => say(locale, optionKey(name, option)).normalize('NFKC')),
];

const spoken = (code: string): string[] => locales.map((locale) => say(locale, code).normalize('NFKC').toLowerCase());
const isYes = (text: string): boolean =>
  ['true', '1', '○', '〇', '✓', ...spoken('screen.value.yes')].includes(text.toLowerCase());
const isNo = (text: string): boolean =>
  ['false', '0', '×', '✗', ...spoken('screen.value.no')].includes(text.toLowerCase());
const isNone = (text: string): boolean =>
  [
    '',
    '-',
    '—',
    '–',
    '*',
    'null',
    ...['none', 'to.none', 'upTo.none', 'months.none'].flatMap((each) => spoken(`screen.value.${each}`)),
  ].includes(text.toLowerCase());
