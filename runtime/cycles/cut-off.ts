/**
 * Up to which knowledge number does a cycle read?
 * Whoever writes facts that a bill depends on holds its shards until commit; opening a cycle waits for them, then draws the
 * number. Otherwise a lower number committed later would change what the same cut-off reads. Also called: cut-off, 締切, 知識時点.
 */
import type { SqlRunner } from '#runtime/db/scope.ts';

export const SHARDS = 128;

// First half of the advisory locks' keys; the second joins tenant and shard.
const FACTS_LOCK = 5_262;

/**
 * Holds `shards` against a cut-off until the transaction ends, and draws the knowledge number under which its facts become known.
 * Many writers may hold a shard at once.
 */
export async function holdBillingFacts(tx: SqlRunner, tenantId: number, shards: readonly number[]): Promise<string> {
  const keys = shards.toSorted((a, b) => a - b).map((shard) => tenantId * SHARDS + shard);
  await tx.sql('select pg_advisory_xact_lock_shared($1, key) from unnest($2::int[]) key', [FACTS_LOCK, keys]);
  return nextKnowledge(tx);
}

/** Waits for every writer that holds a shard, and draws the cut-off. Its transaction should end at once: writers wait for it. */
export async function drawCutOff(tx: SqlRunner, tenantId: number): Promise<string> {
  await tx.sql(`select pg_advisory_xact_lock($1, key) from generate_series($2::int, $3::int) key`, [
    FACTS_LOCK,
    tenantId * SHARDS,
    tenantId * SHARDS + SHARDS - 1,
  ]);
  return nextKnowledge(tx);
}

async function nextKnowledge(tx: SqlRunner): Promise<string> {
  const [row] = await tx.sql<{ number: string }>(`select nextval('knowledge') as number`);
  return row!.number;
}
