/**
 * Into which parts do the cells of a column divide all that its fact can say?
 * Two values of one part are the same to every row, so that a table of a thousand rows is judged part by part, exactly.
 * Also called: elementary intervals, equivalence classes, 区間分割, 値の区分.
 */
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { FactDefinition } from '#engine/conditions/dictionary.ts';
import type { FactValue } from '#engine/conditions/evaluate.ts';
import { compare, exact, fromInteger, minus, ONE, toText } from '#engine/money/exact.ts';
import { roundToInteger } from '#engine/money/rounding.ts';
import type { MatrixCell, MatrixColumn } from '#schemas/generated/types.ts';

/** What a part of an axis holds. `other`: any text that no row names; `absent`: no value at all. */
export type Region =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'range'; readonly from: string | null; readonly to: string | null }
  | { readonly is: 'prefix'; readonly prefix: string }
  | { readonly is: 'other' }
  | { readonly is: 'absent' };

export interface Part {
  readonly region: Region;
  /** A value that lies in it. */
  readonly sample: FactValue;
  /** Beyond all that the rows name: before the first bound, after the last, a text of no row. */
  readonly isOutside: boolean;
}

export interface Axis {
  readonly parts: readonly Part[];
  /** The parts that a cell takes; null when it takes all of them. */
  readonly taken: (cell: MatrixCell) => readonly number[] | null;
  /** How closely a cell fits a part that it takes, by the length of its prefix; 0 where nothing is longer than another. */
  readonly closeness: (cell: MatrixCell, part: number) => number;
}

/** `bounds` are values that matter besides those of the cells, as a condition over the same fact names them. */
export function axisOf(
  { match }: Pick<MatrixColumn, 'match'>,
  definition: FactDefinition,
  cells: readonly MatrixCell[],
  bounds: readonly string[] = [],
): Axis {
  if (match === 'range') return rangeAxis(definition, cells, bounds);
  const texts = [...new Set([...cells.flatMap(textsOf), ...bounds])];
  return match === 'prefix' ? prefixAxis(texts) : textAxis(texts, definition);
}

const textsOf = (cell: MatrixCell): readonly string[] =>
  typeof cell === 'string' ? [cell] : Array.isArray(cell) ? cell : [];

const alike = (): number => 0;

function textAxis(named: readonly string[], { values, nullable }: FactDefinition): Axis {
  const texts = [...new Set([...(values ?? []), ...named])];
  const part = new Map(texts.map((text, index) => [text, index]));
  const parts: Part[] = texts.map((text) => ({ region: { is: 'text', text }, sample: text, isOutside: false }));
  if (values === undefined) parts.push({ region: { is: 'other' }, sample: unlike(texts), isOutside: true });
  if (nullable) parts.push({ region: { is: 'absent' }, sample: null, isOutside: true });
  const taken = (cell: MatrixCell): readonly number[] | null =>
    cell === null ? null : [...new Set(textsOf(cell).map((text) => part.get(text) as number))];
  return { parts, taken, closeness: alike };
}

/** A text that none of them is, nor begins with. */
function unlike(texts: readonly string[]): string {
  const taken = new Set(texts);
  let text = 'other';
  while (taken.has(text)) text += '-';
  return text;
}

/** A part is what begins with one prefix and with no longer one that is named. */
function prefixAxis(named: readonly string[]): Axis {
  const prefixes = [...new Set(['', ...named])];
  const within = new Map<string, number[]>(prefixes.map((prefix) => [prefix, []]));
  for (const [index, prefix] of prefixes.entries()) {
    for (let length = 0; length <= prefix.length; length += 1) within.get(prefix.slice(0, length))?.push(index);
  }
  const parts = prefixes.map((prefix): Part => ({
    region: prefix === '' ? { is: 'other' } : { is: 'prefix', prefix },
    sample: prefix,
    isOutside: prefix === '',
  }));
  const taken = (cell: MatrixCell): readonly number[] | null => {
    const texts = textsOf(cell);
    if (cell === null || texts.includes('')) return null;
    return [...new Set(texts.flatMap((text) => within.get(text) ?? []))];
  };
  const closeness = (cell: MatrixCell, at: number): number => {
    const prefix = prefixes[at] as string;
    return textsOf(cell).reduce((best, text) => (prefix.startsWith(text) ? Math.max(best, text.length) : best), 0);
  };
  return { parts, taken, closeness };
}

