/**
 * Where does each line of a usage file begin and end?
 * Works on bytes, so that a line that cannot be read is kept exactly as it came. A quoted field may contain line breaks;
 * a quote that is never closed spoils its own line only. Also called: record splitter, CSV lines, 行分割, 改行.
 */
import type { FileFormatBody } from '#schemas/generated/types.ts';

export type Line = {
  /** The number of the line in the file, as an editor shows it: the header is 1. */
  readonly number: number;
  /** The bytes without the line break at the end; of a line that is too long, its beginning. */
  readonly bytes: Uint8Array;
  readonly problem?: 'unclosed-quote' | 'line-too-long';
};

/** A line that is longer is refused: no usage record comes near it, and memory stays bounded. */
export const LONGEST_LINE_BYTES = 65_536;

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

/** The lines of a stream of bytes, as many at a time as a piece of it completes. Empty lines are left out, but counted. */
export async function* splitLines(
  pieces: AsyncIterable<Uint8Array>,
  format: Pick<FileFormatBody, 'encoding' | 'delimiter'>,
): AsyncGenerator<readonly Line[]> {
  const splitter = new Splitter(format);
  for await (const piece of pieces) {
    const lines = splitter.push(piece, false);
    if (lines.length > 0) yield lines;
  }
  const rest = splitter.push(new Uint8Array(0), true);
  if (rest.length > 0) yield rest;
}

class Splitter {
  readonly #delimiter: number;
  readonly #isShiftJis: boolean;
  #waiting: Uint8Array = new Uint8Array(0);
  #lineNumber = 1;
  /** The beginning of a line that is too long, while the rest of it is let pass. */
  #tooLong: Uint8Array | undefined;

  constructor(format: Pick<FileFormatBody, 'encoding' | 'delimiter'>) {
    this.#delimiter = format.delimiter.charCodeAt(0);
    this.#isShiftJis = format.encoding === 'shift_jis';
  }

  push(piece: Uint8Array, isLast: boolean): Line[] {
    const bytes = this.#waiting.length === 0 ? piece : Buffer.concat([this.#waiting, piece]);
    const lines: Line[] = [];
    let at = this.#tooLong === undefined ? 0 : this.#skipTooLong(bytes, isLast, lines);
    while (at < bytes.length) {
      const next = this.#takeLine(bytes, at, isLast, lines);
      if (next === undefined) break;
      at = next;
    }
    this.#waiting = bytes.subarray(at);
    return lines;
  }

  /** Adds the line that starts at `start` and gives the start of the next, or undefined when more bytes are needed. */
  #takeLine(bytes: Uint8Array, start: number, isLast: boolean, lines: Line[]): number | undefined {
    const found = this.#endOfLine(bytes, start);
    if (found.end !== undefined) {
      this.#add(lines, bytes.subarray(start, found.end), found.breaks + 1);
      return found.end + 1;
    }
    if (found.isQuoted && (isLast || bytes.length - start > LONGEST_LINE_BYTES)) {
      const end = endOfPhysicalLine(bytes, start);
      this.#add(lines, bytes.subarray(start, end), 1, 'unclosed-quote');
      return Math.min(end + 1, bytes.length);
    }
    if (isLast) {
      this.#add(lines, bytes.subarray(start), 1);
      return bytes.length;
    }
    if (bytes.length - start <= LONGEST_LINE_BYTES) return undefined;
    this.#tooLong = bytes.slice(start, start + LONGEST_LINE_BYTES);
    return this.#skipTooLong(bytes.subarray(start), isLast, lines) + start;
  }

  /** Where the line ends, how many line breaks its quoted fields contain, and whether a quote is open at the end. */
  #endOfLine(bytes: Uint8Array, start: number): { end?: number; breaks: number; isQuoted: boolean } {
    let isQuoted = false;
    let mayOpen = true;
    let breaks = 0;
    for (let at = start; at < bytes.length; at += 1) {
      const byte = bytes[at]!;
      // The second byte of a character may look like a delimiter.
      if (this.#isShiftJis && isLeadByte(byte) && bytes[at + 1] !== LF) {
        mayOpen = false;
        at += 1;
      } else if (isQuoted) {
        if (byte === LF) breaks += 1;
        // Two quotes stand for one: the field closes here and opens again at once.
        if (byte === QUOTE) [isQuoted, mayOpen] = [false, true];
      } else if (byte === LF) return { end: at, breaks, isQuoted };
      else if (byte === QUOTE && mayOpen) isQuoted = true;
      else mayOpen = byte === this.#delimiter;
    }
    return { breaks, isQuoted };
  }

  #skipTooLong(bytes: Uint8Array, isLast: boolean, lines: Line[]): number {
    const end = bytes.indexOf(LF);
    if (end === -1 && !isLast) return bytes.length;
    this.#add(lines, this.#tooLong!, 1, 'line-too-long');
    this.#tooLong = undefined;
    return end === -1 ? bytes.length : end + 1;
  }

  #add(lines: Line[], bytes: Uint8Array, physicalLines: number, problem?: Line['problem']): void {
    const content = bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes;
    if (content.length > LONGEST_LINE_BYTES) problem = 'line-too-long';
    const kept = content.subarray(0, LONGEST_LINE_BYTES);
    if (content.length > 0) lines.push({ number: this.#lineNumber, bytes: kept, ...(problem && { problem }) });
    this.#lineNumber += physicalLines;
  }
}

const isLeadByte = (byte: number): boolean => (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc);

function endOfPhysicalLine(bytes: Uint8Array, start: number): number {
  const end = bytes.indexOf(LF, start);
  return end === -1 ? bytes.length : end;
}
