/**
 * How is a release written: the one before it, and the versions that are new in it, hashed and signed?
 * Also called: release manifest, 公開の記録, リリースの発行.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { record } from '#runtime/audit/audit.ts';
import type { App } from '#runtime/app.ts';
import { latestRelease, loadRelease } from '#runtime/catalogue/load-release.ts';
import {
  identify,
  lockText,
  nameOf,
  sha256,
  type Identified,
  type ReleaseItem,
} from '#runtime/catalogue/release-lock.ts';
import type { ScopedTx } from '#runtime/db/scope.ts';
import type { Ruleset } from '#schemas/generated/types.ts';

/** Who publishes. A publication that was scheduled is in the name of the person who scheduled it. */
export type Publisher = Pick<Actor, 'tenantId' | 'personId'>;

export type PublishedRelease = {
  readonly number: number;
  readonly hash: string;
  /** How many versions the release holds, and which of them are new in it. */
  readonly versions: number;
  readonly added: readonly ReleaseItem[];
};

/** What was published so far; `number` is undefined before the first release. */
export type ReleaseBefore = { readonly number: number | undefined; readonly rulesets: readonly Ruleset[] };

const PUBLISH_LOCK = 5_261;

/** The latest release, verified; until the transaction ends nobody else of the tenant publishes. */
export async function holdLatestRelease(
  tx: ScopedTx,
  app: Pick<App, 'keys'>,
  tenantId: number,
): Promise<ReleaseBefore> {
  // Two who publish at once do so one after the other; the second sees what the first has published.
  await tx.sql('select pg_advisory_xact_lock($1, $2)', [PUBLISH_LOCK, tenantId]);
  return releaseBefore(tx, app, tenantId);
}

/** The latest release, verified; nothing where nothing has been published. */
export async function releaseBefore(tx: ScopedTx, app: Pick<App, 'keys'>, tenantId: number): Promise<ReleaseBefore> {
  const number = await latestRelease(tx, tenantId);
  return { number, rulesets: number === undefined ? [] : await loadRelease(tx, tenantId, number, app.keys.publicKey) };
}

/** Writes the release after `before`, which `added` is new in. They have been checked together. */
export async function addRelease(
  tx: ScopedTx,
  app: Pick<App, 'keys' | 'clock'>,
  by: Publisher,
  before: ReleaseBefore,
  added: readonly Identified[],
): Promise<PublishedRelease> {
  const { tenantId, personId } = by;
  const number = (before.number ?? 0) + 1;
  const items = [...before.rulesets.map(identify), ...added].map(itemOf);
  const publishedAt = app.clock.now().toISOString();
  const lock = lockText({ tenantId, number, publishedBy: personId, publishedAt, items });
  const hash = sha256(lock);
  await tx.sql(
    `insert into ruleset_version (tenant_id, kind, id, version, hash, document, effective_from, effective_to, published_by, published_at)
     select $1, v.kind, v.id, v.version, v.hash, v.document, v.effective_from, v.effective_to, $2, $3
     from jsonb_to_recordset($4::jsonb)
       as v (kind text, id text, version integer, hash text, document text, effective_from date, effective_to date)`,
    [tenantId, personId, publishedAt, JSON.stringify(added.map(rowOf))],
  );
  await tx.sql(
    `insert into release (tenant_id, number, hash, signature, key_id, published_by, published_at) values ($1, $2, $3, $4, $5, $6, $7)`,
    [tenantId, number, hash, app.keys.sign(lock), app.keys.keyId, personId, publishedAt],
  );
  await tx.sql(
    `insert into release_item (tenant_id, release_number, kind, id, version, hash)
     select $1, $2, v.kind, v.id, v.version, v.hash
     from jsonb_to_recordset($3::jsonb) as v (kind text, id text, version integer, hash text)`,
    [tenantId, number, JSON.stringify(items)],
  );
  const details = { hash, versions: items.length, added: added.map(({ ruleset }) => nameOf(ruleset)) };
  await record(tx, by, { action: 'release.published', object: `release/${number}`, details });
  return { number, hash, versions: items.length, added: added.map(itemOf) };
}

function itemOf({ ruleset: { kind, id, version }, hash }: Identified): ReleaseItem {
  return { kind, id, version, hash };
}

function rowOf(one: Identified): Record<string, unknown> {
  const { from, to } = one.ruleset.effective;
  return { ...itemOf(one), document: one.text, effective_from: from, effective_to: to };
}
