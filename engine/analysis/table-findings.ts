/**
 * What is there to say of the rows of a price table, taken together?
 * Combinations that no row answers, rows that answer the same use, rows that never answer or change nothing, a hit policy
 * that the rows do not need. Each with a use that shows it. Also called: decision table analysis, 判定表の分析, 網羅性.
 */
import { certainty } from '#engine/conditions/certainty.ts';
import { factDictionary, type FactDefinition } from '#engine/conditions/dictionary.ts';
import type { FactValue } from '#engine/conditions/evaluate.ts';
import type { Condition, MatrixCell, MatrixColumn, MatrixPrice, OpenPeriod } from '#schemas/generated/types.ts';
import { rowsInOrder } from '#engine/tables/matrix.ts';
import { axisOf, type Axis, type Part, type Region } from './axis.ts';
import { dividing, valuesAsked } from './values-asked.ts';
import { sweep, type Piece, type Standing, type SweepLimits, type Swept, type SweptRow } from './sweep.ts';

/** A use, fact by fact, in the order of the columns; and the regions of the columns that show the same, null for any value. */
export interface Witness {
  readonly values: readonly FactValue[];
  readonly regions: readonly (readonly Region[] | null)[];
}

/** Rows are numbered from 0. A gap is `open` where it lies beyond all that the rows name in that column. */
export type TableFinding =
  | { readonly is: 'gap'; readonly open: number | null; readonly witness: Witness }
  | {
      readonly is: 'overlap';
      readonly rows: readonly [number, number];
      readonly samePrice: boolean;
      readonly witness: Witness;
    }
  /** Every use that the row takes is answered by the rows `by`; by none when no use can be like it. */
  | { readonly is: 'unreachable'; readonly row: number; readonly by: readonly number[] }
  /** Without the row every use would cost the same. */
  | { readonly is: 'needless'; readonly row: number }
  /** No use is answered by more than one row: 'unique' says the same, and says it of rows to come. */
  | { readonly is: 'policy-unused' }
  /** Rows that meet come to the same: 'any' says so, and says it of rows to come. */
  | { readonly is: 'any-suffices' }
  /** The table is too entangled to be looked at in whole. */
  | { readonly is: 'cut-short' };

export interface Within {
  /** What the charge asks of a use before the table does. */
  readonly where?: Condition | undefined;
  /** When the ruleset answers: an earlier or later day of use needs no row. */
  readonly effective?: OpenPeriod | undefined;
}

export const tableLimits: SweepLimits = { steps: 1_500_000, findings: 50 };

/**
 * The findings one by one, the gaps and overlaps as they are met, the rest last; undefined in between, so that the caller may
 * look at the clock and leave. The columns and cells have been checked each by itself.
 */
export function* tableFindings(
  table: MatrixPrice,
  { where, effective }: Within = {},
  limits: SweepLimits = tableLimits,
): Generator<TableFinding | undefined, void> {
  const laid = laidOut(table, where);
  const { swept, impossible, numbers } = laid;
  /** What need not be told again: an open side of a column, the same hole under another prefix. */
  const toldOnce = new Set<string>();
  const sweeping = sweep(swept, limits);
  let overlaps = 0;
  let differs = false;
  let next = sweeping.next();
  for (; next.done !== true; next = sweeping.next()) {
    const found = next.value;
    if (found === undefined) yield undefined;
    else if (found.is === 'overlap') {
      const rows = found.rows.map((row) => numbers[row] as number) as [number, number];
      const [first, second] = found.rows.map((row) => swept.rows[row]?.outcome);
      const samePrice = first === second;
      overlaps += 1;
      differs ||= !samePrice;
      if (!mayMeet(table.hit, samePrice)) {
        yield { is: 'overlap', rows, samePrice, witness: witnessOf(found.piece, laid) };
      }
    } else {
      const open = openAxis(found.piece, swept);
      const hole = open === null && swept.isRanked ? JSON.stringify(found.piece.slice(1)) : undefined;
      if (hole !== undefined && toldOnce.has(hole)) continue;
      if (hole !== undefined) toldOnce.add(hole);
      if (open === null) yield { is: 'gap', open, witness: witnessOf(found.piece, laid) };
      else yield* openGaps(table, open, found.piece, laid, toldOnce, effective);
    }
  }
  for (const row of impossible.slice(0, limits.findings)) yield { is: 'unreachable', row, by: [] };
  const { standings, isWhole } = next.value;
  if (!isWhole) return yield { is: 'cut-short' };
  yield* standings.flatMap((standing, at) => ofRow(standing, at, numbers)).slice(0, limits.findings);
  if (table.hit === 'unique' || table.rows.length < 2) return;
  if (overlaps === 0) yield { is: 'policy-unused' };
  else if (table.hit !== 'any' && !differs && overlaps < limits.findings) yield { is: 'any-suffices' };
}

