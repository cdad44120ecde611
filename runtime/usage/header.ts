/**
 * Does the first line of a file name the columns that its format reads?
 * Also called: header row, column names, 見出し行, 列名.
 */
import { Refusal } from '#runtime/services/refusal.ts';
import { columnsOf } from '#runtime/usage/map-line.ts';
import type { FieldsOfLine } from '#runtime/usage/read-fields.ts';
import type { FileFormatBody } from '#schemas/generated/types.ts';

/** The names of the columns, in order. Refuses the file when the line cannot be read, lacks a column or names one twice. */
export function readHeader(first: FieldsOfLine, format: FileFormatBody): readonly string[] {
  if (first.reject !== undefined) {
    throw new Refusal('usage-header-unreadable', { encoding: format.encoding, code: first.reject.code }, 422);
  }
  const needed = columnsOf(format);
  const missing = needed.filter((column) => !first.fields.includes(column));
  if (missing.length > 0) {
    throw new Refusal('usage-columns-missing', { columns: missing.join(', '), found: first.fields.join(', ') }, 422);
  }
  const twice = needed.filter((column) => first.fields.indexOf(column) !== first.fields.lastIndexOf(column));
  if (twice.length > 0) throw new Refusal('usage-columns-twice', { columns: twice.join(', ') }, 422);
  return first.fields;
}
