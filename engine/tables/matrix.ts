/**
 * Which row of a price table answers for a use? Also called: decision table, rate deck, 料金表, 判定表, 最長一致.
 *
 * Cells compare for equality, by prefix or by range; null means anything. Of prefixes the longest that leads to a row
 * goes first; among equals the first row from the top, or the cheapest or dearest where the hit policy says so.
 */
import type { MatrixPrice } from '#schemas/generated/types.ts';
import type { FactValue, Facts } from '#engine/conditions/evaluate.ts';
import { compare, exact, type Exact } from '#engine/money/exact.ts';
import { RowIndex, type CellTest, type IndexedRow } from './row-index.ts';

type Cell = MatrixPrice['rows'][number]['when'][number];

/** Finds the row for the values of a table's columns; -1 where none answers. */
export type RowFinder = (values: readonly FactValue[]) => number;

interface TableIndex {
  readonly facts: readonly string[];
  readonly prefixFact: string | null;
  readonly byPrefix: ReadonlyMap<string, RowIndex>;
  readonly longest: number;
  /** Set where the rows are asked as code. */
  find: RowFinder | undefined;
}

const indexes = new WeakMap<MatrixPrice, TableIndex>();

/** The index of the row, or undefined when none answers. */
export function matrixRowFor(table: MatrixPrice, facts: Facts): number | undefined {
  const index = indexFor(table);
  const values = index.facts.map((fact) => facts(fact));
  if (index.longest === 0) {
    const row = index.find !== undefined ? index.find(values) : (index.byPrefix.get('')?.first(values) ?? -1);
    return row === -1 ? undefined : row;
  }
  const dialled = index.prefixFact === null ? '' : facts(index.prefixFact);
  const text = typeof dialled === 'string' ? dialled : '';
  for (let length = Math.min(index.longest, text.length); length >= 0; length -= 1) {
    const row = index.byPrefix.get(text.slice(0, length))?.first(values) ?? -1;
    if (row !== -1) return row;
  }
  return undefined;
}

function indexFor(table: MatrixPrice): TableIndex {
  let index = indexes.get(table);
  if (index === undefined) {
    index = indexOf(table);
    indexes.set(table, index);
  }
  return index;
}

/** Keeps how the rows of a table were compiled elsewhere; they answer as its index does, only faster. */
export function rememberRows(table: MatrixPrice, find: RowFinder): void {
  indexFor(table).find = find;
}

/** The rows in the order in which they answer, with what each cell asks of its column; undefined where one goes by prefix. */
export function indexedRowsOf(table: MatrixPrice): readonly IndexedRow[] | undefined {
  if (table.columns.some(({ match }) => match === 'prefix')) return undefined;
  return rowsInOrder(table).map((row) => ({
    row,
    cells: table.columns.map(({ match }, column) => testOf(table.rows[row]!.when[column] ?? null, match)),
  }));
}

/**
 * The rows by number, in the order in which they answer: as they stand, or by unit price where the hit policy says so;
 * of equal prices the upper one.
 */
export function rowsInOrder({ hit, rows }: MatrixPrice): readonly number[] {
  const numbers = [...rows.keys()];
  if (hit !== 'cheapest' && hit !== 'dearest') return numbers;
  const prices = rows.map(({ unitPrice }) => exact(unitPrice));
  const sign = hit === 'cheapest' ? 1 : -1;
  return numbers.sort((a, b) => sign * compare(prices[a]!, prices[b]!) || a - b);
}

function indexOf(table: MatrixPrice): TableIndex {
  const prefixColumn = table.columns.findIndex((column) => column.match === 'prefix');
  const others = table.columns
    .map((column, index) => ({ column, index }))
    .filter(({ index }) => index !== prefixColumn);
  const byPrefix = new Map<string, IndexedRow[]>();
  for (const row of rowsInOrder(table)) {
    const { when } = table.rows[row]!;
    const cells = others.map(({ column, index }) => testOf(when[index] ?? null, column.match));
    for (const prefix of new Set(prefixesOf(when[prefixColumn] ?? null))) {
      const rows = byPrefix.get(prefix);
      if (rows === undefined) byPrefix.set(prefix, [{ row, cells }]);
      else rows.push({ row, cells });
    }
  }
  return {
    facts: others.map(({ column }) => column.fact),
    prefixFact: table.columns[prefixColumn]?.fact ?? null,
    byPrefix: new Map([...byPrefix].map(([prefix, rows]) => [prefix, new RowIndex(rows, others.length)])),
    longest: [...byPrefix.keys()].reduce((longest, prefix) => Math.max(longest, prefix.length), 0),
    find: undefined,
  };
}

function prefixesOf(cell: Cell): readonly string[] {
  if (cell === null) return [''];
  if (typeof cell === 'string') return [cell];
  return Array.isArray(cell) ? cell : [''];
}

function testOf(cell: Cell, match: MatrixPrice['columns'][number]['match']): CellTest {
  if (cell === null) return null;
  if (typeof cell === 'string') return match === 'prefix' ? (value) => String(value).startsWith(cell) : [cell];
  if (Array.isArray(cell)) return cell;
  const from = boundOf(cell.from);
  const to = boundOf(cell.to);
  return (value) =>
    typeof value === 'string' && (from === null || order(value, from) >= 0) && (to === null || order(value, to) < 0);
}

/** Whether one cell, not null, takes a value by itself. */
export function cellAnswers(cell: Cell, match: MatrixPrice['columns'][number]['match'], value: FactValue): boolean {
  const test = testOf(cell, match);
  return test === null || (typeof test === 'function' ? test(value) : test.includes(value as string));
}

type Bound = { readonly text: string; readonly number: Exact | null };

const decimal = /^-?[0-9]+(\.[0-9]+)?$/;

const boundOf = (text: string | null): Bound | null =>
  text === null ? null : { text, number: decimal.test(text) ? exact(text) : null };

/** Numbers as numbers, days as they stand. */
function order(value: string, bound: Bound): number {
  if (bound.number !== null && decimal.test(value)) return compare(exact(value), bound.number);
  return value < bound.text ? -1 : value > bound.text ? 1 : 0;
}