/** Where one of the rows goes before the others, they may meet; where any of them may answer, they must come to the same. */
const mayMeet = (hit: MatrixPrice['hit'], samePrice: boolean): boolean =>
  hit === 'any' ? samePrice : hit !== 'unique';

interface LaidOut {
  /** Which column each axis is of: the prefix first, then those that the condition asks about, then the telling ones. */
  readonly order: readonly number[];
  readonly axes: readonly Axis[];
  readonly swept: Swept;
  /** Rows that no use can be like. */
  readonly impossible: readonly number[];
  /** The number in the table of each row that is swept. */
  readonly numbers: readonly number[];
}

function laidOut(table: MatrixPrice, where: Condition | undefined): LaidOut {
  const { columns, rows } = table;
  const asked = boundsByColumn(table, where);
  const all = columns.map((column, index) =>
    axisOf(
      column,
      definitionOf(column),
      rows.map(({ when }) => when[index] ?? null),
      asked.get(index),
    ),
  );
  const prefix = columns.findIndex(({ match }) => match === 'prefix');
  const parts = rows.map(({ when }) => all.map((axis, index) => takenBy(axis, when[index] ?? null)));
  const weight = columns.map((_column, index) =>
    index === prefix ? -2 : asked.has(index) ? -1 : crowding(parts, index, all[index] as Axis),
  );
  const order = [...columns.keys()].sort((a, b) => (weight[a] as number) - (weight[b] as number));
  const possible = rowsInOrder(table).filter((row) => parts[row]?.every((taken) => taken === null || taken.length > 0));
  const axes = order.map((column) => all[column] as Axis);
  const facts = order.map((column) => (asked.has(column) ? columns[column]?.fact : undefined));
  const swept: Swept = {
    axes,
    rows: possible.map((row): SweptRow => {
      const cell = prefix < 0 ? null : (rows[row]?.when[prefix] ?? null);
      return {
        parts: order.map((column) => parts[row]?.[column] ?? null),
        closeness: (part) => (prefix < 0 ? 0 : (axes[0] as Axis).closeness(cell, part)),
        outcome: outcomeOf(table, row),
      };
    }),
    isRanked: prefix >= 0,
    isBeyond: order.map((column) => beyond(parts, column, all[column] as Axis)),
    isPossible: (taken) => where === undefined || certainty(where, factsOf(taken, axes, facts)) !== false,
    judgedAxes: asked.size === 0 ? 0 : weight.filter((each) => each < 0).length,
  };
  const isSwept = new Set(possible);
  const impossible = [...rows.keys()].filter((row) => !isSwept.has(row));
  return { order, axes, swept, impossible, numbers: possible };
}

/** Of each row, of each column, the parts that it takes; null for all. */
type RowParts = readonly (readonly (readonly number[] | null)[])[];

function takenBy(axis: Axis, cell: MatrixCell): readonly number[] | null {
  const taken = axis.taken(cell);
  return taken?.length === axis.parts.length ? null : taken;
}

/** About how many rows share a part of the column: the fewer, the earlier it divides. */
function crowding(parts: RowParts, column: number, axis: Axis): number {
  const counts = new Float64Array(axis.parts.length);
  let open = 0;
  for (const row of parts) {
    const taken = row[column] ?? null;
    if (taken === null) open += 1;
    else for (const part of taken) counts[part] = (counts[part] ?? 0) + 1;
  }
  return open + counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length);
}

/** What is known of a use in such parts, of the facts that divide the parts the condition's way. */
const factsOf = (
  taken: readonly number[],
  axes: readonly Axis[],
  facts: readonly (string | undefined)[],
): ReadonlyMap<string, FactValue> =>
  new Map(
    taken.flatMap((part, axis) => {
      const fact = facts[axis];
      return fact === undefined ? [] : [[fact, axes[axis]?.parts[part]?.sample as FactValue] as const];
    }),
  );

const definitionOf = ({ fact }: MatrixColumn): FactDefinition => factDictionary.get(fact) as FactDefinition;

