/**
 * How does the sheet of a price table stand in an Excel workbook, and which text does each cell of one hold?
 * Conditions are text, so that Excel takes none for a formula; a price is a number where Excel keeps it digit by digit.
 * Nothing is worked out: a formula is a fault, and so is an error. Numbers are taken as Excel keeps them and written with
 * the fewest digits that say the same; days as days. Also called: xlsx, Office Open XML, Excel の入出力.
 */
import { HucreError } from 'hucre';
import { readXlsx, writeXlsx, type Cell, type CellValue } from 'hucre/xlsx';
import { Refusal } from '#runtime/services/refusal.ts';
import type { MatrixPrice } from '#schemas/generated/types.ts';
import { Faults } from './faults.ts';
import { isFigure, letterOf, toSheet } from './sheet.ts';
import { unpackedBytes } from './unpacked-bytes.ts';

/** Unpacked; a table of the greatest size takes a fraction of it. */
const mostBytes = 64 * 1024 * 1024;
const mostRows = 20_001;
const mostColumns = 64;

/** Shown as it was typed, whatever it looks like. */
const asText = { numFmt: '@' };

/** A workbook of one sheet; the headings stay in sight. */
export function toXlsx(table: MatrixPrice): Promise<Uint8Array> {
  const lines = toSheet(table);
  const width = lines[0]?.length ?? 0;
  const heading = (text: string, column: number): [string, Partial<Cell>] => [
    `0,${column}`,
    { value: text, type: 'string', style: { ...asText, font: { bold: true } } },
  ];
  return writeXlsx({
    sheets: [
      {
        name: 'prices',
        freezePane: { rows: 1 },
        columns: lines[0]?.map((_, column) => ({ width: 22, ...(isFigure(column, width) ? {} : asText) })) ?? [],
        rows: lines.map((line, row) => line.map((text, column) => written(text, row > 0 && isFigure(column, width)))),
        cells: new Map(lines[0]?.map(heading)),
      },
    ],
  });
}

function written(text: string, isNumber: boolean): CellValue {
  if (text === '') return null;
  if (isNumber && String(Number(text)) === text) return Number(text);
  // '_x0041_' would be read as 'A'.
  return text.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
}

export interface SheetRead {
  readonly lines: readonly (readonly string[])[];
  readonly faults: Faults;
}

/** Of the first sheet. Refused with `table-not-xlsx`, and with `table-too-large` beyond what a price table may hold. */
export async function fromXlsx(workbook: Uint8Array): Promise<SheetRead> {
  if (unpackedBytes(workbook) > mostBytes) throw tooLarge();
  const { rows, cells } = await firstSheet(workbook);
  if (rows.length > mostRows || rows.some(({ length }) => length > mostColumns)) throw tooLarge();
  const faults = new Faults();
  const lines = rows.map((line, row) =>
    line.map((value, column): string => {
      const at = { row: row + 1, column: letterOf(column) };
      const { type } = cells?.get(`${row},${column}`) ?? {};
      const text = type === 'formula' || type === 'error' ? undefined : textOf(value);
      if (type === 'formula') faults.add('table-formula', at);
      else if (text === undefined) faults.add('table-cell', { ...at, text: String(value) });
      // What is told already is not told again.
      return text ?? '-';
    }),
  );
  return { lines, faults };
}

const tooLarge = (): Refusal => new Refusal('table-too-large', { rows: mostRows - 1, columns: mostColumns });

async function firstSheet(workbook: Uint8Array): Promise<{ rows: CellValue[][]; cells?: Map<string, Cell> }> {
  try {
    const { sheets } = await readXlsx(workbook, { sheets: [0] });
    if (sheets[0] !== undefined) return sheets[0];
  } catch (error) {
    if (!(error instanceof HucreError)) throw error;
  }
  throw new Refusal('table-not-xlsx');
}

/** Undefined for a day with hours, or before Excel counts them right, and for what is no number. */
function textOf(value: CellValue): string | undefined {
  if (value === null) return '';
  if (value instanceof Date) return dayOf(value);
  return typeof value === 'number' ? plain(value) : String(value);
}

/** The 29th of February 1900 is a day only for Excel. */
function dayOf(date: Date): string | undefined {
  const [day = '', hours] = Number.isNaN(date.getTime()) ? [] : date.toISOString().split('T');
  return hours === '00:00:00.000Z' && day >= '1900-03-01' ? `date("${day}")` : undefined;
}

/** Without an exponent. */
function plain(number: number): string | undefined {
  const text = String(number);
  if (!Number.isFinite(number)) return undefined;
  return text.includes('e')
    ? number.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 30, maximumSignificantDigits: 21 })
    : text;
}
