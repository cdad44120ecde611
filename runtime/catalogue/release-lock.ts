/**
 * What exactly is a release, and which text of it is signed?
 * Also called: lock list, manifest, release signature, リリース, 版の固定, 署名.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '#engine/rulesets/canonical.ts';
import type { Ruleset, RulesetKind } from '#schemas/generated/types.ts';

/** One version in a release; `hash` is the SHA-256 of its canonical JSON. */
export type ReleaseItem = {
  readonly kind: RulesetKind;
  readonly id: string;
  readonly version: number;
  readonly hash: string;
};

export type ReleaseLock = {
  readonly tenantId: number;
  readonly number: number;
  readonly publishedBy: string;
  readonly publishedAt: string;
  readonly items: readonly ReleaseItem[];
};

/** A ruleset with its identity: the canonical text, and the hash of it. */
export type Identified = { readonly ruleset: Ruleset; readonly text: string; readonly hash: string };

export function identify(ruleset: Ruleset): Identified {
  const text = canonicalJson(ruleset);
  return { ruleset, text, hash: sha256(text) };
}

/** The text that is hashed and signed: the same for the same lock list, in whichever order its items come. */
export function lockText(lock: ReleaseLock): string {
  return canonicalJson({ ...lock, items: lock.items.toSorted(byIdentity) });
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** How a version is named in messages and in the audit trail: 'ratePlan/m-plan/v3'. */
export function nameOf({ kind, id, version }: Pick<ReleaseItem, 'kind' | 'id' | 'version'>): string {
  return `${kind}/${id}/v${version}`;
}

function byIdentity(a: ReleaseItem, b: ReleaseItem): number {
  const [one, other] = [`${a.kind}/${a.id}`, `${b.kind}/${b.id}`];
  return one === other ? a.version - b.version : one < other ? -1 : 1;
}