/** The pieces between all bounds, in order; a piece that the fact can never lie in is left out. */
function rangeAxis(definition: FactDefinition, cells: readonly MatrixCell[], bounds: readonly string[]): Axis {
  const { type, from = null, below = null, nullable } = definition;
  const isDate = type === 'date';
  const order = isDate ? (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0) : decimalOrder();
  const ends = cells.flatMap((cell) =>
    cell !== null && typeof cell === 'object' && !Array.isArray(cell) ? [cell.from, cell.to] : [],
  );
  const named = [...new Set([...ends, ...bounds, from, below].filter((each) => each !== null))].sort(order);
  const cuts = named.filter((cut, index) => index === 0 || order(named[index - 1] as string, cut) !== 0);
  const pieces = [null, ...cuts].map((start, index) => ({ from: start, to: cuts[index] ?? null }));
  const parts: Part[] = [];
  const partAt: number[] = pieces.map((piece) => {
    const isOut =
      (from !== null && (piece.from === null || order(piece.from, from) < 0)) ||
      (below !== null && (piece.to === null || order(piece.to, below) > 0));
    const sample = isOut ? undefined : isDate ? dayIn(piece) : numberIn(piece, definition.whole === true);
    if (sample === undefined) return -1;
    const isOutside = piece.from === null || piece.to === null;
    return parts.push({ region: { is: 'range', ...piece }, sample, isOutside }) - 1;
  });
  if (nullable) parts.push({ region: { is: 'absent' }, sample: null, isOutside: true });
  const cutAt = new Map<string, number>();
  let at = 0;
  for (const each of named) {
    if (order(cuts[at] as string, each) !== 0) at += 1;
    cutAt.set(each, at);
  }
  const taken = (cell: MatrixCell): readonly number[] | null => {
    if (cell === null || typeof cell !== 'object' || Array.isArray(cell)) return null;
    const first = cell.from === null ? 0 : (cutAt.get(cell.from) as number) + 1;
    const last = cell.to === null ? pieces.length - 1 : (cutAt.get(cell.to) as number);
    return partAt.slice(first, last + 1).filter((part) => part >= 0);
  };
  return { parts, taken, closeness: alike };
}

/** The order of decimals as numbers, each read once. */
function decimalOrder(): (a: string, b: string) => number {
  const read = new Map<string, ReturnType<typeof exact>>();
  const valueOf = (text: string): ReturnType<typeof exact> => {
    const known = read.get(text) ?? exact(text);
    read.set(text, known);
    return known;
  };
  return (a, b) => (a === b ? 0 : compare(valueOf(a), valueOf(b)));
}

type Piece = { readonly from: string | null; readonly to: string | null };

/** A day in the piece; undefined before the first day there is. */
function dayIn({ from, to }: Piece): string | undefined {
  if (from !== null || to === null) return from ?? '2026-04-01';
  return to === '0001-01-01' ? undefined : addDays(to as CivilDate, -1);
}

/** A number in the piece, a whole one where the fact says only those; undefined when there is none. */
function numberIn({ from, to }: Piece, whole: boolean): string | undefined {
  if (from === null) return to === null ? '0' : toText(minus(exact(to), ONE));
  if (!whole) return from;
  const least = fromInteger(roundToInteger(exact(from), 'ceiling'));
  return to === null || compare(least, exact(to)) < 0 ? toText(least) : undefined;
}
