/**
 * How do rulesets become a release that bills are computed from?
 * Also called: publish, go live, deploy rules, 公開, リリースの発行, 適用.
 * A release holds what the one before it held, and what is published now. All of it is checked together, hashed and signed.
 */
import { checkRulesets, type RulesetSource } from '#engine/rulesets/check.ts';
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
import { withScope, type ScopedTx } from '#runtime/db/scope.ts';
import type { Diagnostic, Ruleset } from '#schemas/generated/types.ts';
import { isRuleset } from '#schemas/generated/validators.js';

export type PublishedRelease = {
  readonly number: number;
  readonly hash: string;
  /** How many versions the release holds, and which of them are new in it. */
  readonly versions: number;
  readonly added: readonly ReleaseItem[];
};

export type PublishRefusal =
  | { readonly reason: 'nothing-to-publish' }
  | { readonly reason: 'has-errors'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly reason: 'version-already-published'; readonly versions: readonly string[] };

export type PublishResult =
  | { readonly release: PublishedRelease; readonly warnings: readonly Diagnostic[] }
  | { readonly refusal: PublishRefusal };

const PUBLISH_LOCK = 5_261;

/**
 * Publishes the rulesets as the tenant's next release. When all of them are published already, the latest release is the answer:
 * publishing twice changes nothing. A version that was published with other content is refused: the change is a new version.
 */
export async function publishSources(
  app: App,
  actor: Actor,
  sources: readonly RulesetSource[],
): Promise<PublishResult> {
  if (sources.length === 0) return { refusal: { reason: 'nothing-to-publish' } };
  return withScope(app, actor, async (tx) => {
    // Two who publish at once do so one after the other; the second sees what the first has published.
    await tx.sql('select pg_advisory_xact_lock($1, $2)', [PUBLISH_LOCK, actor.tenantId]);
    const latest = await latestRelease(tx, actor.tenantId);
    const before = latest === undefined ? [] : await loadRelease(tx, actor.tenantId, latest, app.keys.publicKey);
    return publishAfter(tx, app, actor, { number: latest, rulesets: before }, sources);
  });
}

/** `publishSources` for rulesets that are in hand, as at seeding and set-up. */
export function publishRelease(app: App, actor: Actor, rulesets: readonly Ruleset[]): Promise<PublishResult> {
  return publishSources(
    app,
    actor,
    rulesets.map((document) => ({ document })),
  );
}

type Before = { readonly number: number | undefined; readonly rulesets: readonly Ruleset[] };

async function publishAfter(
  tx: ScopedTx,
  app: App,
  actor: Actor,
  before: Before,
  sources: readonly RulesetSource[],
): Promise<PublishResult> {
  const held = new Map(before.rulesets.map((ruleset) => [nameOf(ruleset), identify(ruleset)]));
  // What is published already is checked with the rest, and reported on as the earlier release.
  const resubmitted = new Set(sources.flatMap(({ document }) => (isRuleset(document) ? [nameOf(document)] : [])));
  const earlier = [...held]
    .filter(([name]) => !resubmitted.has(name))
    .map(([, { ruleset }]) => ({ document: ruleset }));
  const diagnostics = checkRulesets([...sources, ...earlier]);
  if (diagnostics.some(({ severity }) => severity === 'error'))
    return { refusal: { reason: 'has-errors', diagnostics } };

  const given = sources.map(({ document }) => identify(document as Ruleset));
  const changed = given.filter((one) => (held.get(nameOf(one.ruleset))?.hash ?? one.hash) !== one.hash);
  if (changed.length > 0) {
    return {
      refusal: { reason: 'version-already-published', versions: changed.map(({ ruleset }) => nameOf(ruleset)) },
    };
  }
  const added = given.filter(({ ruleset }) => !held.has(nameOf(ruleset)));
  const all = [...held.values(), ...added];
  const number = added.length === 0 && before.number !== undefined ? before.number : (before.number ?? 0) + 1;
  const hash =
    number === before.number
      ? await hashOfRelease(tx, actor, number)
      : await writeRelease(tx, app, actor, number, all, added);
  return { release: { number, hash, versions: all.length, added: added.map(itemOf) }, warnings: diagnostics };
}

async function writeRelease(
  tx: ScopedTx,
  app: App,
  actor: Actor,
  number: number,
  all: readonly Identified[],
  added: readonly Identified[],
): Promise<string> {
  const { tenantId, personId } = actor;
  const publishedAt = app.clock.now().toISOString();
  const lock = lockText({ tenantId, number, publishedBy: personId, publishedAt, items: all.map(itemOf) });
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
    [tenantId, number, JSON.stringify(all.map(itemOf))],
  );
  const details = { hash, versions: all.length, added: added.map(({ ruleset }) => nameOf(ruleset)) };
  await record(tx, actor, { action: 'release.published', object: `release/${number}`, details });
  return hash;
}

function itemOf({ ruleset: { kind, id, version }, hash }: Identified): ReleaseItem {
  return { kind, id, version, hash };
}

function rowOf(one: Identified): Record<string, unknown> {
  const { from, to } = one.ruleset.effective;
  return { ...itemOf(one), document: one.text, effective_from: from, effective_to: to };
}

async function hashOfRelease(tx: ScopedTx, actor: Actor, number: number): Promise<string> {
  const [row] = await tx.sql<{ hash: string }>('select hash from release where tenant_id = $1 and number = $2', [
    actor.tenantId,
    number,
  ]);
  if (row === undefined) throw new Error('the latest release is there');
  return row.hash;
}
