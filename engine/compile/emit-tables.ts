/**
 * How are the rows of a price table asked as code? One after the other, straight, a hundred a function, the column that tells most
 * rows apart first. For tables of up to a thousand rows; larger ones, and those by prefix, are found through their chained index.
 * Also called: compiled decision table, 料金表のコンパイル.
 */
import type { FactValue } from '#engine/conditions/operators.ts';
import { indexedRowsOf, rememberRows, type RowFinder } from '#engine/tables/matrix.ts';
import type { CellTest, IndexedRow } from '#engine/tables/row-index.ts';
import type { MatrixPrice } from '#schemas/generated/types.ts';
import { MOST_RULES } from './compile-rules.ts';
import { LARGEST_EMITTED } from './emit-conditions.ts';
import type { EvaluateSource } from './evaluate-source.ts';

/** A cell with more texts than these asks a set of them. */
const MOST_TEXTS = 8;

/** From here on the index is as fast (engine/tables/README.md has the figures). */
export const LARGEST_TABLE = 1_000;

interface Piece {
  readonly shape: number;
  readonly offset: number;
}

export interface EmittedTables {
  /** The body of a function that returns one function a shape: `(v, k, o) => number`, -1 where no row of the piece answers. */
  readonly source: string;
  readonly constants: readonly unknown[];
  /** For each table its pieces, in the order in which its rows answer; null for one that is left to its index. */
  readonly tables: readonly (readonly Piece[] | null)[];
}

export function emitTables(tables: readonly MatrixPrice[]): EmittedTables {
  const shapes = new Map<string, number>();
  const constants: unknown[] = [];
  const emitted = tables.map((table) => {
    const rows = indexedRowsOf(table);
    if (rows === undefined || rows.length > LARGEST_TABLE) return null;
    const order = mostTellingFirst(rows);
    return piecesOf(rows).map((piece): Piece => {
      const offset = constants.length;
      const add = (constant: unknown): string => `k[o + ${constants.push(constant) - 1 - offset}]`;
      const lines = piece.map((row) => lineOf(row, order, add));
      const text = `(v, k, o) => { ${lines.join('\n')} return -1; }`;
      const shape = shapes.get(text) ?? shapes.size;
      shapes.set(text, shape);
      return { shape, offset };
    });
  });
  return { source: `"use strict";\nreturn [\n${[...shapes.keys()].join(',\n')}\n];`, constants, tables: emitted };
}

function lineOf({ row, cells }: IndexedRow, order: readonly number[], add: (constant: unknown) => string): string {
  const tests = order.flatMap((column) => testOf(cells[column] ?? null, `v[${column}]`, add));
  return tests.length === 0 ? `return ${add(row)};` : `if (${tests.join(' && ')}) return ${add(row)};`;
}

function testOf(cell: CellTest, value: string, add: (constant: unknown) => string): readonly string[] {
  if (cell === null) return [];
  if (typeof cell === 'function') return [`${add(cell)}(${value})`];
  if (cell.length > MOST_TEXTS) return [`${add(new Set(cell))}.has(${value})`];
  return [`(${cell.map((text) => `${value} === ${add(text)}`).join(' || ')})`];
}

/** The columns with most different texts before the others; ranges, which take longest to compare, last. */
function mostTellingFirst(rows: readonly IndexedRow[]): readonly number[] {
  const texts = (rows[0]?.cells ?? []).map(
    (_, column) => new Set(rows.flatMap(({ cells }) => (Array.isArray(cells[column]) ? cells[column] : []))).size,
  );
  return [...texts.keys()].sort((a, b) => texts[b]! - texts[a]!);
}

const sizeOf = ({ cells }: IndexedRow): number =>
  cells.reduce((sum, cell) => sum + (Array.isArray(cell) ? Math.min(cell.length, MOST_TEXTS) : 1), 1);

/** At most so many rows a function, and at most so many texts. */
function piecesOf(rows: readonly IndexedRow[]): readonly IndexedRow[][] {
  const pieces: IndexedRow[][] = [];
  let size = Infinity;
  for (const row of rows) {
    const last = pieces.at(-1);
    const own = sizeOf(row);
    if (last === undefined || last.length >= MOST_RULES || size + own > LARGEST_EMITTED) pieces.push([row]);
    else last.push(row);
    size = pieces.at(-1)!.length === 1 ? own : size + own;
  }
  return pieces;
}

type PieceFunction = (values: readonly FactValue[], constants: readonly unknown[], offset: number) => number;

/** Keeps for each table that is not too large how its rows are asked as code. */
export function compileTables(tables: readonly MatrixPrice[], evaluateSource: EvaluateSource): void {
  const { source, constants, tables: emitted } = emitTables(tables);
  const shapes = evaluateSource(source) as readonly PieceFunction[];
  emitted.forEach((pieces, index) => {
    if (pieces !== null) rememberRows(tables[index]!, finderOf(pieces, shapes, constants));
  });
}

function finderOf(
  pieces: readonly Piece[],
  shapes: readonly PieceFunction[],
  constants: readonly unknown[],
): RowFinder {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) {
    const ask = shapes[only.shape]!;
    const { offset } = only;
    return (values) => ask(values, constants, offset);
  }
  return (values) => {
    for (const { shape, offset } of pieces) {
      const row = shapes[shape]!(values, constants, offset);
      if (row !== -1) return row;
    }
    return -1;
  };
}
