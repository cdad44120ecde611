/**
 * How is the first row that answers found among thousands? A chain of hashes: each level takes a column, follows the
 * rows that name the value and the rows that take anything, and never one that cannot come before what was found.
 * Rows are kept once, whatever they leave open; ranges and the like are tested on the few rows that are left.
 * Also called: chained hash index, decision table index, 判定表の索引.
 */
import type { FactValue } from '#engine/conditions/evaluate.ts';
import { Children, type Link } from './children-by-hash.ts';

/** What a cell asks for: one of some texts, or a test of its own; null takes anything. */
export type CellTest = readonly string[] | ((value: FactValue) => boolean) | null;

export interface IndexedRow {
  readonly row: number;
  readonly cells: readonly CellTest[];
}

/** Where too few rows are left to be worth another level, they are looked at one by one. */
const FEW = 10;
const NONE = -1;
/** What a cell is in the table of codes, when it is not the number of its one text. */
const ANYTHING = -1;
const TESTED = -2;
/** A value that no cell names. */
const UNNAMED = -3;

/** What a node is, in so many numbers. Its children are next to one another, in the order of their codes. */
const NODE = 6;
/** The column that tells its rows apart; none for a leaf. */
const COLUMN = 0;
/** The first of its rows. */
const FIRST = 1;
/** Where the list of a leaf begins. Of other nodes, a bit for each code that has a child; one bit speaks for every 32nd code. */
const LIST = 2;
const CODES = 2;
const CHILDREN = 3;
/** The node of the rows that are open in the column, and the first of them. */
const OPEN = 4;
const FIRST_OPEN = 5;
/** A column with more texts than there are bits finds its children by hash. */
const MOST_BITS = 32;

export class RowIndex {
  readonly #rows: readonly IndexedRow[];
  /** What each row is called, beside the rows so that an answer needs no look at one. */
  readonly #numbers: Int32Array;
  readonly #width: number;
  readonly #columns: readonly Column[];
  /** What is kept of each node, see NODE. */
  readonly #nodes: Int32Array;
  /** The columns that name texts, those first that leave the fewest rows. */
  readonly #order: readonly number[];
  /** All columns in the order in which the rows of a list are tested: those first that no node on the way has asked about. */
  readonly #tested: Int32Array;
  /** Lists of rows, each after its length: a row, and by column as tested the number of the text it names or what it is instead. */
  readonly #lists: Int32Array;
  readonly #children: Children;
  /** The numbers of the values that are asked for. */
  readonly #asked: Int32Array;

  constructor(rows: readonly IndexedRow[], width: number) {
    this.#rows = rows;
    this.#numbers = Int32Array.from(rows, ({ row }) => row);
    this.#width = width;
    this.#columns = Array.from({ length: width }, (_, column) => columnOf(rows, column));
    const growing: Growing = { nodes: [], lists: [], links: [] };
    this.#order = this.#mostTellingFirst();
    const others = [...this.#columns.keys()].filter((column) => !this.#order.includes(column));
    this.#tested = Int32Array.from([...this.#order.toReversed(), ...others]);
    this.#grow(reserve(growing, 1), [...rows.keys()], this.#order, growing);
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
    return found === NONE ? NONE : this.#numbers[found]!;
  }

  /** The first row of the node that stands before `before`. */
  #search(from: number, values: readonly FactValue[], before: number): number {
    const nodes = this.#nodes;
    let node = from;
    let end = before;
    let best = NONE;
    // Of two ways on, the one with the earlier rows is gone first, and the other as far as it may still be better.
    for (;;) {
      const at = node * NODE;
      if (nodes[at + FIRST]! >= end) return best;
      const column = nodes[at + COLUMN]!;
      if (column === NONE) {
        const found = this.#firstOf(nodes[at + LIST]!, values, end);
        return found === NONE ? best : found;
      }
      const named = this.#childOf(node, this.#asked[column]!, column);
      const open = nodes[at + OPEN]!;
      if (open === NONE || nodes[at + FIRST_OPEN]! >= end) {
        if (named === NONE) return best;
        node = named;
      } else if (named === NONE) node = open;
      else {
        const isNamedFirst = nodes[named * NODE + FIRST]! < nodes[at + FIRST_OPEN]!;
        const found = this.#search(isNamedFirst ? named : open, values, end);
        if (found !== NONE) best = end = found;
        node = isNamedFirst ? open : named;
      }
    }
  }

