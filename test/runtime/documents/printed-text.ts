/**
 * Which text stands on each sheet of a printed document, as a reader of PDF would find it?
 * Reads what our printer writes: letters by number, with the table beside each font that says which letter a number is. Also called: PDF text extraction, PDF テキスト抽出.
 */
import { inflateSync } from 'node:zlib';

/** The text of each sheet in the order in which it was set, a space between two places: Japanese is set a script at a time. */
export function printedText(pdf: Uint8Array): string[] {
  const bytes = Buffer.from(pdf);
  const text = bytes.toString('latin1');
  const object = (number: string): string => {
    const found = new RegExp(`(?:^|\\n)${number} 0 obj\\s([^]*?)(?:stream|endobj)`).exec(text);
    return found?.[1] ?? '';
  };
  const stream = (number: string): string => {
    const at = text.search(new RegExp(`(?:^|\\n)${number} 0 obj\\s`));
    const from = text.indexOf('stream', at) + 'stream'.length;
    return inflateSync(
      bytes.subarray(text[from] === '\r' ? from + 2 : from + 1, text.indexOf('endstream', from)),
    ).toString('latin1');
  };
  const named = (of: string, name: string): string => new RegExp(`/${name} (\\d+) 0 R`).exec(of)?.[1] ?? '';
  const pages = [...text.matchAll(/\n(\d+) 0 obj\s*<<\s*\/Type \/Page\b(?!s)/g)].map(([, number = '']) =>
    object(number),
  );
  const letters = new Map<string, ReadonlyMap<number, string>>();
  return pages.map((page) => {
    const resources = object(named(page, 'Resources'));
    const fonts = new Map(
      [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', number = '']) => {
        const table = letters.get(number) ?? lettersOf(stream(named(object(number), 'ToUnicode')));
        letters.set(number, table);
        return [name, table] as const;
      }),
    );
    return shown(stream(named(page, 'Contents')), fonts);
  });
}

/** Which letter each number of the font is. */
function lettersOf(table: string): ReadonlyMap<number, string> {
  return new Map(
    [...table.matchAll(/<([0-9A-F]{4})> <([0-9A-F]+)>\n/g)].map(([, number = '', letter = '']) => [
      Number.parseInt(number, 16),
      Buffer.from(letter, 'hex').swap16().toString('utf16le'),
    ]),
  );
}

function shown(content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string {
  let font: ReadonlyMap<number, string> | undefined;
  const parts: string[] = [];
  // A font by name, letters in brackets (which may stand in pairs within) or by number, and the end of one place.
  const wanted = /\/(F\d+) [\d.]+ Tf|\(|<([0-9A-F]+)>|\bET\b/g;
  for (let found = wanted.exec(content); found !== null; found = wanted.exec(content)) {
    const [token, name, hex] = found;
    if (name !== undefined) font = fonts.get(name);
    else if (token === 'ET') parts.push(' ');
    else {
      const numbers = hex === undefined ? literalAt(content, wanted) : Buffer.from(hex, 'hex');
      for (let at = 0; at + 1 < numbers.length; at += 2) parts.push(font?.get(numbers.readUInt16BE(at)) ?? '');
    }
  }
  return parts.join('').replaceAll(/\s+/g, ' ').trim();
}

const escapes: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

/** The bytes between the bracket that was just read and the one that closes it; reading goes on behind that. */
function literalAt(content: string, reading: RegExp): Buffer {
  const bytes: number[] = [];
  const part = /\\(\d{1,3})|\\([^])|([^])/y;
  part.lastIndex = reading.lastIndex;
  for (let open = 1; ;) {
    const [, octal, escaped, plain = ''] = part.exec(content) ?? [];
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (escaped !== undefined) bytes.push(escapes[escaped] ?? escaped.charCodeAt(0));
    else {
      open += plain === '(' ? 1 : plain === ')' ? -1 : 0;
      if (open === 0) break;
      bytes.push(plain.charCodeAt(0));
    }
  }
  reading.lastIndex = part.lastIndex;
  return Buffer.from(bytes);
}
