/**
 * How does a row of the document look to the grid? The text of a cell is made when the cell is drawn, so that 5,000 rows cost nothing.
 * Also called: grid source, row model, 行モデル.
 */
import { below, valueAt } from '#lib/document/pointer.ts';
import type { Notes } from '#lib/document/notes.ts';
import type { FieldSchema } from '#lib/form/field-schema.ts';
import type { Locale } from '#schemas/messages/words.ts';
import { cellText } from './cell-text.ts';
import { applies, type Column, type Table } from './columns.ts';
import { saidBefore, type PublishedRows } from './published-rows.ts';

export interface GridRow {
  readonly index: number;
  readonly value: unknown;
  /** What is published in its place; undefined for a new row, or when nothing is compared. */
  readonly before: unknown;
  /** Classes of the row: whether it priced something, whether it is new, whether rows went before or after it. */
  readonly look: string;
  /** The text of each cell under the path of its column. */
  readonly [path: string]: unknown;
}

/** The rows as the grid takes them. `lit` are the places that priced the customer in the simulator; `compared` is what is published. */
export function gridRows(
  table: Table,
  values: readonly unknown[],
  lit: ReadonlySet<string>,
  locale: Locale,
  compared?: PublishedRows,
): GridRow[] {
  const prototype = {};
  for (const { path, shape } of table.columns)
    Object.defineProperty(prototype, path, {
      get(this: GridRow) {
        return cellText(shape, valueAt(this.value, path), locale);
      },
    });
  const gaps = new Set(compared?.removed.map(({ index }) => index));
  const lookOf = (index: number): string =>
    [
      lit.has(below(table.at, index)) && 'lit',
      compared !== undefined && compared.before[index] === undefined && 'added',
      gaps.has(index) && 'after-gap',
      index === values.length - 1 && gaps.has(values.length) && 'before-gap',
    ]
      .filter(Boolean)
      .join(' ');
  return values.map((value, index) =>
    Object.assign(Object.create(prototype) as GridRow, {
      index,
      value,
      before: compared?.before[index],
      look: lookOf(index),
    }),
  );
}

/** The text that stood in the cell and no longer does; undefined where nothing changed. */
export function textBefore(row: GridRow, { path, shape }: Column, locale: Locale): string | undefined {
  const said = row.before === undefined ? undefined : saidBefore(row.before, row.value, path);
  if (said === undefined) return undefined;
  const text = cellText(shape, said.value, locale);
  return text === '' ? '–' : text;
}

export interface CellLook {
  readonly class: Readonly<Record<string, boolean>>;
  readonly title?: string;
}

/** How the cell is drawn: figures on the right, what is wrong in the colour of how bad it is. */
export function cellLook(
  table: Table,
  column: Column,
  row: GridRow,
  notes: Notes,
  say: (at: string) => string,
): CellLook {
  const at = below(table.at, row.index) + column.path;
  const worst = notes.within(at)?.worst;
  const { shape } = column;
  const figure =
    shape.is === 'decimal' ||
    shape.is === 'integer' ||
    (shape.is === 'nullable' && ['decimal', 'integer'].includes(shape.inner.is));
  const value = valueAt(row.value, column.path);
  return {
    class: {
      figure,
      error: worst === 'error',
      warning: worst === 'warning',
      hint: worst === 'hint',
      token: shape.is === 'match' && value !== null && value !== undefined,
      none: !applies(table.item, row.value, column),
    },
    ...(worst === undefined ? {} : { title: say(at) }),
  };
}

/** What an empty cell shows: that it means anything, or that there is none. */
export function emptyText(item: FieldSchema, row: GridRow, column: Column, none: (name: string) => string): string {
  const value = valueAt(row.value, column.path);
  if (!applies(item, row.value, column)) return '·';
  if (value !== null) return '';
  return column.shape.is === 'match' ? '—' : none(column.path.split('/').at(-1) ?? '');
}

export interface Found {
  readonly row: number;
  readonly column: Column;
}

/** The cells whose text has all of what is sought, row by row. */
export function findIn(table: Table, rows: readonly GridRow[], sought: string): Found[] {
  const wanted = plain(sought);
  if (wanted === '') return [];
  return rows.flatMap((row) =>
    table.columns
      .filter(({ path }) => plain(String(row[path] ?? '')).includes(wanted))
      .map((column) => ({ row: row.index, column })),
  );
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().trim();

/** A block of text as spreadsheets copy it: tabs between cells, quotation marks around what holds line breaks. */
export function blockOf(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^\t\r\n]*)(\t|\r\n|\n|\r|$)/y;
  for (let at = 0; at < text.length; at = cell.lastIndex) {
    cell.lastIndex = at;
    const [, typed = '', end = ''] = cell.exec(text) ?? [];
    const isQuoted = typed.length > 1 && typed.startsWith('"');
    rows.at(-1)?.push(isQuoted ? typed.slice(1, -1).replaceAll('""', '"') : typed);
    if (end === '') break;
    if (end !== '\t') rows.push([]);
    else if (cell.lastIndex === text.length) rows.at(-1)?.push('');
  }
  return rows.filter((row) => row.length > 0);
}
