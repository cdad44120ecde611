/**
 * Who did what, and has anybody touched the record of it since?
 * Also called: audit trail, audit log, hash chain, tamper evidence, 監査証跡, 操作履歴, 改ざん検知.
 * Each row's hash covers the row before it, so an edited, removed or reordered row breaks the chain at a number that can be named.
 */
import { createHash } from 'node:crypto';
import type { Actor } from '#runtime/access/actor.ts';
import type { RecordingTx, SqlRunner } from '#runtime/db/scope.ts';

/** What is put on record. `object` names the thing: 'release/3', 'cycle/…'. `details` is JSON without floats. */
export type AuditRecord = {
  readonly action: string;
  readonly object: string;
  readonly details?: Readonly<Record<string, unknown>>;
};

type Entry = {
  readonly number: string;
  readonly at: string;
  readonly person_id: string | null;
  readonly action: string;
  readonly object: string;
  readonly details: string;
  readonly previous_hash: string;
  readonly hash: string;
};

const BEFORE_THE_FIRST = '0'.repeat(64);
// First half of the advisory lock's key; the tenant is the second.
const AUDIT_LOCK = 5_260;
const VERIFY_BATCH = 5_000;
const MOMENT = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"';

/** Appends a row to the tenant's chain in the transaction of the change itself: both are there, or neither. */
export async function record(
  tx: RecordingTx,
  actor: Pick<Actor, 'tenantId' | 'personId'>,
  entry: AuditRecord,
): Promise<void> {
  // One writer a tenant at a time, until its transaction ends: the chain has no forks.
  await tx.sql('select pg_advisory_xact_lock($1, $2)', [AUDIT_LOCK, actor.tenantId]);
  const [before] = await tx.sql<{ number: string; hash: string }>(
    'select number, hash from audit_head where tenant_id = $1',
    [actor.tenantId],
  );
  // PostgreSQL spells the details, so that they can be read back to the letter.
  const [spelled] = await tx.sql<{ details: string }>('select $1::jsonb::text as details', [
    JSON.stringify(entry.details ?? {}),
  ]);
  const { tenantId, personId } = actor;
  const written = {
    number: String(Number(before?.number ?? 0) + 1),
    at: tx.clock.now().toISOString(),
    person_id: personId,
    action: entry.action,
    object: entry.object,
    details: spelled?.details ?? '{}',
    previous_hash: before?.hash ?? BEFORE_THE_FIRST,
  };
  const hash = hashOf(tenantId, written);
  await tx.sql(
    `insert into audit_entry (tenant_id, number, at, person_id, action, object, details, previous_hash, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [tenantId, ...Object.values(written), hash],
  );
  await tx.sql(
    `insert into audit_head (tenant_id, number, hash) values ($1, $2, $3)
     on conflict (tenant_id) do update set number = excluded.number, hash = excluded.hash`,
    [tenantId, written.number, hash],
  );
}

/** The number of the first row that does not fit its chain, or null when the whole chain holds, to its very end. */
export async function verifyChain(tx: SqlRunner, tenantId: number): Promise<number | null> {
  let previous = BEFORE_THE_FIRST;
  let expected = 1;
  for (
    let rows = await nextRows(tx, tenantId, expected);
    rows.length > 0;
    rows = await nextRows(tx, tenantId, expected)
  ) {
    for (const row of rows) {
      const holds =
        Number(row.number) === expected && row.previous_hash === previous && row.hash === hashOf(tenantId, row);
      if (!holds) return expected;
      previous = row.hash;
      expected += 1;
    }
  }
  const [end] = await tx.sql<{ number: string; hash: string }>(
    'select number, hash from audit_head where tenant_id = $1',
    [tenantId],
  );
  const endsWhereItShould = Number(end?.number ?? 0) === expected - 1 && (end?.hash ?? BEFORE_THE_FIRST) === previous;
  return endsWhereItShould ? null : expected;
}

function nextRows(tx: SqlRunner, tenantId: number, from: number): Promise<Entry[]> {
  return tx.sql<Entry>(
    `select number, to_char(at at time zone 'UTC', $4) as at, person_id, action, object, details::text as details, previous_hash, hash
     from audit_entry where tenant_id = $1 and number >= $2 order by number limit $3`,
    [tenantId, from, VERIFY_BATCH, MOMENT],
  );
}

/** Every field in a fixed order, as JSON text: no two different rows spell the same. */
function hashOf(tenantId: number, entry: Omit<Entry, 'hash'>): string {
  const { number, at, person_id, action, object, details, previous_hash } = entry;
  const spelled = JSON.stringify([tenantId, number, at, person_id, action, object, details, previous_hash]);
  return createHash('sha256').update(spelled).digest('hex');
}
