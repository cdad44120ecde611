/**
 * Which files does a zip archive hold, and how is one made? As much of the format as office documents use.
 * What an archive says of its sizes is not believed: nothing is unpacked beyond the limit. Also called: zip bomb, 圧縮ファイル.
 */
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

const ofFile = 0x04034b50;
const ofEntry = 0x02014b50;
const ofEnd = 0x06054b50;
const endLength = 22;
const mostEntries = 1_000;

/** The files that `wanted` picks by their names, unpacked; undefined for what is no sound archive, or comes to more than `mostBytes`. */
export function unzipped(
  archive: Uint8Array,
  wanted: (name: string) => boolean,
  mostBytes: number,
): ReadonlyMap<string, Uint8Array> | undefined {
  try {
    return filesIn(Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength), wanted, mostBytes);
  } catch {
    // Places beyond the end, broken streams, more than there may be: no sound archive.
    return undefined;
  }
}

function filesIn(
  bytes: Buffer,
  wanted: (name: string) => boolean,
  mostBytes: number,
): ReadonlyMap<string, Uint8Array> | undefined {
  let end = bytes.length - endLength;
  const earliest = Math.max(0, end - 0xffff);
  while (end >= earliest && bytes.readUInt32LE(end) !== ofEnd) end -= 1;
  if (end < earliest) return undefined;
  const entries = bytes.readUInt16LE(end + 10);
  if (entries > mostEntries) return undefined;
  const files = new Map<string, Uint8Array>();
  let left = mostBytes;
  let at = bytes.readUInt32LE(end + 16);
  for (let entry = 0; entry < entries; entry += 1) {
    if (bytes.readUInt32LE(at) !== ofEntry) return undefined;
    const isEncrypted = (bytes.readUInt16LE(at + 8) & 1) === 1;
    const method = bytes.readUInt16LE(at + 10);
    const packed = bytes.readUInt32LE(at + 20);
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const start = bytes.readUInt32LE(at + 42);
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (!wanted(name)) continue;
    if (isEncrypted || bytes.readUInt32LE(start) !== ofFile) return undefined;
    const from = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    const stored = bytes.subarray(from, from + packed);
    if (method !== 0 && method !== 8) return undefined;
    const file = method === 0 ? stored : inflateRawSync(stored, { maxOutputLength: Math.max(1, left) });
    left -= file.length;
    if (left < 0) return undefined;
    files.set(name, file);
  }
  return files;
}

/** An archive of these files. Its times are those of no day, so that equal files make equal bytes. */
export function zipped(files: Readonly<Record<string, string>>): Uint8Array {
  const parts: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path);
    const bytes = Buffer.from(text);
    const packed = deflateRawSync(bytes);
    // From the version needed to the length of the extra field, as both headers have it: names in UTF-8, 1 January 1980.
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x0800, 2);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt16LE(0x21, 8);
    shared.writeUInt32LE(crc32(bytes), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(bytes.length, 18);
    shared.writeUInt16LE(name.length, 22);
    parts.push(number(ofFile), shared, name, packed);
    const placed = Buffer.alloc(14);
    placed.writeUInt32LE(at, 10);
    entries.push(number(ofEntry), Buffer.from([20, 0]), shared, placed, name);
    at += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(endLength);
  end.writeUInt32LE(ofEnd, 0);
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, directory, end]);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
