/**
 * Who did what, and has anybody touched the record of it since?
 * Also called: audit trail, audit log, hash chain, tamper evidence, 監査証跡, 操作履歴, 改ざん検知.
 * Each row's hash covers the row before it, so an edited, removed or reordered row breaks the chain at a number that can be named.
 */
import { createHash } from 'node:crypto';
import type { Actor } from '#runtime/access/actor.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';

/** What is put on record. `object` names the thing: 'release/3', 'cycle/…'. `details` is JSON without floats. */
export type AuditRecord = { readonly action: string; readonly object: string; readonly details?: Readonly<Record<string, unknown>> };

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
const MOMENT = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"';

/** Appends a row to the tenant's chain in the transaction of the change itself: both are there, or neither. */
export async function record(tx: SqlRunner, actor: Pick<Actor, 'tenantId' | 'personId'>, entry: AuditRecord): Promise<void> {
  await tx.sql('select pg_advisory_xact_lock($1, $2)', [AUDIT_LOCK, actor.tenantId]);
  // The moment is read after the lock, so that numbers and moments rise together.
  const [last] = await tx.sql<{ number: string; previous: string; at: string; details: string }>(
    `select coalesce(max(number), 0) + 1 as number,
            coalesce((array_agg(hash order by number desc))[1], $2) as previous,
            to_char(clock_timestamp() at time zone 'UTC', $3) as at,
            $4::jsonb::text as details
     from (select number, hash from audit_entry where tenant_id = $1 order by number desc limit 1) as latest`,
    [actor.tenantId, BEFORE_THE_FIRST, MOMENT, JSON.stringify(entry.details ?? {})],
  );
  if (last === undefined) throw new Error('an aggregate always answers');
  const written = { ...last, person_id: actor.personId, action: entry.action, object: entry.object, previous_hash: last.previous };
  await tx.sql(
    `insert into audit_entry (tenant_id, number, at, person_id, action, object, details, previous_hash, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [actor.tenantId, last.number, last.at, actor.personId, entry.action, entry.object, last.details, last.previous, hashOf(actor.tenantId, written)],
  );
}

/** The number of the first row that does not fit its chain, or null when the whole chain holds. */
export async function verifyChain(tx: SqlRunner, tenantId: number): Promise<number | null> {
  let previous = BEFORE_THE_FIRST;
  for (let expected = 1; ; ) {
    const rows = await tx.sql<Entry>(
      `select number, to_char(at at time zone 'UTC', $4) as at, person_id, action, object, details::text as details, previous_hash, hash
       from audit_entry where tenant_id = $1 and number >= $2 order by number limit $3`,
      [tenantId, expected, VERIFY_BATCH, MOMENT],
    );
    for (const row of rows) {
      const holds = Number(row.number) === expected && row.previous_hash === previous && row.hash === hashOf(tenantId, row);
      if (!holds) return expected;
      previous = row.hash;
      expected += 1;
    }
    if (rows.length < VERIFY_BATCH) return null;
  }
}

/** Every field in a fixed order, as JSON text: no two different rows spell the same. */
function hashOf(tenantId: number, entry: Omit<Entry, 'hash'>): string {
  const { number, at, person_id, action, object, details, previous_hash } = entry;
  const spelled = JSON.stringify([tenantId, number, at, person_id, action, object, details, previous_hash]);
  return createHash('sha256').update(spelled).digest('hex');
}
