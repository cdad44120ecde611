/**
 * How does a list leave as a file that a spreadsheet opens as it is meant?
 * Also called: CSV export, download, CSV 出力, ダウンロード.
 */
import type { Page, PageRequest } from '#runtime/services/page.ts';

const pageSize = 500;

/** A field in quotes where needed. Text that a spreadsheet would take for a formula is led by an apostrophe; figures stay figures. */
function field(value: string | number | null): string {
  const text = String(value ?? '');
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The rows as CSV text: UTF-8 with the mark that Excel looks for, lines ended as RFC 4180 asks. */
export function csvText(rows: readonly (readonly (string | number | null)[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')}`;
}

export function csvDownload(name: string, rows: readonly (readonly (string | number | null)[])[]): Response {
  return new Response(csvText(rows), {
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${name}.csv"` },
  });
}

/** Every row of a list, page after page. */
export async function everyRow<Row>(list: (request: PageRequest) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let page = 1; ; page += 1) {
    const part = await list({ page, pageSize });
    rows.push(...part.rows);
    if (part.rows.length < pageSize) return rows;
  }
}
