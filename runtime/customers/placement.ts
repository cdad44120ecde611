/**
 * In which shard does a payer's billing group lie, and in which order?
 * A hash of tenant and payer, fixed for ever: rows are found by it and chunks are cut along it. Also called: sharding, distribution key, シャード, 分散キー.
 */
import { createHash } from 'node:crypto';
import { SHARDS } from '#runtime/cycles/cut-off.ts';

export type Placement = { readonly shard: number; readonly payerHash: number };

export function placementOf(tenantId: number, payer: string): Placement {
  const hash = createHash('sha256')
    .update(JSON.stringify([tenantId, payer]))
    .digest();
  return { shard: hash.readUInt8(4) % SHARDS, payerHash: hash.readInt32BE(0) };
}
