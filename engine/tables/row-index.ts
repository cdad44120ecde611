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

/** Where too few rows are left to be worth another level, they are looked at one by one. */
const FEW = 4;
const NONE = -1;
/** What a cell is in the table of codes, when it is not the number of its one text. */
const ANYTHING = -1;
const TESTED = -2;
/** A value that no cell names. */
const UNNAMED = -3;

export class RowIndex {
  readonly #rows: readonly IndexedRow[];
  readonly #width: number;
  readonly #columns: readonly Column[];
  /** Four numbers a node: its column; the node of rows open in it; the first of its rows; where its list begins, for a leaf. */
  readonly #nodes: Int32Array;
  /** Lists of rows, each after its length: a row, and by column the number of the text it names or what it is instead. */
  readonly #lists: Int32Array;
  readonly #children: Children;
  /** The numbers of the values that are asked for. */
  readonly #asked: Int32Array;

  constructor(rows: readonly IndexedRow[], width: number) {
    this.#rows = rows;
    this.#width = width;
    this.#columns = Array.from({ length: width }, (_, column) => columnOf(rows, column));
    const growing: Growing = { nodes: [], lists: [], links: [] };
    this.#grow([...rows.keys()], this.#order(), growing);
    this.#nodes = Int32Array.from(growing.nodes);
    this.#lists = Int32Array.from(growing.lists);
    this.#children = new Children(growing.links);
    this.#asked = new Int32Array(width);
  }

  /** The number of the first row that answers to the values, column by column; -1 when none does. */
  first(values: readonly FactValue[]): number {
    const columns = this.#columns;
    for (let column = 0; column < columns.length; column += 1) {
      this.#asked[column] = columns[column]!.codes.get(values[column] as string) ?? UNNAMED;
    }
    const found = this.#search(0, values, this.#rows.length);
    return found === NONE ? NONE : this.#rows[found]!.row;
  }

  /** The first row of the node that stands before `before`. */
  #search(node: number, values: readonly FactValue[], before: number): number {
    const nodes = this.#nodes;
    const at = node * 4;
    if (nodes[at + 2]! >= before) return NONE;
    const column = nodes[at]!;
    if (column === NONE) return this.#firstOf(nodes[at + 3]!, values, before);
    const code = this.#asked[column]!;
    const exact = code === UNNAMED ? NONE : this.#children.get(node, code);
    const open = nodes[at + 1]!;
    if (exact === NONE) return open === NONE ? NONE : this.#search(open, values, before);
    if (open === NONE) return this.#search(exact, values, before);
    const exactFirst = nodes[exact * 4 + 2]! < nodes[open * 4 + 2]!;
    const found = this.#search(exactFirst ? exact : open, values, before);
    const better = this.#search(exactFirst ? open : exact, values, found === NONE ? before : found);
    return better === NONE ? found : better;
  }

  #firstOf(list: number, values: readonly FactValue[], before: number): number {
    const step = this.#width + 1;
    const end = list + 1 + this.#lists[list]! * step;
    for (let at = list + 1; at < end; at += step) {
      const row = this.#lists[at]!;
      if (row >= before) return NONE;
      if (this.#answers(row, at + 1, values)) return row;
    }
    return NONE;
  }

  #answers(row: number, start: number, values: readonly FactValue[]): boolean {
    const lists = this.#lists;
    for (let column = 0; column < this.#width; column += 1) {
      const code = lists[start + column]!;
      if (code === ANYTHING || code === this.#asked[column]) continue;
      if (code !== TESTED) return false;
      const cell = this.#rows[row]!.cells[column]!;
      const value = values[column]!;
      if (typeof cell === 'function' ? !cell(value) : !cell?.includes(value as string)) return false;
    }
    return true;
  }

  #codeOf(cell: CellTest, column: number): number {
    if (cell === null) return ANYTHING;
    return isListed(cell) && cell.length === 1 ? this.#columns[column]!.codes.get(cell[0]!)! : TESTED;
  }

  /** The columns that name texts, those first that leave the fewest rows. */
  #order(): readonly number[] {
    return [...this.#columns.keys()]
      .filter((column) => this.#columns[column]!.codes.size > 0)
      .sort((a, b) => this.#columns[a]!.shared - this.#columns[b]!.shared);
  }

  /** Makes the node of `rows`, which are in order, told apart by the columns that are left. */
  #grow(rows: readonly number[], order: readonly number[], growing: Growing): number {
    const { nodes, lists, links } = growing;
    const node = nodes.length / 4;
    const next =
      rows.length <= FEW
        ? NONE
        : order.findIndex((column) => rows.some((row) => isListed(this.#rows[row]!.cells[column]!)));
    if (next === NONE) {
      nodes.push(NONE, NONE, rows[0]!, lists.length);
      lists.push(rows.length);
      for (const row of rows) lists.push(row, ...this.#rows[row]!.cells.map((cell, of) => this.#codeOf(cell, of)));
      return node;
    }
    const column = order[next]!;
    nodes.push(column, NONE, rows[0]!, NONE);
    const named = new Map<number, number[]>();
    const open: number[] = [];
    for (const row of rows) {
      const cell = this.#rows[row]!.cells[column]!;
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
    for (const [code, same] of named) links.push({ node, code, child: this.#grow(same, rest, growing) });
    if (open.length > 0) nodes[node * 4 + 1] = this.#grow(open, rest, growing);
    return node;
  }
}

interface Growing {
  readonly nodes: number[];
  readonly lists: number[];
  readonly links: Link[];
}

const isListed = (cell: CellTest | undefined): cell is readonly string[] => Array.isArray(cell);

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
  /** Three numbers a place: the node, the code, the child. */
  readonly #places: Int32Array;

  constructor(links: readonly Link[]) {
    let places = 8;
    while (places < links.length * 2) places *= 2;
    this.#mask = places - 1;
    this.#places = new Int32Array(places * 3).fill(NONE);
    for (const { node, code, child } of links) {
      let at = this.#placeOf(node, code);
      while (this.#places[at * 3] !== NONE) at = (at + 1) & this.#mask;
      this.#places.set([node, code, child], at * 3);
    }
  }

  get(node: number, code: number): number {
    const places = this.#places;
    for (let at = this.#placeOf(node, code); ; at = (at + 1) & this.#mask) {
      const of = places[at * 3]!;
      if (of === NONE) return NONE;
      if (of === node && places[at * 3 + 1] === code) return places[at * 3 + 2]!;
    }
  }

  #placeOf(node: number, code: number): number {
    const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(code, 0x85ebca6b);
    return (mixed ^ (mixed >>> 15)) & this.#mask;
  }
}
