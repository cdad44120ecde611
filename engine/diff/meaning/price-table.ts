/**
 * For which uses does another row of a price table answer, or the same row at another price? Tables are compared as
 * functions: rows that stand elsewhere, are named otherwise, or are cut otherwise change nothing by themselves.
 * Also called: decision table diff, rate deck comparison, 料金表の比較, 判定表の差分.
 */
import { addDays, isCivilDate } from '#engine/calendar/civil-date.ts';
import { SOMETHING_ELSE } from '#engine/conditions/boundaries.ts';
import { factDictionary } from '#engine/conditions/dictionary.ts';
import type { FactValue } from '#engine/conditions/operators.ts';
import { exact, isNegative, minus, ONE, toText } from '#engine/money/exact.ts';
import { matrixRowFor } from '#engine/tables/matrix.ts';
import type { MatrixCell, MatrixPrice, UsageCharge } from '#schemas/generated/types.ts';

export interface RowPrice {
  readonly row: string;
  readonly unitPrice: string;
  readonly unitSize: string;
  readonly connectFee: string;
}

export interface TableDifference {
  readonly before: RowPrice | undefined;
  readonly after: RowPrice | undefined;
  /** A use that is priced otherwise. */
  readonly facts: Readonly<Record<string, FactValue>>;
}

export interface TableCharge {
  readonly table: MatrixPrice;
  /** What a row takes over where it says nothing itself. */
  readonly charge: Pick<UsageCharge, 'connectFee'> & { readonly unit?: UsageCharge['unit'] };
}

/** So many uses are tried: up to here every combination of boundaries, beyond it those at the corners of the rows. */
const MOST_USES = 60_000;

/** One difference for each pair of rows that answer, with an example; none when the tables say the same. */
export function tableDifferences(before: TableCharge, after: TableCharge): TableDifference[] {
  const facts = [...new Set([...before.table.columns, ...after.table.columns].map(({ fact }) => fact))];
  const boundaries = facts.map((fact) => boundariesIn(fact, [before.table, after.table]));
  const uses = boundaries.reduce((product, { length }) => product * length, 1);
  const tried = uses <= MOST_USES ? everyUse(boundaries) : cornersOf(facts, boundaries, [before.table, after.table]);
  const found = new Map<string, TableDifference>();
  for (const values of tried) {
    const use = new Map(facts.map((fact, index) => [fact, values[index] ?? null]));
    const [was, is] = [before, after].map((side) => answer(side, use));
    if (isSamePrice(was, is)) continue;
    const key = `${was?.row ?? ''} ${is?.row ?? ''}`;
    if (!found.has(key)) found.set(key, { before: was, after: is, facts: Object.fromEntries(use) });
  }
  return [...found.values()];
}

function answer({ table, charge }: TableCharge, use: ReadonlyMap<string, FactValue>): RowPrice | undefined {
  const index = matrixRowFor(table, (fact) => use.get(fact) ?? null);
  const row = index === undefined ? undefined : table.rows[index];
  if (row === undefined) return undefined;
  return {
    row: row.id,
    unitPrice: plain(row.unitPrice),
    unitSize: plain(row.unitSize ?? charge.unit?.size ?? '1'),
    connectFee: plain(row.connectFee ?? charge.connectFee ?? '0'),
  };
}

const plain = (decimal: string): string => toText(exact(decimal));

function isSamePrice(a: RowPrice | undefined, b: RowPrice | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.unitPrice === b.unitPrice && a.unitSize === b.unitSize && a.connectFee === b.connectFee;
}

/** One value for each stretch of a fact in which no cell changes its mind. */
function boundariesIn(fact: string, tables: readonly MatrixPrice[]): FactValue[] {
  const texts = new Set<string>();
  for (const { columns, rows } of tables) {
    columns.forEach((column, index) => {
      if (column.fact === fact)
        for (const { when } of rows) for (const text of namedIn(when[index] ?? null)) texts.add(text);
    });
  }
  const bounds = new Set([...texts].flatMap((text) => [text, ...beside(text)]));
  const known = factDictionary.get(fact);
  const isRanged = tables.some(({ columns }) =>
    columns.some((column) => column.fact === fact && column.match === 'range'),
  );
  return [
    ...(isRanged ? bounds : (known?.values ?? texts)),
    ...(isRanged || known?.values !== undefined ? [] : [SOMETHING_ELSE]),
    ...((known?.nullable ?? true) ? [null] : []),
  ];
}

function namedIn(cell: MatrixCell): string[] {
  if (cell === null) return [];
  if (typeof cell === 'string') return [cell];
  return Array.isArray(cell) ? cell : [cell.from, cell.to].filter((bound) => bound !== null);
}

/** The value right below a bound of a range. */
function beside(text: string): string[] {
  if (isCivilDate(text)) return [addDays(text, -1)];
  if (!/^-?[0-9]+(\.[0-9]+)?$/.test(text)) return [];
  const below = minus(exact(text), ONE);
  return isNegative(below) ? [] : [toText(below)];
}

function everyUse(boundaries: readonly (readonly FactValue[])[]): FactValue[][] {
  return boundaries.reduce<FactValue[][]>(
    (uses, values) => uses.flatMap((use) => values.map((value) => [...use, value])),
    [[]],
  );
}

/** For each row the uses at its own corner: its named values, and where it takes anything, values that others name. */
function* cornersOf(
  facts: readonly string[],
  boundaries: readonly (readonly FactValue[])[],
  tables: readonly MatrixPrice[],
): Generator<FactValue[]> {
  for (const { columns, rows } of tables) {
    for (const { when } of rows) {
      const cells = facts.map((fact, at): readonly FactValue[] => {
        const cell = when[columns.findIndex((column) => column.fact === fact)] ?? null;
        if (cell === null)
          return boundaries[at]!.length <= 3 ? boundaries[at]! : [boundaries[at]![0]!, boundaries[at]!.at(-1)!];
        if (typeof cell === 'string') return [cell];
        return Array.isArray(cell) ? cell : [cell.from ?? beside(cell.to ?? '')[0] ?? null];
      });
      if (cells.reduce((product, { length }) => product * length, 1) <= MOST_CORNERS) yield* everyUse(cells);
      else yield cells.map(([first]) => first ?? null);
    }
  }
}

const MOST_CORNERS = 256;
