/**
 * What would a price table from a file change in the draft, and which commands make it so? Rows are known by their ids.
 * Also called: import preview, 取り込みの確認, 差分.
 */
import type { Diagnostic, MatrixPrice, MatrixRow } from '#schemas/generated/types.ts';
import type { Command } from '#lib/document/commands.ts';
import { below, segmentsOf } from '#lib/document/pointer.ts';
import { isSame } from './published-rows.ts';

export interface ImportedChanges {
  readonly added: readonly MatrixRow[];
  readonly changed: readonly { readonly was: MatrixRow; readonly is: MatrixRow }[];
  readonly removed: readonly MatrixRow[];
  /** The order of the rows that stay, the columns, the hit policy. */
  readonly arrangement: readonly ('order' | 'columns' | 'hit')[];
}

export function importedChanges(was: MatrixPrice, is: MatrixPrice): ImportedChanges {
  const earlier = new Map(was.rows.map((row) => [row.id, row]));
  const later = new Set(is.rows.map(({ id }) => id));
  const stayed = is.rows.flatMap((row) => (earlier.has(row.id) ? [row.id] : []));
  const stood = was.rows.flatMap(({ id }) => (later.has(id) ? [id] : []));
  return {
    added: is.rows.filter(({ id }) => !earlier.has(id)),
    changed: is.rows.flatMap((row) => {
      const before = earlier.get(row.id);
      return before === undefined || isSame(before, row) ? [] : [{ was: before, is: row }];
    }),
    removed: was.rows.filter(({ id }) => !later.has(id)),
    arrangement: [
      ...(isSame(stayed, stood) ? [] : (['order'] as const)),
      ...(isSame(was.columns, is.columns) ? [] : (['columns'] as const)),
      ...(was.hit === is.hit ? [] : (['hit'] as const)),
    ],
  };
}

export const isNoChange = ({ added, changed, removed, arrangement }: ImportedChanges): boolean =>
  added.length + changed.length + removed.length + arrangement.length === 0;

/** One step back undoes all of them. Rows that stay as they are keep how they are written, unless their order is another. */
export function importCommands(at: string, was: MatrixPrice, is: MatrixPrice): Command[] {
  const { arrangement } = importedChanges(was, is);
  const set = (field: 'hit' | 'columns' | 'rows'): Command => ({
    ...{ do: 'set', at: below(at, field), order: ['model', 'hit', 'columns', 'rows'] },
    value: is[field],
  });
  const around = [
    ...(arrangement.includes('hit') ? [set('hit')] : []),
    ...(arrangement.includes('columns') ? [set('columns')] : []),
  ];
  if (arrangement.includes('order')) return [...around, set('rows')];
  const rows = below(at, 'rows');
  const later = new Map(is.rows.map((row, index) => [row.id, { row, index }]));
  const earlier = new Set(was.rows.map(({ id }) => id));
  const changed = was.rows.flatMap((row, index): Command[] => {
    const now = later.get(row.id)?.row;
    return now === undefined || isSame(row, now) ? [] : [{ do: 'set', at: below(rows, index), value: now, order: [] }];
  });
  const gone = was.rows.flatMap(({ id }, index) => (later.has(id) ? [] : [index]));
  const added = runsOf(is.rows.flatMap((row, index) => (earlier.has(row.id) ? [] : [{ row, index }])));
  return [
    ...around,
    ...changed,
    ...(gone.length === 0 ? [] : [{ do: 'removeItems', at: rows, indexes: gone } as const]),
    ...added.map((run): Command => ({
      ...{ do: 'insert', at: rows, index: run[0]!.index },
      values: run.map(({ row }) => row),
    })),
  ];
}

type Placed = { readonly row: MatrixRow; readonly index: number };

/** What stands together comes together. */
function runsOf(placed: readonly Placed[]): readonly Placed[][] {
  const runs: Placed[][] = [];
  for (const each of placed) {
    const last = runs.at(-1);
    if (last?.at(-1)?.index === each.index - 1) last.push(each);
    else runs.push([each]);
  }
  return runs;
}

/** Where a diagnostic about the table of a file stands: the line below the headings, and the column by its fact. */
export function placeInFile(
  { path }: Pick<Diagnostic, 'path'>,
  { columns }: MatrixPrice,
): { row: number; column: string } | undefined {
  const [list, row, field = '', column] = segmentsOf(path);
  if (list !== 'rows' || row === undefined) return undefined;
  return { row: Number(row) + 2, column: field === 'when' ? (columns[Number(column)]?.fact ?? '') : field };
}
