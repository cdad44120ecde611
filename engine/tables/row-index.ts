/**
 * How is the first row that answers found among thousands? A chain of hashes: each level takes a column, follows the
 * rows that name the value and the rows that take anything, and never one that cannot come before what was found.
 * Rows are kept once, whatever they leave open; ranges and the like are tested on the few rows that are left.
 * Also called: chained hash index, decision table index, 判定表の索引.
 */
import type { FactValue } from '#engine/conditions/evaluate.ts';

/** What a cell asks for: one of some texts, or a test of its own; null takes anything. */
export type CellTest = readonly string[] | ((value: FactValue) => boolean) | null;

export interface IndexedRow {
  readonly row: number;
  readonly cells: readonly CellTest[];
}

/** Where nothing is left to tell rows apart, or too few are left to be worth it, they are looked at one by one. */
const FEW = 4;
const NONE = -1;

export class RowIndex {
  readonly #columns: readonly Column[];
  readonly #nodes: Node[] = [];
  readonly #root: number;
  readonly #children: Children;

  constructor(rows: readonly IndexedRow[], width: number) {
    this.#columns = Array.from({ length: width }, (_, column) => columnOf(rows, column));
    const order = [...this.#columns.keys()]
      .filter((column) => this.#columns[column]!.codes.size > 0)
      .sort((a, b) => this.#columns[a]!.shared - this.#columns[b]!.shared);
    const links: Link[] = [];
    this.#root = this.#grow(rows, order, links);
    this.#children = new Children(links);
  }

  /** The number of the first row that answers to the values, column by column; -1 when none does. */
  first(values: readonly FactValue[]): number {
    return this.#search(this.#root, values, Infinity);
  }

  #search(at: number, values: readonly FactValue[], before: number): number {
    const node = this.#nodes[at]!;
    if (node.least >= before) return NONE;
    if (node.rows !== null) return firstOf(node.rows, values, before);
    const code = this.#columns[node.column]!.codes.get(values[node.column] as string);
    const exact = code === undefined ? NONE : this.#children.get(at, code);
    if (exact === NONE) return node.any === NONE ? NONE : this.#search(node.any, values, before);
    if (node.any === NONE) return this.#search(exact, values, before);
    const [near, far] =
      this.#nodes[exact]!.least < this.#nodes[node.any]!.least ? [exact, node.any] : [node.any, exact];
    const found = this.#search(near, values, before);
    const better = this.#search(far, values, found === NONE ? before : found);
    return better === NONE ? found : better;
  }

  /** The node of `rows`, which are in order, told apart by the columns that are left. */
  #grow(rows: readonly IndexedRow[], order: readonly number[], links: Link[]): number {
    const at = this.#nodes.length;
    const least = rows[0]?.row ?? Infinity;
    const next =
      rows.length <= FEW ? -1 : order.findIndex((column) => rows.some(({ cells }) => isListed(cells[column])));
    if (next === -1) {
      this.#nodes.push({ least, column: 0, any: NONE, rows });
      return at;
    }
    const column = order[next]!;
    const node = { least, column, any: NONE, rows: null };
    this.#nodes.push(node);
    const named = new Map<number, IndexedRow[]>();
    const open: IndexedRow[] = [];
    for (const row of rows) {
      const cell = row.cells[column];
      if (!isListed(cell)) {
        open.push(row);
        continue;
      }
      for (const text of new Set(cell)) {
        const code = this.#columns[column]!.codes.get(text)!;
        const same = named.get(code);
        if (same === undefined) named.set(code, [row]);
        else same.push(row);
      }
    }
    const rest = order.slice(next + 1);
    for (const [code, same] of named) links.push({ node: at, code, child: this.#grow(same, rest, links) });
    if (open.length > 0) node.any = this.#grow(open, rest, links);
    return at;
  }
}

interface Node {
  /** The first of its rows: nothing below comes earlier. */
  readonly least: number;
  readonly column: number;
  /** The node of the rows that do not name a value of the column. */
  any: number;
  readonly rows: readonly IndexedRow[] | null;
}

const isListed = (cell: CellTest | undefined): cell is readonly string[] => Array.isArray(cell);

function firstOf(rows: readonly IndexedRow[], values: readonly FactValue[], before: number): number {
  for (const { row, cells } of rows) {
    if (row >= before) return NONE;
    if (answers(cells, values)) return row;
  }
  return NONE;
}

function answers(cells: readonly CellTest[], values: readonly FactValue[]): boolean {
  for (let column = 0; column < cells.length; column += 1) {
    const cell = cells[column]!;
    if (cell === null) continue;
    const value = values[column]!;
    if (typeof cell === 'function' ? !cell(value) : !cell.includes(value as string)) return false;
  }
  return true;
}

interface Column {
  readonly codes: ReadonlyMap<string, number>;
  /** About how many rows two rows drawn at random share the column with: the fewer, the earlier it is asked. */
  readonly shared: number;
}

function columnOf(rows: readonly IndexedRow[], column: number): Column {
  const codes = new Map<string, number>();
  const counts: number[] = [];
  let open = 0;
  for (const { cells } of rows) {
    const cell = cells[column];
    if (!isListed(cell)) open += 1;
    else {
      for (const text of cell) {
        const code = codes.get(text) ?? codes.size;
        codes.set(text, code);
        counts[code] = (counts[code] ?? 0) + 1;
      }
    }
  }
  return { codes, shared: counts.reduce((sum, count) => sum + count * count, open * rows.length) };
}

interface Link {
  readonly node: number;
  readonly code: number;
  readonly child: number;
}

/** The children of all nodes in one table of hashes with open places. */
class Children {
  readonly #mask: number;
  readonly #nodes: Int32Array;
  readonly #codes: Int32Array;
  readonly #children: Int32Array;

  constructor(links: readonly Link[]) {
    let places = 8;
    while (places < links.length * 2) places *= 2;
    this.#mask = places - 1;
    this.#nodes = new Int32Array(places).fill(NONE);
    this.#codes = new Int32Array(places);
    this.#children = new Int32Array(places);
    for (const { node, code, child } of links) {
      let at = this.#placeOf(node, code);
      while (this.#nodes[at] !== NONE) at = (at + 1) & this.#mask;
      this.#nodes[at] = node;
      this.#codes[at] = code;
      this.#children[at] = child;
    }
  }

  get(node: number, code: number): number {
    for (let at = this.#placeOf(node, code); ; at = (at + 1) & this.#mask) {
      if (this.#nodes[at] === NONE) return NONE;
      if (this.#nodes[at] === node && this.#codes[at] === code) return this.#children[at]!;
    }
  }

  #placeOf(node: number, code: number): number {
    const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(code, 0x85ebca6b);
    return (mixed ^ (mixed >>> 15)) & this.#mask;
  }
}
