/**
 * How does a price table stand in a sheet, and what does a sheet say? A line of headings, then a line for each row.
 * Also called: spreadsheet, 表計算ソフト, シート.
 */
import { factDictionary } from '#engine/conditions/dictionary.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { MatrixCell, MatrixColumn, MatrixPrice, MatrixRow } from '#schemas/generated/types.ts';
import { Faults } from './faults.ts';
import { rowOf } from './row.ts';
import { fromUnaryTests, toUnaryTests } from './unary-tests.ts';

const before = ['name ja', 'name en'];
const after = ['unitPrice', 'unitSize', 'connectFee'];

/** The first line are the headings: the hit policy, and how each column matches. */
export function toSheet({ hit, columns, rows }: MatrixPrice): string[][] {
  const heading = [`id (${hit})`, ...before, ...columns.map(({ fact, match }) => `${fact} (${match})`), ...after];
  const lines = rows.map(({ id, name, when, unitPrice, unitSize = '', connectFee = '' }) => [
    ...[id, name?.ja ?? '', name?.en ?? ''],
    ...columns.map(({ match }, index) => toUnaryTests(when[index] ?? null, { match, bare: true })),
    ...[unitPrice, unitSize, connectFee],
  ]);
  return [heading, ...lines];
}

/** Which columns of such a sheet hold figures: those of the prices. */
export const isFigure = (column: number, width: number): boolean => column >= width - after.length;

/**
 * The table of a sheet that begins with such a line of headings; lines without a word are left out. Refused with `table-…`;
 * `faults` are cells that could not be read before.
 */
export function fromSheet(lines: readonly (readonly string[])[], faults = new Faults()): MatrixPrice {
  const heading = trimmed(lines[0] ?? []);
  const [, hit] = /^id \((unique|any|first|cheapest|dearest)\)$/.exec(heading[0]?.trim() ?? '') ?? [];
  const columns = heading.slice(1 + before.length, -after.length).map((each): MatrixColumn => {
    const [, fact = '', match] = /^(\S+) \((equal|prefix|range)\)$/.exec(each.trim()) ?? [];
    if (match === undefined) throw new Refusal('table-heading', { text: each });
    return { fact, match: match as MatrixColumn['match'] };
  });
  if (hit === undefined || columns.length === 0) throw new Refusal('table-heading', { text: heading.join(', ') });
  const rows = lines.slice(1).flatMap((line, index): MatrixRow[] => {
    if (line.every((text) => text.trim() === '')) return [];
    const row = index + 2;
    const [id = '', ja = '', en = '', ...rest] = line;
    const when = columns.map(({ fact }, column): MatrixCell => {
      const text = rest[column] ?? '';
      const read = fromUnaryTests(text, factDictionary.get(fact));
      if (read !== undefined) return read.cell;
      faults.add('table-cell', { row, column: letterOf(1 + before.length + column), text });
      return null;
    });
    const figures = rest.slice(columns.length).map((text) => text.trim());
    const read = rowOf({ id: id.trim(), ja, en, when }, after, figures);
    if (read === undefined) faults.add('table-without-price', { row });
    return read === undefined ? [] : [read];
  });
  faults.settle();
  return { model: 'matrix', hit: hit as MatrixPrice['hit'], columns, rows };
}

const trimmed = (line: readonly string[]): readonly string[] =>
  line.slice(0, line.findLastIndex((text) => text.trim() !== '') + 1);

/** 'A' for the first column, 'AA' for the twenty-seventh. */
export function letterOf(column: number): string {
  const rest = Math.floor(column / 26);
  const letter = String.fromCharCode(65 + (column % 26));
  return rest === 0 ? letter : letterOf(rest - 1) + letter;
}
