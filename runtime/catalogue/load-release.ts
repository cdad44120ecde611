/**
 * Which rulesets does a release hold, and are they still what was published?
 * Also called: release loading, integrity check, リリースの読み込み, 改ざん検知.
 */
import { isSignedBy } from '#runtime/access/keys.ts';
import { lockText, nameOf, sha256, type ReleaseItem } from '#runtime/catalogue/release-lock.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import type { Ruleset } from '#schemas/generated/types.ts';

/** A release is not what was published: nothing may be computed from it. */
export class ReleaseTampered extends Error {
  readonly release: number;
  /** The version whose text has another hash, or null when the lock list itself is not what was signed. */
  readonly version: string | null;

  constructor(release: number, version: string | null) {
    super(
      version === null
        ? `release ${release} is not what was signed`
        : `${version} in release ${release} is not what was published`,
    );
    this.name = 'ReleaseTampered';
    this.release = release;
    this.version = version;
  }
}

type Head = {
  readonly hash: string;
  readonly signature: string;
  readonly published_by: string;
  readonly published_at: string | Date;
};
type Item = ReleaseItem & { readonly document: string };

/**
 * The rulesets of a release, in order of kind, id and version, each re-hashed and the lock list's signature verified with the
 * installation's public key. Throws ReleaseTampered when anything differs, and when the release is not there.
 */
export async function loadRelease(
  sql: SqlRunner,
  tenantId: number,
  number: number,
  publicKey: string,
): Promise<Ruleset[]> {
  const [head] = await sql.sql<Head>(
    'select hash, signature, published_by, published_at from release where tenant_id = $1 and number = $2',
    [tenantId, number],
  );
  if (head === undefined) throw new ReleaseTampered(number, null);
  const items = await sql.sql<Item>(
    `select i.kind, i.id, i.version, i.hash, v.document
     from release_item i join ruleset_version v using (tenant_id, kind, id, version)
     where i.tenant_id = $1 and i.release_number = $2
     order by i.kind collate "C", i.id collate "C", i.version`,
    [tenantId, number],
  );
  const lock = lockText({
    tenantId,
    number,
    publishedBy: head.published_by,
    publishedAt: new Date(head.published_at).toISOString(),
    items: items.map(({ kind, id, version, hash }) => ({ kind, id, version, hash })),
  });
  if (sha256(lock) !== head.hash || !isSignedBy(publicKey, lock, head.signature))
    throw new ReleaseTampered(number, null);
  return items.map((item) => {
    if (sha256(item.document) !== item.hash) throw new ReleaseTampered(number, nameOf(item));
    return JSON.parse(item.document) as Ruleset;
  });
}

/** The number of the tenant's latest release, or undefined before the first. */
export async function latestRelease(sql: SqlRunner, tenantId: number): Promise<number | undefined> {
  const [row] = await sql.sql<{ number: number }>(
    'select number from release where tenant_id = $1 order by number desc limit 1',
    [tenantId],
  );
  return row?.number;
}
