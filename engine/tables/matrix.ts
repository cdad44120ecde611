/**
 * Which row of a price table answers for a use? Also called: decision table, rate deck, 料金表, 判定表, 最長一致.
 *
 * Cells compare for equality, by prefix or by range; null means anything. Of prefixes the longest that leads to a row
 * goes first; among equals the first row from the top.
 */
import type { MatrixPrice } from '#schemas/generated/types.ts';
import type { FactValue, Facts } from '#engine/conditions/evaluate.ts';
import { compare, exact, type Exact } from '#engine/money/exact.ts';

type Cell = MatrixPrice['rows'][number]['when'][number];
type Test = (value: FactValue) => boolean;

interface Row {
  readonly index: number;
  /** One test a column, the prefix column aside. */
  readonly tests: readonly (Test | null)[];
}

interface Index {
  readonly facts: readonly string[];
  readonly prefixFact: string | null;
  readonly byPrefix: ReadonlyMap<string, readonly Row[]>;
  readonly longest: number;
}

const indexes = new WeakMap<MatrixPrice, Index>();

/** The index of the row, or undefined when none answers. */
export function matrixRowFor(table: MatrixPrice, facts: Facts): number | undefined {
  let index = indexes.get(table);
  if (index === undefined) {
    index = indexOf(table);
    indexes.set(table, index);
  }
  const values = index.facts.map((fact) => facts(fact));
  const dialled = index.prefixFact === null ? '' : facts(index.prefixFact);
  const text = typeof dialled === 'string' ? dialled : '';
  for (let length = Math.min(index.longest, text.length); length >= 0; length -= 1) {
    const found = index.byPrefix.get(text.slice(0, length))?.find((row) => answers(row, values));
    if (found !== undefined) return found.index;
  }
  return undefined;
}

const answers = (row: Row, values: readonly FactValue[]): boolean =>
  row.tests.every((test, column) => test === null || test(values[column] ?? null));

function indexOf(table: MatrixPrice): Index {
  const prefixColumn = table.columns.findIndex((column) => column.match === 'prefix');
  const others = table.columns
    .map((column, index) => ({ column, index }))
    .filter(({ index }) => index !== prefixColumn);
  const byPrefix = new Map<string, Row[]>();
  table.rows.forEach((row, index) => {
    const tests = others.map(({ column, index: at }) => testOf(row.when[at] ?? null, column.match));
    for (const prefix of prefixesOf(row.when[prefixColumn] ?? null)) {
      const rows = byPrefix.get(prefix) ?? [];
      rows.push({ index, tests });
      byPrefix.set(prefix, rows);
    }
  });
  return {
    facts: others.map(({ column }) => column.fact),
    prefixFact: table.columns[prefixColumn]?.fact ?? null,
    byPrefix,
    longest: Math.max(0, ...[...byPrefix.keys()].map((prefix) => prefix.length)),
  };
}

function prefixesOf(cell: Cell): readonly string[] {
  if (cell === null) return [''];
  if (typeof cell === 'string') return [cell];
  return Array.isArray(cell) ? cell : [''];
}

function testOf(cell: Cell, match: MatrixPrice['columns'][number]['match']): Test | null {
  if (cell === null) return null;
  if (typeof cell === 'string')
    return match === 'prefix' ? (value) => String(value).startsWith(cell) : (value) => value === cell;
  if (Array.isArray(cell)) {
    const wanted = new Set(cell);
    return (value) => typeof value === 'string' && wanted.has(value);
  }
  const from = boundOf(cell.from);
  const to = boundOf(cell.to);
  return (value) =>
    typeof value === 'string' && (from === null || order(value, from) >= 0) && (to === null || order(value, to) < 0);
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
