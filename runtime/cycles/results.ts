/**
 * What has a cycle come to, by what is stored?
 * Counted and hashed from the bills themselves, a shard at a time. Also called: totals, verification, control totals, 集計, 検算.
 */
import assert from 'node:assert/strict';
import { digestOfAll } from '#runtime/cycles/digest.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';

export type CycleResults = {
  readonly bills: number;
  readonly quarantined: number;
  readonly totalMinor: string;
  readonly usageRecords: string;
  readonly digest: string;
};

type ChunkSums = { shard: number; bills: number; quarantined: number; total: string; usage: string };

/**
 * The results of a cycle whose chunks are all done. That chunks and bills agree in number and sum is asserted.
 */
export async function resultsOf(tx: SqlRunner, tenantId: number, cycleId: string): Promise<CycleResults> {
  const chunks = await tx.sql<ChunkSums>(
    `select shard, sum(bills)::int as bills, sum(quarantined)::int as quarantined, sum(total_minor)::text as total, sum(usage_records)::text as usage
     from chunk where tenant_id = $1 and cycle_id = $2 group by shard order by shard`,
    [tenantId, cycleId],
  );
  const digests: string[] = [];
  for (const expected of chunks) {
    const stored = await storedInShard(tx, tenantId, cycleId, expected.shard);
    const { bills, total } = expected;
    assert.deepEqual(
      { bills: stored.bills, total: stored.total },
      { bills, total },
      `chunks and bills of shard ${expected.shard} agree`,
    );
    digests.push(stored.digest);
  }
  return {
    bills: chunks.reduce((sum, { bills }) => sum + bills, 0),
    quarantined: chunks.reduce((sum, { quarantined }) => sum + quarantined, 0),
    totalMinor: chunks.reduce((sum, { total }) => sum + BigInt(total), 0n).toString(),
    usageRecords: chunks.reduce((sum, { usage }) => sum + BigInt(usage), 0n).toString(),
    digest: digestOfAll(digests),
  };
}

/** The digest is over the bodies as they are stored, not over the digests noted beside them. */
async function storedInShard(
  tx: SqlRunner,
  tenantId: number,
  cycleId: string,
  shard: number,
): Promise<{ bills: number; total: string; digest: string }> {
  const [stored] = await tx.sql<{ bills: number; total: string; digest: string }>(
    `select count(*)::int as bills, coalesce(sum(total_minor), 0)::text as total,
            encode(sha256(convert_to(coalesce(string_agg(encode(sha256(convert_to(body, 'UTF8')), 'hex'), ''
              order by account_id collate "C", period_start), ''), 'UTF8')), 'hex') as digest
     from bill where shard = $1 and tenant_id = $2 and cycle_id = $3`,
    [shard, tenantId, cycleId],
  );
  return stored!;
}
