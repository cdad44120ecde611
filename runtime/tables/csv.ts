/**
 * How does the sheet of a price table stand in a CSV file? Also called: comma separated values, CSV の入出力.
 */
import { parse } from 'csv-parse/sync';
import { Refusal } from '#runtime/services/refusal.ts';
import type { MatrixPrice } from '#schemas/generated/types.ts';
import { fromSheet, toSheet } from './sheet.ts';

/** UTF-8 with the mark that Excel looks for. */
export const toCsv = (table: MatrixPrice): string =>
  `\uFEFF${toSheet(table)
    .map((line) => `${line.map(field).join(',')}\r\n`)
    .join('')}`;

/** A text that a spreadsheet would take for a formula is led by an apostrophe, and so is one that begins with one. */
function field(text: string): string {
  const safe = /^['=+\-@\t]./.test(text) && !/^-?\d/.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Refused with `table-…` where it cannot be ours. */
export const fromCsv = (text: string): MatrixPrice => fromSheet(linesIn(text));

function linesIn(text: string): string[][] {
  try {
    const lines: string[][] = parse(text, { bom: true, relax_column_count: true });
    return lines.map((line) => line.map((each) => (/^'['=+\-@\t]/.test(each) ? each.slice(1) : each)));
  } catch {
    throw new Refusal('table-not-csv');
  }
}
