/**
 * What does a change in the grid do to the document?
 * Cells set, blocks pasted over the end, rows added, duplicated, moved, deleted; each one change on the undo stack.
 * Also called: paste, fill, row operations, 貼り付け, 行の操作.
 */
import type { Command } from '#lib/document/commands.ts';
import { below, parentOf, segmentsOf, valueAt } from '#lib/document/pointer.ts';
import { asBranch, blankOf, newId, newIds } from '#lib/form/blank.ts';
import { orderOf, resolved, type FieldSchema } from '#lib/form/field-schema.ts';
import { shapeOf } from '#lib/form/field-shape.ts';
import { cellValue } from './cell-text.ts';
import type { Column, Table } from './columns.ts';

/** A text that came into a cell. */
export interface CellInput {
  readonly row: number;
  readonly column: Column;
  readonly text: string;
}

/** Cells as typed or pasted; rows past the end are added. Cells whose value stays are left alone. */
export function cellCommands(document: unknown, table: Table, inputs: readonly CellInput[]): Command[] {
  const rows = rowsOf(document, table);
  const last = inputs.reduce((most, { row }) => Math.max(most, row), -1);
  const blanks = blankRows(document, table, rows, Math.max(0, last + 1 - rows.length));
  const insert: Command[] =
    blanks.length === 0 ? [] : [{ do: 'insert', at: table.at, index: rows.length, values: blanks }];
  const all = [...rows, ...blanks];
  return [...insert, ...inputs.flatMap((input) => cellCommand(table, all[input.row], input))];
}

function cellCommand(table: Table, row: unknown, { row: index, column, text }: CellInput): Command[] {
  return setCommands(table, row, index, column, cellValue(column.shape, text));
}

/** The cell becomes the value; undefined empties it. */
export function setCell(document: unknown, table: Table, index: number, column: Column, value: unknown): Command[] {
  return setCommands(table, rowsOf(document, table)[index], index, column, value);
}

function setCommands(table: Table, row: unknown, index: number, column: Column, value: unknown): Command[] {
  const at = below(table.at, index) + column.path;
  const before = valueAt(row, column.path);
  if (value === before || (value !== undefined && JSON.stringify(value) === JSON.stringify(before))) return [];
  if (column.shape.is === 'kind') return kindCommand(table, row, index, column, value);
  if (value !== undefined) return [{ do: 'set', at, value, order: orderAt(table.item, column.path) }];
  if (column.required) return [{ do: 'set', at, value: column.shape.is === 'match' ? null : '', order: [] }];
  if (before === undefined) return [];
  const holder = parentOf(column.path);
  const siblings = Object.keys((valueAt(row, holder) ?? {}) as object);
  // The last value of a nested thing takes the thing with it.
  return [{ do: 'remove', at: holder !== '' && siblings.length === 1 ? below(table.at, index) + holder : at }];
}

/** Another kind of thing keeps what both kinds ask for. */
function kindCommand(table: Table, row: unknown, index: number, column: Column, value: unknown): Command[] {
  const holder = parentOf(column.path);
  const at = below(table.at, index) + holder;
  const name = segmentsOf(holder)[0] ?? '';
  const shape = shapeOf(resolved(table.item).properties?.[name] ?? {}, name);
  if (shape.is !== 'variant') return [];
  if (value === undefined && !column.required) return [{ do: 'remove', at }];
  const branch = shape.branches.find((each) => each.value === value);
  if (branch === undefined) return [{ do: 'set', at: at + column.path.slice(holder.length), value: value ?? '' }];
  return [{ do: 'set', at, value: asBranch(shape, valueAt(row, holder), branch), order: orderAt(table.item, holder) }];
}

/** `filled` is what the rows say from the start. */
export function addRows(document: unknown, table: Table, index: number, count = 1, filled: object = {}): Command[] {
  const values = blankRows(document, table, rowsOf(document, table), count);
  return [{ do: 'insert', at: table.at, index, values: values.map((blank) => ({ ...(blank as object), ...filled })) }];
}

/** Each row once more, after the last of them. */
export function duplicateRows(document: unknown, table: Table, indexes: readonly number[]): Command[] {
  const rows = rowsOf(document, table);
  const last = Math.max(...indexes);
  const copies = indexes.reduce<unknown[]>((so, index) => {
    const row = rows[index];
    const hasId = typeof row === 'object' && row !== null && 'id' in row;
    const copy = hasId ? { ...row, id: newId([...rows, ...so, row], resolved(table.item)) } : row;
    return [...so, structuredClone(copy)];
  }, []);
  return [{ do: 'insert', at: table.at, index: last + 1, values: copies }];
}

export function removeRows(table: Table, indexes: readonly number[]): Command[] {
  return [{ do: 'removeItems', at: table.at, indexes }];
}

/** The rows, which lie together, one place up or down; nothing at the edge. */
export function moveRows(table: Table, indexes: readonly number[], by: 1 | -1): Command[] {
  const first = Math.min(...indexes);
  const last = Math.max(...indexes);
  const passed = by === 1 ? last + 1 : first - 1;
  if (passed < 0 || passed >= table.rows) return [];
  return [{ do: 'move', at: table.at, from: passed, to: by === 1 ? first : last }];
}

/** A fact that a matrix asks about: a column, and "anything" in every row. */
export function addMatrixColumn(document: unknown, table: Table, fact: string, match: string): Command[] {
  const holder = parentOf(table.at);
  const columns = valueAt(document, `${holder}/columns`);
  const index = Array.isArray(columns) ? columns.length : 0;
  return [
    { do: 'insert', at: `${holder}/columns`, index, values: [{ fact, match }] },
    ...rowsOf(document, table).map((_, row): Command => ({
      do: 'insert',
      at: below(table.at, row, 'when'),
      index,
      values: [null],
    })),
  ];
}

export function removeMatrixColumn(document: unknown, table: Table, index: number): Command[] {
  return [
    { do: 'removeItems', at: `${parentOf(table.at)}/columns`, indexes: [index] },
    ...rowsOf(document, table).map((_, row): Command => ({
      do: 'removeItems',
      at: below(table.at, row, 'when'),
      indexes: [index],
    })),
  ];
}

export function rowsOf(document: unknown, { at }: Pick<Table, 'at'>): readonly unknown[] {
  const rows = valueAt(document, at);
  return Array.isArray(rows) ? rows : [];
}

/** New rows, each with an id of its own where rows have one; in a matrix they ask for nothing yet, so that every cell is there. */
function blankRows(document: unknown, table: Table, siblings: readonly unknown[], count: number): unknown[] {
  const blank = blankOf(table.item, '', siblings) as Record<string, unknown>;
  const columns = valueAt(document, `${parentOf(table.at)}/columns`);
  const isMatrix = resolved(table.item).definedAs === 'MatrixRow';
  const when = isMatrix ? { when: Array.isArray(columns) ? columns.map(() => null) : [] } : {};
  const hasId = 'id' in blank;
  return newIds(siblings, resolved(table.item), count).map((id) =>
    structuredClone({ ...blank, ...(hasId ? { id } : {}), ...when }),
  );
}

/** The order of the fields of the thing that holds the cell. */
function orderAt(item: FieldSchema, path: string): readonly string[] {
  const schema = resolved(item);
  const [name, inner] = segmentsOf(path);
  if (inner === undefined || name === undefined) return orderOf(schema);
  return orderOf(resolved(schema.properties?.[name] ?? {}));
}
