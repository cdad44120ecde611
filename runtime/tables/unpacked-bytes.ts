/**
 * How much would a zip archive come to, by its own word? Whoever unpacks it takes no more of a file than its entry says,
 * so that the sum bounds the whole. Also called: zip bomb, 圧縮ファイルの展開サイズ.
 */

const endSign = Buffer.from([0x50, 0x4b, 5, 6]);
const entryLength = 46;
const sizesFollow = 8;

/** The sum over its entries; infinite where one leaves its size unsaid, or the archive is of the kind for more than four gigabytes. */
export function unpackedBytes(archive: Uint8Array): number {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = bytes.lastIndexOf(endSign);
  if (end < 0 || end + 22 > bytes.length) return 0;
  const entries = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (entries === 0xffff || at === 0xffffffff) return Infinity;
  let sum = 0;
  for (let entry = 0; entry < entries && at + entryLength <= bytes.length; entry += 1) {
    const [packed, unpacked] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)];
    const isSaid = unpacked > 0 || (packed === 0 && (bytes.readUInt16LE(at + 8) & sizesFollow) === 0);
    sum += isSaid ? unpacked : Infinity;
    at += entryLength + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return sum;
}
