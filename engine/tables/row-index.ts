/**
 * How is the first row that answers found among thousands? A chain of hashes: each level takes a column, follows the
 * rows that name the value and the rows that take anything, and never one that cannot come before what was found.
 * Rows are kept once, whatever they leave open; ranges and the like are tested on the few rows that are left.
 * Also called: chained hash index, decision table index, 判定表の索引.
 */
import type { FactValue } from '#engine/conditions/evaluate.ts';
import { Children, type Link } from './children-by-hash.ts';
import { Packing } from './packed-cells.ts';
import { columnOf, isListed, mostTellingFirst, placesOf, roomFor } from './telling-columns.ts';

/** What a cell asks for: one of some texts, or a test of its own; null takes anything. */
export type CellTest = readonly string[] | ((value: FactValue) => boolean) | null;

export interface IndexedRow {
  readonly row: number;
  readonly cells: readonly CellTest[];
}

/** Where too few rows are left to be worth another level, they are looked at one by one. */
const FEW = 16;
const NONE = -1;
/** A value that no cell names. */
const UNNAMED = -1;

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
  /** The number of each text, column by column. */
  readonly #codes: readonly ReadonlyMap<string, number>[];
  /** What is kept of each node, see NODE. */
  readonly #nodes: Int32Array;
  readonly #packing: Packing;
  /** Lists of rows, each after its length: a row, and the words of its cells, each followed by its mask. */
  readonly #lists: Int32Array;
  /** 1 for rows with cells that compare by more than the number of one text. */
  readonly #isTested: Uint8Array;
  readonly #children: Children;
  /** The numbers of the values that are asked for, and the words that they make. */
  readonly #asked: Int32Array;
  readonly #words: Int32Array;

  constructor(rows: readonly IndexedRow[], width: number) {
    this.#rows = rows;
    this.#numbers = Int32Array.from(rows, ({ row }) => row);
    const columns = Array.from({ length: width }, (_, column) => columnOf(rows, column));
    this.#codes = columns.map(({ codes }) => codes);
    this.#packing = new Packing(this.#codes.map(({ size }) => size));
    this.#isTested = Uint8Array.from(rows, ({ cells }) => (cells.some(isOfItsOwn) ? 1 : 0));
    const growing: Growing = { nodes: [], lists: [], links: [], room: roomFor(rows) };
    this.#grow(reserve(growing, 1), [...rows.keys()], mostTellingFirst(columns), growing);
    this.#nodes = Int32Array.from(growing.nodes);
    this.#lists = Int32Array.from(growing.lists);
    this.#children = new Children(growing.links);
    this.#asked = new Int32Array(width);
    this.#words = new Int32Array(this.#packing.words);
  }

  /** The number of the first row that answers to the values, column by column; -1 when none does. */
  first(values: readonly FactValue[]): number {
    const codes = this.#codes;
    const words = this.#words.fill(0);
    for (let column = 0; column < codes.length; column += 1) {
      const code = codes[column]!.get(values[column] as string) ?? UNNAMED;
      this.#asked[column] = code;
      this.#packing.ask(words, column, code);
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
    if (this.#codes[column]!.size > MOST_BITS) return this.#children.get(node, code);
    return this.#nodes[node * NODE + CHILDREN]! + bitsIn(codes & (bit - 1));
  }

  #firstOf(list: number, values: readonly FactValue[], before: number): number {
    const lists = this.#lists;
    const asked = this.#words;
    const first = asked[0]!;
    const step = 1 + 2 * asked.length;
    const end = list + 1 + lists[list]! * step;
    for (let at = list + 1; at < end; at += step) {
      // The first word tells most rows apart.
      if (((first ^ lists[at + 1]!) & lists[at + 2]!) !== 0) continue;
      const row = lists[at]!;
      if (row >= before) return NONE;
      if (this.#isAlike(at + 3) && (this.#isTested[row] === 0 || this.#passes(row, values))) return row;
    }
    return NONE;
  }

  /** Whether the words after the first, which begin there, are those asked for as well. */
  #isAlike(from: number): boolean {
    const lists = this.#lists;
    const asked = this.#words;
    for (let word = 1, at = from; word < asked.length; word += 1, at += 2) {
      if (((asked[word]! ^ lists[at]!) & lists[at + 1]!) !== 0) return false;
    }
    return true;
  }

  /** Whether the values pass the tests of the row's cells that compare by more than the number of one text. */
  #passes(row: number, values: readonly FactValue[]): boolean {
    return this.#rows[row]!.cells.every((cell, column) => {
      if (!isOfItsOwn(cell)) return true;
      const value = values[column]!;
      return typeof cell === 'function' ? cell(value) : cell.includes(value as string);
    });
  }

  #listOf(rows: readonly number[], lists: number[]): void {
    lists.push(rows.length);
    for (const row of rows) {
      const codes = this.#rows[row]!.cells.map((cell, column) =>
        cell === null || isOfItsOwn(cell) ? undefined : this.#codes[column]!.get(cell[0]!),
      );
      const { words, masks } = this.#packing.cellsOf(codes);
      lists.push(row);
      words.forEach((word, at) => lists.push(word, masks[at]!));
    }
  }

  /** Makes the node of `rows`, which are in order, told apart by the columns that are left. */
  #grow(node: number, rows: readonly number[], order: readonly number[], growing: Growing): void {
    const { nodes, lists, links } = growing;
    const next = rows.length <= FEW ? NONE : order.findIndex((column) => this.#isTelling(rows, column, growing.room));
    const at = node * NODE;
    if (next === NONE) {
      place(nodes, at, [NONE, rows[0]!, lists.length, NONE, NONE, NONE]);
      this.#listOf(rows, lists);
      return;
    }
    const column = order[next]!;
    const { named, open } = this.#split(rows, column);
    growing.room -= named.reduce((sum, { rows: same }) => sum + same.length, open.length);
    const rest = order.slice(next + 1);
    const children = reserve(growing, named.length);
    const openNode = open.length === 0 ? NONE : reserve(growing, 1);
    const isWide = this.#codes[column]!.size > MOST_BITS;
    const codes = named.reduce((bits, { code }) => bits | (1 << code), 0);
    place(nodes, at, [column, rows[0]!, codes, children, openNode, open[0] ?? NONE]);
    named.forEach(({ code, rows: same }, rank) => {
      if (isWide) links.push({ node, code, child: children + rank });
      this.#grow(children + rank, same, rest, growing);
    });
    if (openNode !== NONE) this.#grow(openNode, open, rest, growing);
  }

  /** Whether some of the rows name texts in the column, and there is room for each row beside each of its texts. */
  #isTelling(rows: readonly number[], column: number, room: number): boolean {
    let places = 0;
    let isNamed = false;
    for (const row of rows) {
      const cell = this.#rows[row]!.cells[column]!;
      isNamed ||= isListed(cell);
      places += placesOf(cell);
    }
    return isNamed && places <= room;
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
        const code = this.#codes[column]!.get(text)!;
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
  /** In so many more places rows may stand. */
  room: number;
}

/** How many bits are set. */
function bitsIn(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Neither anything nor one text. */
const isOfItsOwn = (cell: CellTest): cell is Exclude<CellTest, null> =>
  cell !== null && !(isListed(cell) && cell.length === 1);
