/**
 * Which columns of a price table tell its rows apart best, and how large may an index by them become?
 * Also called: selectivity, 選択度, 絞り込みの順序.
 */
import type { CellTest, IndexedRow } from './row-index.ts';

export const isListed = (cell: CellTest | undefined): cell is readonly string[] => Array.isArray(cell);

interface Column {
  readonly codes: ReadonlyMap<string, number>;
  /** About how many rows two rows drawn at random share the column with: the fewer, the earlier it is asked. */
  readonly shared: number;
}

export const mostTellingFirst = (columns: readonly Column[]): readonly number[] =>
  [...columns.keys()]
    .filter((column) => columns[column]!.codes.size > 0)
    .sort((a, b) => columns[a]!.shared - columns[b]!.shared);

export function columnOf(rows: readonly IndexedRow[], column: number): Column {
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

/**
 * A row that lists texts in several columns would stand in each combination of them: three lists of three hundred are 27 million.
 * So the index is held to some times the size of the table itself; where there is no more room, rows are looked at one by one.
 */
export const roomFor = (rows: readonly IndexedRow[]): number =>
  1_000 + rows.reduce((sum, { cells }) => cells.reduce((own, cell) => own + placesOf(cell), sum), 0) * 4;

export const placesOf = (cell: CellTest): number => (isListed(cell) ? cell.length : 1);
