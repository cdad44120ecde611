/**
 * Which text stands in each cell of the first sheet of an Excel workbook? Nothing is worked out: a formula is a fault.
 * Numbers are taken as Excel keeps them and written with the fewest digits that say the same; days as days.
 * Also called: xlsx reader, Excel の読み込み.
 */
import { Parser } from 'htmlparser2';
import { Refusal } from '#runtime/services/refusal.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { Faults } from './faults.ts';
import { letterOf } from './sheet.ts';
import { descendants, xmlTree, type XmlElement } from './xml-tree.ts';
import { unzipped } from './zip.ts';

/** Unpacked; a table of the greatest size takes a fraction of it. */
const mostBytes = 64 * 1024 * 1024;
const mostRows = 20_001;
const mostColumns = 64;

export interface SheetRead {
  readonly lines: readonly (readonly string[])[];
  readonly faults: Faults;
}

/** Refused with `table-not-xlsx`, and with `table-too-large` beyond what a price table may hold. */
export function xlsxCells(workbook: Uint8Array): SheetRead {
  const files = unzipped(workbook, (name) => /^xl\/.*\.(xml|rels)$/.test(name), mostBytes);
  const text = (name: string): string => new TextDecoder().decode(files?.get(name));
  const sheet = files && firstSheet(text);
  if (sheet === undefined || !files?.has(sheet.path)) throw new Refusal('table-not-xlsx');
  const strings = files.has('xl/sharedStrings.xml') ? sharedStrings(text('xl/sharedStrings.xml')) : [];
  const dates = files.has('xl/styles.xml') ? dateStyles(text('xl/styles.xml')) : new Set<string>();
  return cellsIn(text(sheet.path), strings, (style) => dates.has(style), sheet.is1904);
}

function firstSheet(text: (name: string) => string): { path: string; is1904: boolean } | undefined {
  const workbook = xmlTree(text('xl/workbook.xml'));
  const relations = xmlTree(text('xl/_rels/workbook.xml.rels'));
  const first = workbook && descendants(workbook, 'sheet')[0]?.attributes['id'];
  const target =
    relations &&
    descendants(relations, 'Relationship').find(({ attributes }) => attributes['Id'] === first)?.attributes['Target'];
  if (workbook === undefined || target === undefined) return undefined;
  const from1904 = descendants(workbook, 'workbookPr')[0]?.attributes['date1904'];
  return {
    path: target.startsWith('/') ? target.slice(1) : `xl/${target}`,
    is1904: from1904 === '1' || from1904 === 'true',
  };
}

/** The texts that cells refer to by number, without the readings (ふりがな) beside them. */
function sharedStrings(xml: string): readonly string[] {
  const tree = xmlTree(xml);
  return tree === undefined ? [] : tree.children.map((item) => unescaped(textsIn(item)));
}

const textsIn = ({ name, text, children }: XmlElement): string =>
  name === 'rPh' ? '' : (name === 't' ? text : '') + children.map(textsIn).join('');

const unescaped = (text: string): string =>
  text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

/** The styles, by number, that show a number as a day: the built-in ones, and those whose pattern names years or days. */
function dateStyles(xml: string): ReadonlySet<string> {
  const tree = xmlTree(xml);
  if (tree === undefined) return new Set();
  const own = new Map(
    descendants(tree, 'numFmt').map(({ attributes }) => [attributes['numFmtId'] ?? '', attributes['formatCode'] ?? '']),
  );
  const isDate = (format: string): boolean => {
    const pattern = own.get(format);
    if (pattern !== undefined)
      return /[ydge]/i.test(pattern.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]/g, '').replace(/general/i, ''));
    const number = Number(format);
    return (number >= 14 && number <= 22) || (number >= 27 && number <= 36) || (number >= 50 && number <= 58);
  };
  const styles = tree.children.find(({ name }) => name === 'cellXfs')?.children ?? [];
  return new Set(
    styles.flatMap(({ attributes }, index) => (isDate(attributes['numFmtId'] ?? '0') ? [`${index}`] : [])),
  );
}

interface Open {
  readonly place: string;
  readonly type: string;
  readonly style: string;
  value: string;
  isFormula: boolean;
}

/** Cell by cell, without a tree of all of them. */
function cellsIn(
  xml: string,
  strings: readonly string[],
  isDate: (style: string) => boolean,
  is1904: boolean,
): SheetRead {
  const lines: string[][] = [];
  const faults = new Faults();
  let cell: Open | undefined;
  let into = '';
  let row = 0;
  let column = 0;
  const take = (cell: Open): void => {
    const { place, type, value, isFormula } = cell;
    const [, letters = '', digits = ''] = /^([A-Z]{1,3})([0-9]{1,7})$/.exec(place) ?? [];
    if (digits !== '') [row, column] = [Number(digits) - 1, columnOf(letters)];
    if (value === '' && !isFormula) return;
    if (row >= mostRows || column >= mostColumns)
      throw new Refusal('table-too-large', { rows: mostRows - 1, columns: mostColumns });
    const at = { row: row + 1, column: letterOf(column) };
    const text = isFormula || type === 'e' ? undefined : textOf(cell, value);
    if (isFormula) faults.add('table-formula', at);
    else if (text === undefined) faults.add('table-cell', { ...at, text: value });
    while (lines.length <= row) lines.push([]);
    const line = lines[row]!;
    while (line.length < column) line.push('');
    // What is told already is not told again.
    line[column] = text ?? '-';
  };
  const textOf = ({ type, style }: Pick<Open, 'type' | 'style'>, value: string): string | undefined => {
    if (type === 's') return strings[Number(value)];
    if (type === 'b') return value === '1' ? 'true' : 'false';
    return type === '' || type === 'n' ? numberIn(value, isDate(style), is1904) : unescaped(value);
  };
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        const name = tag.slice(tag.indexOf(':') + 1);
        if (name === 'row') [row, column] = [Number(attributes['r'] ?? row + 2) - 1, -1];
        else if (name === 'c') {
          column += 1;
          const { r = '', t = '', s = '' } = attributes;
          cell = { place: r, type: t, style: s, value: '', isFormula: false };
        } else if (name === 'f' && cell !== undefined) cell.isFormula = true;
        into = name;
      },
      ontext(text) {
        if (cell !== undefined && (into === 'v' || into === 't')) cell.value += text;
      },
      onclosetag(tag) {
        into = '';
        if (tag.slice(tag.indexOf(':') + 1) !== 'c' || cell === undefined) return;
        take(cell);
        cell = undefined;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  return { lines, faults };
}

const columnOf = (letters: string): number =>
  [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** A day as a literal of its own; undefined where the number is none, or has hours. */
function numberIn(text: string, isDate: boolean, is1904: boolean): string | undefined {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) return undefined;
  if (!isDate) return plain(number);
  // The 29th of February 1900 is a day only for Excel.
  const days = is1904 ? number + 1462 : number;
  if (!Number.isInteger(days) || days < 61 || days > 2_958_465) return undefined;
  return `date("${addDays('1899-12-30', days)}")`;
}

/** Without an exponent. */
const plain = (number: number): string => {
  const text = String(number);
  return text.includes('e')
    ? number.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 30, maximumSignificantDigits: 21 })
    : text;
};