  /** The child whose rows name the text; -1 where there is none. */
  #childOf(node: number, code: number, column: number): number {
    const codes = this.#nodes[node * NODE + CODES]!;
    const bit = 1 << code;
    if (code === UNNAMED || (codes & bit) === 0) return NONE;
    if (this.#columns[column]!.codes.size > MOST_BITS) return this.#children.get(node, code);
    return this.#nodes[node * NODE + CHILDREN]! + bitsIn(codes & (bit - 1));
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
    const tested = this.#tested;
    for (let at = 0; at < tested.length; at += 1) {
      const column = tested[at]!;
      const code = lists[start + at]!;
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

  #mostTellingFirst(): readonly number[] {
    return [...this.#columns.keys()]
      .filter((column) => this.#columns[column]!.codes.size > 0)
      .sort((a, b) => this.#columns[a]!.shared - this.#columns[b]!.shared);
  }

  /** Makes the node of `rows`, which are in order, told apart by the columns that are left. */
  #grow(node: number, rows: readonly number[], order: readonly number[], growing: Growing): void {
    const { nodes, lists, links } = growing;
    const next =
      rows.length <= FEW
        ? NONE
        : order.findIndex((column) => rows.some((row) => isListed(this.#rows[row]!.cells[column]!)));
    const at = node * NODE;
    if (next === NONE) {
      place(nodes, at, [NONE, rows[0]!, lists.length, NONE, NONE, NONE]);
      lists.push(rows.length);
      for (const row of rows) {
        lists.push(row);
        for (const column of this.#tested) lists.push(this.#codeOf(this.#rows[row]!.cells[column]!, column));
      }
      return;
    }
    const column = order[next]!;
    const { named, open } = this.#split(rows, column);
    const rest = order.slice(next + 1);
    const children = reserve(growing, named.length);
    const openNode = open.length === 0 ? NONE : reserve(growing, 1);
    const isWide = this.#columns[column]!.codes.size > MOST_BITS;
    const codes = named.reduce((bits, { code }) => bits | (1 << code), 0);
    place(nodes, at, [column, rows[0]!, codes, children, openNode, open[0] ?? NONE]);
    named.forEach(({ code, rows: same }, rank) => {
      if (isWide) links.push({ node, code, child: children + rank });
      this.#grow(children + rank, same, rest, growing);
    });
    if (openNode !== NONE) this.#grow(openNode, open, rest, growing);
  }

  /** The rows that name each text of the column, by its code, and those that name none. */
  #split(rows: readonly number[], column: number): { readonly named: readonly Named[]; readonly open: number[] } {
    const byCode = new Map<number, number[]>();
    const open: number[] = [];
    for (const row of rows) {
      const cell = this.#rows[row]!.cells[column]!;
      if (!isListed(cell)) {
        open.push(row);
        continue;
      }
      for (const text of new Set(cell)) {
        const code = this.#columns[column]!.codes.get(text)!;
        const same = byCode.get(code);
        if (same === undefined) byCode.set(code, [row]);
        else same.push(row);
      }
    }
    const named = [...byCode].map(([code, same]) => ({ code, rows: same })).sort((a, b) => a.code - b.code);
    return { named, open };
  }
}

interface Named {
  readonly code: number;
  readonly rows: readonly number[];
}

/** Keeps places for nodes that follow one another, and gives the first of them. */
function reserve({ nodes }: Growing, count: number): number {
  const first = nodes.length / NODE;
  for (let left = count * NODE; left > 0; left -= 1) nodes.push(NONE);
  return first;
}

/** In the order of the constants above. */
function place(nodes: number[], at: number, numbers: readonly number[]): void {
  numbers.forEach((number, offset) => {
    nodes[at + offset] = number;
  });
}

interface Growing {
  readonly nodes: number[];
  readonly lists: number[];
  readonly links: Link[];
}

/** How many bits are set. */
function bitsIn(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
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
