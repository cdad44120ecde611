/**
 * How does a list leave as a file that a spreadsheet opens as it is meant?
 * Also called: CSV export, download, CSV 出力, ダウンロード.
 */
import { LARGEST_PAGE_SIZE, type Page, type PageRequest } from '#runtime/services/page.ts';

/** A field in quotes where needed. Text that a spreadsheet would take for a formula is led by an apostrophe; figures stay figures. */
function field(value: string | number | null): string {
  const text = String(value ?? '');
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

type Row = readonly (string | number | null)[];

/** One row as CSV text, ended as RFC 4180 asks. */
const line = (row: Row): string => `${row.map(field).join(',')}\r\n`;

/**
 * A file that leaves as its rows are read: a hundred thousand take no more memory than a page of them, and whoever breaks the
 * download off ends the reading. UTF-8 with the mark that Excel looks for. What goes wrong before the first row is thrown here.
 */
export async function csvDownload(
  name: string,
  head: Row,
  rows: AsyncIterable<Row> | Iterable<Row>,
): Promise<Response> {
  const pieces = piecesOf(head, rows);
  const first = await pieces.next();
  const text = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (file) => file.enqueue(text.encode(first.value ?? '')),
    async pull(file) {
      const next = await pieces.next();
      if (next.done === true) file.close();
      else file.enqueue(text.encode(next.value));
    },
    cancel: () => void pieces.return(undefined),
  });
  return new Response(body, {
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${name}.csv"` },
  });
}

const PIECE_CHARACTERS = 65_536;

async function* piecesOf(head: Row, rows: AsyncIterable<Row> | Iterable<Row>): AsyncGenerator<string, undefined> {
  let piece = `\uFEFF${line(head)}`;
  for await (const row of rows) {
    piece += line(row);
    if (piece.length < PIECE_CHARACTERS) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

/**
 * Every row of a list, page after page. Rows that come in meanwhile move those that are there on to the next page: `keyOf` tells which
 * have been had already.
 */
export async function* everyRow<Listed>(
  list: (request: PageRequest) => Promise<Page<Listed>>,
  keyOf: (row: Listed) => unknown,
): AsyncGenerator<Listed, undefined> {
  let had = new Set<unknown>();
  for (let page = 1; ; page += 1) {
    const { rows } = await list({ page, pageSize: LARGEST_PAGE_SIZE });
    for (const row of rows) if (!had.has(keyOf(row))) yield row;
    if (rows.length < LARGEST_PAGE_SIZE) return;
    had = new Set(rows.map(keyOf));
  }
}

/** The rows of a list as those of a file. */
export async function* asRows<Listed>(listed: AsyncIterable<Listed>, toRow: (row: Listed) => Row): AsyncGenerator<Row> {
  for await (const row of listed) yield toRow(row);
}
