/**
 * What does a line say, field by field?
 * Bytes that are not text in the file's encoding are refused, never guessed at. Also called: CSV parsing, decoding, 文字コード, Shift_JIS, 文字化け.
 */
import { parse } from 'csv-parse/sync';
import { LONGEST_LINE_BYTES, type Line } from '#runtime/usage/split-lines.ts';
import type { FileFormatBody } from '#schemas/generated/types.ts';

/** Why a line or a value in it is refused: a code with words in schemas/messages/rejects.*.json, and their values. */
export type Reject = { readonly code: string; readonly values: Readonly<Record<string, string>> };

export type FieldsOfLine = { readonly line: Line } & (
  { readonly fields: readonly string[]; readonly reject?: never } | { readonly reject: Reject; readonly fields?: never }
);

type Layout = Pick<FileFormatBody, 'encoding' | 'delimiter'>;

/** A reader of lines in the layout of a file format; the decoder is made once. */
export function fieldsReader(layout: Layout): (lines: readonly Line[]) => FieldsOfLine[] {
  const decoder = new TextDecoder(layout.encoding, { fatal: true, ignoreBOM: true });
  return (lines) => {
    const texts = lines.map((line) => textOf(line, decoder, layout.encoding));
    const readable = texts.filter((text) => typeof text === 'string');
    const fields = fieldsOfTexts(readable, layout.delimiter);
    let next = 0;
    return lines.map((line, index) => {
      const text = texts[index]!;
      if (typeof text !== 'string') return { line, reject: text };
      const found = fields[next++];
      return found === undefined ? { line, reject: { code: 'broken-quoting', values: {} } } : { line, fields: found };
    });
  };
}

/** The fields of one line given as text, or undefined when its quotes do not match. */
export function fieldsOfText(text: string, delimiter: string): readonly string[] | undefined {
  return fieldsOfTexts([text], delimiter)[0];
}

function textOf(line: Line, decoder: TextDecoder, encoding: string): string | Reject {
  if (line.problem === 'line-too-long') return { code: 'line-too-long', values: { limit: String(LONGEST_LINE_BYTES) } };
  if (line.problem !== undefined) return { code: line.problem, values: {} };
  try {
    const text = decoder.decode(line.number === 1 ? withoutByteOrderMark(line.bytes) : line.bytes);
    // A database text cannot hold the character NUL, and no usage file should.
    if (!text.includes('\0')) return text;
  } catch {
    // Said below, as for NUL.
  }
  return { code: 'bad-bytes', values: { encoding } };
}

function withoutByteOrderMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** All at once where that works; one by one to find those that are broken. */
function fieldsOfTexts(texts: readonly string[], delimiter: string): readonly (readonly string[] | undefined)[] {
  const together = parsed(texts.join('\n'), delimiter);
  if (together?.length === texts.length) return together;
  if (texts.length <= 1) return texts.map(() => undefined);
  const middle = texts.length >> 1;
  return [...fieldsOfTexts(texts.slice(0, middle), delimiter), ...fieldsOfTexts(texts.slice(middle), delimiter)];
}

function parsed(text: string, delimiter: string): string[][] | undefined {
  // Without a quote there is nothing to be read but delimiters.
  if (!text.includes('"')) return text.split('\n').map((line) => line.split(delimiter));
  try {
    return parse(text, { delimiter, record_delimiter: '\n', relax_column_count: true });
  } catch {
    return undefined;
  }
}
