/** How is a zip archive made of a few texts? By hand, so that a test can say what no program would write. */
import { crc32, deflateRawSync } from 'node:zlib';

/** An archive of these files, packed; `said` is what the last one says of its size instead of the truth. */
export function zipped(files: Readonly<Record<string, string>>, said?: number): Uint8Array {
  const parts: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  const all = Object.entries(files);
  for (const [place, [path, text]] of all.entries()) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(text);
    // From the version needed to the length of the extra field, as both headers have it: names in UTF-8, 1 January 1980.
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x0800, 2);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt16LE(0x21, 8);
    shared.writeUInt32LE(crc32(text), 10);
    shared.writeUInt32LE(packed.length, 14);
    const size = Buffer.byteLength(text);
    shared.writeUInt32LE(place === all.length - 1 ? (said ?? size) : size, 18);
    shared.writeUInt16LE(name.length, 22);
    parts.push(Buffer.from('PK\u0003\u0004'), shared, name, packed);
    const placed = Buffer.alloc(14);
    placed.writeUInt32LE(at, 10);
    entries.push(Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), shared, placed, name);
    at += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(all.length, 8);
  end.writeUInt16LE(all.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, directory, end]);
}
