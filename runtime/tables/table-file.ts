/**
 * How does a price table leave as a file for another tool, and which table does such a file hold?
 * DMN for decision modellers, Excel and CSV for spreadsheets. Also called: import, export, 料金表の入出力.
 */
import type { MatrixPrice } from '#schemas/generated/types.ts';
import { fromCsv, toCsv } from './csv.ts';
import { fromDmn, toDmn } from './dmn.ts';
import { fromSheet } from './sheet.ts';
import { fromXlsx, toXlsx } from './xlsx.ts';

export const tableFormats = ['xlsx', 'csv', 'dmn'] as const;
export type TableFormat = (typeof tableFormats)[number];

export const isTableFormat = (format: string): format is TableFormat =>
  (tableFormats as readonly string[]).includes(format);

export interface TableFile {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** `name` is what a decision model is called by. */
export async function tableFile(table: MatrixPrice, format: TableFormat, name: string): Promise<TableFile> {
  const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
  switch (format) {
    case 'xlsx':
      return {
        bytes: await toXlsx(table),
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      };
    case 'csv':
      return { bytes: utf8(toCsv(table)), mediaType: 'text/csv; charset=utf-8' };
    case 'dmn':
      return { bytes: utf8(toDmn(table, name)), mediaType: 'application/xml; charset=utf-8' };
  }
}

/** What the file is, its first bytes say. Refused with `table-…`; `decision` names one of several in a decision model. */
export async function tableFrom(bytes: Uint8Array, decision?: string): Promise<MatrixPrice> {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const { lines, faults } = await fromXlsx(bytes);
    return fromSheet(lines, faults);
  }
  const text = textIn(bytes);
  return text.trimStart().startsWith('<') ? fromDmn(text, decision) : fromCsv(text);
}

/** UTF-8; what is none comes from a Japanese Excel, which saves CSV in its own code. */
function textIn(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('shift_jis').decode(bytes);
  }
}
