/**
 * How does a price table become a sheet, and a sheet a price table? Also called: CSV, spreadsheet, Excel, 表計算ソフトとの入出力.
 */
import { parse } from 'csv-parse/sync';
import { factDictionary } from '#engine/conditions/dictionary.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { MatrixColumn, MatrixPrice } from '#schemas/generated/types.ts';
import { rowOf } from './dmn.ts';
import { fromUnaryTests, toUnaryTests } from './unary-tests.ts';

const before = ['name ja', 'name en'];
const after = ['unitPrice', 'unitSize', 'connectFee'];

/** One line a row below a line of headings; UTF-8 with the mark that Excel looks for. */
export function toCsv({ hit, columns, rows }: MatrixPrice): string {
  const heading = [`id (${hit})`, ...before, ...columns.map(({ fact, match }) => `${fact} (${match})`), ...after];
  const lines = rows.map(({ id, name, when, unitPrice, unitSize = '', connectFee = '' }) => [
    ...[id, name?.ja ?? '', name?.en ?? ''],
    ...columns.map(({ match }, index) => toUnaryTests(when[index] ?? null, { match, bare: true })),
    ...[unitPrice, unitSize, connectFee],
  ]);
  return `\uFEFF${[heading, ...lines].map((line) => `${line.map(field).join(',')}\r\n`).join('')}`;
}

const field = (text: string): string => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The table of a sheet that begins with such a line of headings. Refused with `table-…` where it cannot be ours. */
export function fromCsv(text: string): MatrixPrice {
  const [heading = [], ...lines] = linesIn(text);
  const [, hit] = /^id \((unique|any|first|cheapest|dearest)\)$/.exec(heading[0] ?? '') ?? [];
  const columns = heading.slice(1 + before.length, -after.length).map((each): MatrixColumn => {
    const [, fact = '', match] = /^(\S+) \((equal|prefix|range)\)$/.exec(each) ?? [];
    if (match === undefined) throw new Refusal('table-heading', { text: each });
    return { fact, match: match as MatrixColumn['match'] };
  });
  if (hit === undefined || columns.length === 0) throw new Refusal('table-heading', { text: heading.join(', ') });
  const rows = lines.map((line, index) => {
    const [id = '', ja = '', en = '', ...rest] = line;
    const when = columns.map((_, column) => {
      const read = fromUnaryTests(rest[column] ?? '', factDictionary.get(columns[column]?.fact ?? ''));
      if (read === undefined)
        throw new Refusal('table-cell', { row: index + 1, column: column + 1, text: rest[column] ?? '' });
      return read.cell;
    });
    return rowOf({ id, ja, en, when }, after, rest.slice(columns.length), index);
  });
  return { model: 'matrix', hit: hit as MatrixPrice['hit'], columns, rows };
}

function linesIn(text: string): string[][] {
  try {
    return parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true });
  } catch {
    throw new Refusal('table-not-csv');
  }
}
