/**
 * Which rows of a decision table meet, which combination has no row, which row never answers?
 * The space of all uses is divided column by column, and each piece is looked at with the rows that are left in it:
 * never pair by pair over all rows. Pieces that the same rows take are one piece.
 * Also called: gap, overlap, unreachable, masked row, 判定表の検査, 隙間, 重なり, 到達しない行, 隠れた行.
 * After Calvanese et al. 2016, decision table analysis by sweeping.
 */
import type { Axis } from './axis.ts';
import { KnownRows } from './known-rows.ts';

export interface SweptRow {
  /** Of each axis the parts that the row takes, null for all of them. */
  readonly parts: readonly (readonly number[] | null)[];
  /** How closely it fits a part of the first axis: the closest answers, whatever its place. */
  readonly closeness: (part: number) => number;
  /** What it leads to: rows with the same text lead to the same price. */
  readonly outcome: string;
}

export interface Swept {
  readonly axes: readonly Axis[];
  readonly rows: readonly SweptRow[];
  /** Whether rows fit the parts of the first axis more or less closely. */
  readonly isRanked: boolean;
  /** Of each axis, whether a part lies beyond all that the rows name, so that none of them takes it. */
  readonly isBeyond: readonly (readonly boolean[])[];
  /** Whether a piece can occur: `parts` are those of the first axes, one each. */
  readonly isPossible: (parts: readonly number[]) => boolean;
  /** How many axes `isPossible` looks at. */
  readonly judgedAxes: number;
}

/** A piece of the space: of each axis the parts of it, null for all. */
export type Piece = readonly (readonly number[] | null)[];

export type Swath =
  | { readonly is: 'gap'; readonly piece: Piece }
  | { readonly is: 'overlap'; readonly rows: readonly [number, number]; readonly piece: Piece };

/** What became of a row, once everything was looked at. */
export interface Standing {
  /** Some use is answered by it. */
  answers: boolean;
  /** Without it some use would be answered otherwise, or by nobody. */
  isNeeded: boolean;
  /** Rows that answer where it would. */
  readonly behind: Set<number>;
}

export interface SweepLimits {
  /** Rows and parts looked at, all together. */
  readonly steps: number;
  /** Gaps, and pairs that overlap, that are told at most. */
  readonly findings: number;
}

/** Found so far are yielded one by one, and undefined in between, so that the caller may look at the clock and leave. */
export function* sweep(
  table: Swept,
  limits: SweepLimits,
): Generator<Swath | undefined, { readonly standings: readonly Standing[]; readonly isWhole: boolean }> {
  const sweeper = new Sweeper(table, limits);
  yield* sweeper.run();
  return { standings: sweeper.standings, isWhole: sweeper.isWhole };
}

/** The rows that are left in a piece, the one that answers first. */
type Left = readonly number[];

interface Group {
  readonly parts: number[];
  readonly left: Left;
}

const STEPS_BETWEEN_LOOKS = 4096;
/** So many rows behind which another is hidden are remembered. */
const BEHIND = 8;

class Sweeper {
  readonly standings: readonly Standing[];
  isWhole = true;
  readonly #table: Swept;
  readonly #limits: SweepLimits;
  /** What was looked at and has nothing to tell, by level and hash. */
  #sound = new KnownRows();
  readonly #pairs = new Set<number>();
  /** From which axis on a row takes anything. */
  readonly #openFrom: Int32Array;
  /** How closely each row fits the part of the first axis that is being looked at, and its place among those that do. */
  readonly #close: Int32Array;
  readonly #place: Int32Array;
  /** Gaps told so far: among what the rows name, and beyond it. */
  readonly #gaps = { within: 0, beyond: 0 };
  #steps = 0;
  #look = STEPS_BETWEEN_LOOKS;

  constructor(table: Swept, limits: SweepLimits) {
    this.#table = table;
    this.#limits = limits;
    this.standings = table.rows.map(() => ({ answers: false, isNeeded: false, behind: new Set<number>() }));
    this.#close = new Int32Array(table.rows.length);
    this.#place = Int32Array.from(table.rows.keys());
    this.#openFrom = Int32Array.from(table.rows, ({ parts }) => parts.findLastIndex((taken) => taken !== null) + 1);
  }

  *run(): Generator<Swath | undefined> {
    yield* this.#divide(0, [...this.#table.rows.keys()], [], []);
  }

