/**
 * Published rulesets, the releases that lock them, and the audit trail. Written once: the database refuses any change.
 * Also called: ruleset version, release, audit, ルールセットの版, リリース, 監査証跡.
 */
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const RulesetVersion = defineEntity({
  name: 'RulesetVersion',
  tableName: 'ruleset_version',
  properties: {
    tenantId: p.integer().primary(),
    kind: p.text().primary(),
    id: p.text().primary(),
    version: p.integer().primary(),
    hash: p.text(),
    document: p.text(),
    effectiveFrom: p.date(),
    effectiveTo: p.date().nullable(),
    publishedBy: p.uuid(),
    publishedAt: p.datetime(6),
    knownFrom: p.bigint('string').defaultRaw(`nextval('knowledge'::regclass)`),
  },
});

export const Release = defineEntity({
  name: 'Release',
  tableName: 'release',
  properties: {
    tenantId: p.integer().primary(),
    number: p.integer().primary(),
    hash: p.text(),
    signature: p.text(),
    keyId: p.text(),
    publishedBy: p.uuid(),
    publishedAt: p.datetime(6),
    knownFrom: p.bigint('string').defaultRaw(`nextval('knowledge'::regclass)`),
  },
});

export const ReleaseItem = defineEntity({
  name: 'ReleaseItem',
  tableName: 'release_item',
  properties: {
    tenantId: p.integer().primary(),
    releaseNumber: p.integer().primary(),
    kind: p.text().primary(),
    id: p.text().primary(),
    version: p.integer().primary(),
    hash: p.text(),
  },
});

export const AuditEntry = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  properties: {
    tenantId: p.integer().primary(),
    number: p.bigint('string').primary(),
    at: p.datetime(6),
    personId: p.uuid().nullable(),
    action: p.text(),
    object: p.text(),
    details: p.json<Readonly<Record<string, unknown>>>(),
    previousHash: p.text(),
    hash: p.text(),
  },
});

export type RulesetVersionRow = InferEntity<typeof RulesetVersion>;
export type ReleaseRow = InferEntity<typeof Release>;
