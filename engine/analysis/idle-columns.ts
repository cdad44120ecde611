/**
 * Which columns of a price table change no price? Whatever a use says there, rows that ask the same otherwise cost it the same.
 * Also called: irrelevant input, redundant column, 料金を変えない列、不要な条件列.
 */
import { factDictionary } from '#engine/conditions/dictionary.ts';
import type { MatrixCell, MatrixPrice, MatrixRow } from '#schemas/generated/types.ts';
import { axisOf, type Axis } from './axis.ts';

/**
 * Their places. A column that asks nothing in any row is not among them, nor one of prefixes, where the longer goes first.
 * The rows of a table whose first row goes first are taken as equal only where they stand beside each other.
 */
export function idleColumns(table: MatrixPrice): readonly number[] {
  return [...table.columns.keys()].filter((column) => isIdle(table, column));
}

function isIdle({ columns, rows, hit }: MatrixPrice, column: number): boolean {
  const { fact, match } = columns[column]!;
  const definition = factDictionary.get(fact);
  const cells = rows.map(({ when }) => when[column] ?? null);
  if (definition === undefined || match === 'prefix' || cells.every((cell) => cell === null)) return false;
  const axis = axisOf({ match }, definition, cells);
  // Of nearly all columns the first row says already that it decides: a large table is not gone through for it.
  const [first] = rows;
  const like = rows.filter((row) => row.unitPrice === first?.unitPrice && differsAtMostIn(row, first, column));
  if (
    !coversAll(
      like.flatMap(({ when }) => [...(axis.taken(when[column] ?? null) ?? axis.parts.keys())]),
      axis,
    )
  )
    return false;
  const groups: { readonly rest: string; readonly parts: Set<number> }[] = [];
  const byRest = new Map<string, (typeof groups)[number]>();
  rows.forEach((row, index) => {
    const rest = withoutColumn(row, column);
    let group = hit === 'first' ? groups.at(-1) : byRest.get(rest);
    if (group?.rest !== rest) {
      group = { rest, parts: new Set() };
      groups.push(group);
      byRest.set(rest, group);
    }
    const taken = axis.taken(cells[index] as MatrixCell) ?? axis.parts.keys();
    for (const part of taken) group.parts.add(part);
  });
  return groups.every(({ parts }) => coversAll(parts, axis));
}

const coversAll = (parts: Iterable<number>, axis: Axis): boolean => new Set(parts).size === axis.parts.length;

const differsAtMostIn = ({ when }: MatrixRow, other: MatrixRow, column: number): boolean =>
  when.every(
    (cell, at) => at === column || cell === other.when[at] || JSON.stringify(cell) === JSON.stringify(other.when[at]),
  );

/** All that the row asks and costs but for one column. */
function withoutColumn({ id: _id, name: _name, when, ...price }: MatrixRow, column: number): string {
  return JSON.stringify([when.toSpliced(column, 1), price]);
}
