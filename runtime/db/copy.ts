/**
 * How do many rows get into a table at once?
 * Also called: COPY, bulk load, 一括投入. An order of magnitude faster than inserts; kanade_cycle only, row-level security excludes it.
 */
import { once } from 'node:events';
import { escapeIdentifier, type ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type CopyValue = string | number | bigint | boolean | Uint8Array | null;

const PIECE_CHARACTERS = 65_536;

/** Writes `rows`, each with a value for every column, in the client's transaction. */
export async function copyRows(
  client: ClientBase,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly CopyValue[]>,
): Promise<void> {
  const names = columns.map((column) => escapeIdentifier(column)).join(', ');
  const stream = client.query(copyFrom(`copy ${escapeIdentifier(table)} (${names}) from stdin`));
  const finished = once(stream, 'finish');
  // Whoever waits for `finished` hears of an error; while rows are being written nobody waits yet.
  finished.catch(() => undefined);
  let piece = '';
  for (const row of rows) {
    piece += `${row.map(toCopyText).join('\t')}\n`;
    if (piece.length < PIECE_CHARACTERS) continue;
    if (!stream.write(piece)) await Promise.race([once(stream, 'drain'), finished]);
    piece = '';
  }
  stream.end(piece);
  await finished;
}

function toCopyText(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return /[\\\t\n\r]/.test(value) ? value.replace(/[\\\t\n\r]/g, escaped) : value;
  if (value instanceof Uint8Array)
    return `\\\\x${Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex')}`;
  return String(value);
}

function escaped(character: string): string {
  switch (character) {
    case '\t':
      return '\\t';
    case '\n':
      return '\\n';
    case '\r':
      return '\\r';
    default:
      return '\\\\';
  }
}