  /** True when nothing was found in the piece, so that the same rows need not be looked at again. */
  *#divide(level: number, left: Left, piece: Piece, parts: readonly number[]): Generator<Swath | undefined, boolean> {
    if (!this.isWhole) return false;
    const { axes, judgedAxes } = this.#table;
    if (level > 0 && level <= judgedAxes && !this.#table.isPossible(parts)) return false;
    if (left.length === 0) return yield* this.#gap(piece);
    // How closely a row fits is known once the first axis is divided.
    const isJudged = level > 0 && level >= judgedAxes;
    if (level === axes.length || (isJudged && (this.#openFrom[left[0]!]! <= level || this.#isAlone(left)))) {
      return yield* this.#settle(left, level, piece);
    }
    if (isJudged && (this.#sound.has(level, left) || this.#isSettled(left))) return true;
    let isSound = true;
    for (const { parts: of, left: within } of this.#groups(level, left)) {
      if (this.#steps > this.#look) {
        this.#look = this.#steps + STEPS_BETWEEN_LOOKS;
        if (this.#steps > this.#limits.steps) this.isWhole = false;
        yield undefined;
      }
      if (level === 0 && this.#table.isRanked) this.#enter(within, of[0]!);
      isSound = (yield* this.#divide(level + 1, within, [...piece, of], [...parts, of[0]!])) && isSound;
    }
    if (isJudged && isSound) this.#sound.add(level, left);
    return isSound;
  }

  /** The same rows in another part need not fit it as they fit this one. */
  #enter(left: Left, part: number): void {
    this.#sound = new KnownRows();
    left.forEach((row, place) => {
      this.#place[row] = place;
      this.#close[row] = this.#table.rows[row]!.closeness(part);
    });
  }

  /** Nobody else is left, and nobody asks for gaps any more. */
  #isAlone = (left: Left): boolean => left.length === 1 && this.#hasGaps;

  get #hasGaps(): boolean {
    return this.#gaps.within >= this.#limits.findings && this.#gaps.beyond >= this.#limits.findings;
  }

  /** Enough has been told, and nothing is left to learn of these rows. */
  #isSettled(left: Left): boolean {
    if (!this.#hasGaps || this.#pairs.size < this.#limits.findings) return false;
    return left.every((row) => this.standings[row]!.answers && this.standings[row]!.isNeeded);
  }

  *#gap(piece: Piece): Generator<Swath | undefined, boolean> {
    const isOpen = piece.some((parts, axis) => parts?.every((part) => this.#table.isBeyond[axis]![part]));
    const where = isOpen ? 'beyond' : 'within';
    if (this.#gaps[where] < this.#limits.findings) {
      this.#gaps[where] += 1;
      yield { is: 'gap', piece };
    }
    return false;
  }

  /** The first row answers in all of the piece, or at least wherever another of those left would. */
  *#settle(left: Left, level: number, piece: Piece): Generator<Swath | undefined, boolean> {
    const { rows } = this.#table;
    const first = left[0]!;
    const second = left[1];
    const standing = this.standings[first]!;
    standing.answers = true;
    const isReplaced =
      second !== undefined && this.#openFrom[second]! <= level && rows[second]!.outcome === rows[first]!.outcome;
    if (!isReplaced) standing.isNeeded = true;
    let isSound = true;
    for (let at = 1; at < left.length; at += 1) {
      const row = left[at]!;
      const { answers, behind } = this.standings[row]!;
      if (!answers && behind.size < BEHIND) behind.add(first);
      if (this.#close[row] !== this.#close[first]) continue;
      isSound = false;
      const pair = first * rows.length + row;
      if (this.#pairs.size >= this.#limits.findings || this.#pairs.has(pair)) continue;
      this.#pairs.add(pair);
      const met = rows[row]!.parts.map((taken, axis) => (axis < level ? (piece[axis] ?? null) : taken));
      yield { is: 'overlap', rows: [first, row], piece: met };
    }
    this.#steps += left.length;
    return isSound;
  }

  /** The parts of an axis, those together that the same rows take. */
  #groups(level: number, left: Left): readonly Group[] {
    const { axes, rows, judgedAxes } = this.#table;
    const isRanking = level === 0 && this.#table.isRanked;
    const count = axes[level]!.parts.length;
    const open: number[] = [];
    const named: number[][] = [];
    for (const row of left) {
      const taken = rows[row]!.parts[level]!;
      if (taken === null) open.push(row);
      else {
        this.#steps += taken.length;
        for (const part of taken) (named[part] ??= []).push(row);
      }
    }
    this.#steps += left.length + count;
    const groups: Group[] = [];
    const known = new KnownRows<Group>();
    let unnamed: Group | undefined;
    for (let part = 0; part < count; part += 1) {
      const own = named[part];
      const within =
        own === undefined ? open : isRanking ? this.#byCloseness([...own, ...open], part) : this.#inOrder(own, open);
      // A condition may tell parts apart that the rows do not, and of prefixes one fits more closely than another.
      const isApart = level < judgedAxes || (isRanking && own !== undefined);
      const same = isApart ? undefined : own === undefined ? unnamed : known.get(0, within);
      if (same !== undefined) {
        same.parts.push(part);
        continue;
      }
      const group = { parts: [part], left: within };
      groups.push(group);
      if (isApart) continue;
      if (own === undefined) unnamed = group;
      else known.add(0, within, group);
    }
    return groups;
  }

  #byCloseness(left: number[], part: number): Left {
    const close = this.#close;
    for (const row of left) close[row] = this.#table.rows[row]!.closeness(part);
    this.#steps += 4 * left.length;
    return left.sort((a, b) => close[b]! - close[a]! || a - b);
  }

  /** Both lists in one, in the order in which they answer. */
  #inOrder(a: Left, b: Left): Left {
    if (b.length === 0) return a;
    const place = this.#place;
    const both: number[] = [];
    let next = 0;
    for (const row of a) {
      while (next < b.length && place[b[next]!]! < place[row]!) both.push(b[next++]!);
      both.push(row);
    }
    while (next < b.length) both.push(b[next++]!);
    return both;
  }
}