/** By column, what the condition divides it at; of columns only that it divides. */
function boundsByColumn(
  { columns }: MatrixPrice,
  where: Condition | undefined,
): ReadonlyMap<number, readonly string[]> {
  const asked = where === undefined ? undefined : valuesAsked(where);
  return new Map(
    columns.flatMap((column, index) => {
      const of = asked?.get(column.fact);
      const bounds = of && dividing(of, column.match, definitionOf(column));
      return bounds === undefined ? [] : [[index, bounds] as const];
    }),
  );
}

/** What a row comes to, whatever it is called. */
function outcomeOf({ rows }: MatrixPrice, row: number): string {
  const { id: _id, name: _name, when: _when, ...price } = rows[row] as MatrixPrice['rows'][number];
  return JSON.stringify(price);
}

function witnessOf(piece: Piece, { order, axes }: LaidOut): Witness {
  const byColumn = axes.map((axis, at) => ({ axis, taken: piece[at] ?? null, column: order[at] as number }));
  const inOrder = byColumn.toSorted((a, b) => a.column - b.column);
  return {
    values: inOrder.map(({ axis, taken }) => axis.parts[taken?.[0] ?? 0]?.sample ?? null),
    regions: inOrder.map(({ axis, taken }) =>
      taken === null || taken.length === axis.parts.length ? null : joined(taken, axis),
    ),
  };
}

/** The regions of the parts, neighbours in one. */
function joined(taken: readonly number[], { parts }: Axis): readonly Region[] {
  const regions: Region[] = [];
  for (const part of taken) {
    const { region } = parts[part] as Part;
    const last = regions.at(-1);
    if (last?.is === 'range' && region.is === 'range' && last.to !== null && last.to === region.from)
      regions[regions.length - 1] = { is: 'range', from: last.from, to: region.to };
    else regions.push(region);
  }
  return regions;
}

/** The first axis in which all of the piece lies beyond what the rows name. */
function openAxis(piece: Piece, { isBeyond }: Swept): number | null {
  const open = piece.findIndex((parts, axis) => parts?.every((part) => isBeyond[axis]?.[part]) === true);
  return open < 0 ? null : open;
}

/** Which parts of the column lie outside, and are taken by no row. */
function beyond(parts: RowParts, column: number, axis: Axis): readonly boolean[] {
  const isTaken = new Uint8Array(axis.parts.length);
  for (const row of parts) {
    const taken = row[column] ?? null;
    if (taken === null) isTaken.fill(1);
    else for (const part of taken) isTaken[part] = 1;
  }
  return axis.parts.map(({ isOutside }, part) => isOutside && isTaken[part] === 0);
}

/** Of an open gap each side by itself, and each side of a column once: that it is open is all there is to say. */
function openGaps(
  table: MatrixPrice,
  open: number,
  piece: Piece,
  laid: LaidOut,
  told: Set<string>,
  effective: OpenPeriod | undefined,
): TableFinding[] {
  const column = laid.order[open] as number;
  return (piece[open] ?? []).flatMap((part): TableFinding[] => {
    const witness = witnessOf(
      piece.map((parts, axis) => (axis === open ? [part] : parts)),
      laid,
    );
    const side = `${column}.${part}`;
    if (told.has(side) || isOutsideDays(table, column, witness, effective)) return [];
    told.add(side);
    return [{ is: 'gap', open: column, witness }];
  });
}

/** A day of use on which the ruleset does not answer anyway. */
function isOutsideDays(table: MatrixPrice, column: number, { regions }: Witness, effective?: OpenPeriod): boolean {
  if (effective === undefined || table.columns[column]?.fact !== 'usage.date') return false;
  const days = regions[column] ?? [];
  return days.every(
    (region) =>
      region.is === 'range' &&
      ((region.to !== null && region.to <= effective.from) ||
        (region.from !== null && effective.to !== null && region.from >= effective.to)),
  );
}

function ofRow({ answers, isNeeded, behind }: Standing, at: number, numbers: readonly number[]): TableFinding[] {
  const row = numbers[at] as number;
  if (!answers && behind.size > 0) {
    return [{ is: 'unreachable', row, by: [...behind].map((each) => numbers[each] as number).sort((a, b) => a - b) }];
  }
  if (!answers) return [{ is: 'unreachable', row, by: [] }];
  return isNeeded ? [] : [{ is: 'needless', row }];
}
