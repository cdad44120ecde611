/**
 * By which one text does one know that two runs made the same bills?
 * A bill's digest is that of its canonical JSON; a chunk's, a shard's and the cycle's are those of the digests they hold, in order
 * of account and period. The cycle's goes by shards: however it was cut into chunks, it comes out the same.
 * Also called: checksum, hash, fingerprint, ダイジェスト, 一致確認.
 */
import { createHash } from 'node:crypto';

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The digest over digests in the order given. */
export function digestOfAll(digests: readonly string[]): string {
  return digestOf(digests.join(''));
}
