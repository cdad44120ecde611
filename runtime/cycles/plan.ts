/**
 * Into which chunks is a cycle cut?
 * Pure. A chunk is a shard and a range of payer hashes with about so many groups: what one worker computes and writes in one transaction.
 * Also called: work units, partitions, batches, 分割, 処理単位.
 */

export type PlannedChunk = {
  readonly number: number;
  readonly shard: number;
  /** The first payer hash of the chunk, and the last. */
  readonly fromHash: number;
  readonly toHash: number;
  readonly groups: number;
};

/** How many groups a chunk has by default: about half a second of work. */
export const GROUPS_A_CHUNK = 1_000;

/**
 * Chunks of about `size` groups, numbered from 1. Groups of one payer hash stay together, so a chunk may be larger.
 * `hashes`: for every shard the payer hashes of its groups, in ascending order, each as often as it has groups.
 */
export function planChunks(
  hashes: ReadonlyMap<number, readonly number[]>,
  size: number = GROUPS_A_CHUNK,
): PlannedChunk[] {
  const chunks: PlannedChunk[] = [];
  for (const shard of [...hashes.keys()].toSorted((a, b) => a - b)) {
    const ofShard = hashes.get(shard)!;
    for (let start = 0, end = 0; start < ofShard.length; start = end) {
      end = endOfChunk(ofShard, start, size);
      const number = chunks.length + 1;
      chunks.push({ number, shard, fromHash: ofShard[start]!, toHash: ofShard[end - 1]!, groups: end - start });
    }
  }
  return chunks;
}

function endOfChunk(hashes: readonly number[], start: number, size: number): number {
  let end = Math.min(start + size, hashes.length);
  while (end < hashes.length && hashes[end] === hashes[end - 1]) end += 1;
  return end;
}
