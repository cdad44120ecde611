/**
 * Which row of the published table is each row of the draft, and which are no longer there?
 * Rows are known by their id, else by where they stand; what a cell said is looked up when the cell is drawn, so that 5,000 rows cost little.
 * Also called: diff mode, before and after, 公開中の値, 差分表示.
 */
import { below, segmentsOf, valueAt } from '#lib/document/pointer.ts';
import { rowsOf } from './table-commands.ts';
import type { Table } from './columns.ts';

export interface PublishedRows {
  /** For each row of the draft what it says as published; undefined where it is new. */
  readonly before: readonly unknown[];
  readonly removed: readonly RemovedRow[];
}

export interface RemovedRow {
  readonly value: unknown;
  /** The row of the draft before which it would stand. */
  readonly index: number;
}

/** The rows of the table as the document `published` has them, beside those of the draft `document`. */
export function publishedRows(published: unknown, document: unknown, table: Table): PublishedRows {
  const now = rowsOf(document, table);
  const at = samePlace(document, published, table.at);
  const was = at === undefined ? [] : rowsOf(published, { at });
  return haveIds(was) && haveIds(now) ? pairedById(was, now) : pairedByPosition(was, now);
}

/** What the cell said when it says something else now; `{ value: undefined }` where it said nothing. */
export function saidBefore(before: unknown, now: unknown, path: string): { readonly value: unknown } | undefined {
  const value = valueAt(before, path);
  return isSame(value, valueAt(now, path)) ? undefined : { value };
}

/** Where the place stands in the other document: items with an id stand where the other has that id. */
export function samePlace(document: unknown, other: unknown, at: string): string | undefined {
  let [here, there, place] = [document, other, ''];
  for (const segment of segmentsOf(at)) {
    const item = valueAt(here, below('', segment));
    const id = Array.isArray(here) ? idOf(item) : undefined;
    const index = id === undefined || !Array.isArray(there) ? segment : there.findIndex((each) => idOf(each) === id);
    place = below(place, index);
    here = item;
    there = valueAt(there, below('', index));
    if (there === undefined) return undefined;
  }
  return place;
}

function pairedById(was: readonly unknown[], now: readonly unknown[]): PublishedRows {
  const earlier = new Map(was.map((row) => [idOf(row), row]));
  const places = new Map(now.map((row, index) => [idOf(row), index]));
  const removed: RemovedRow[] = [];
  let index = now.length;
  for (const row of was.toReversed()) {
    const place = places.get(idOf(row));
    if (place === undefined) removed.unshift({ value: row, index });
    else index = place;
  }
  return { before: now.map((row) => earlier.get(idOf(row))), removed };
}

/** What begins and ends alike is the same; in between, the first is the first and what is left over is new or gone. */
function pairedByPosition(was: readonly unknown[], now: readonly unknown[]): PublishedRows {
  const shorter = Math.min(was.length, now.length);
  let start = 0;
  while (start < shorter && isSame(was[start], now[start])) start += 1;
  let end = 0;
  while (end < shorter - start && isSame(was.at(-1 - end), now.at(-1 - end))) end += 1;
  const paired = shorter - end;
  const before = now.map((_, index) =>
    index < paired ? was[index] : index >= now.length - end ? was[index - now.length + was.length] : undefined,
  );
  return { before, removed: was.slice(paired, was.length - end).map((value) => ({ value, index: paired })) };
}

function haveIds(rows: readonly unknown[]): boolean {
  return new Set(rows.map(idOf).filter((id) => id !== undefined)).size === rows.length;
}

function idOf(row: unknown): string | undefined {
  const id = typeof row === 'object' && row !== null && 'id' in row ? row.id : undefined;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** Whether two values say the same; the order of fields says nothing. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b || typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [mine, other] = [a, b] as readonly Readonly<Record<string, unknown>>[];
  const keys = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(mine?.[key], other?.[key]))
  );
}
