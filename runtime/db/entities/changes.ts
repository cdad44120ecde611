/**
 * Drafts of rulesets, who had a hand in them, and the cases that go with a draft or with a published version.
 * Also called: change request, proposal, 下書き, 変更申請, ケース.
 */
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { RulesetKind } from '#schemas/generated/types.ts';

export const RulesetDraft = defineEntity({
  name: 'RulesetDraft',
  tableName: 'ruleset_draft',
  properties: {
    tenantId: p.integer().primary(),
    id: p.uuid().primary(),
    kind: p.text().$type<RulesetKind>(),
    rulesetId: p.text(),
    baseVersion: p.integer().nullable(),
    state: p.text().$type<'draft' | 'inReview' | 'sentBack' | 'approved' | 'scheduled' | 'published' | 'withdrawn'>(),
    revision: p.integer(),
    document: p.text(),
    startedBy: p.uuid(),
    startedAt: p.datetime(6),
    savedBy: p.uuid(),
    savedAt: p.datetime(6),
    submittedBy: p.uuid().nullable(),
    submittedAt: p.datetime(6).nullable(),
    approvedHash: p.text().nullable(),
    approvedBy: p.uuid().nullable(),
    approvedAt: p.datetime(6).nullable(),
    publishOn: p.date().nullable(),
    scheduledBy: p.uuid().nullable(),
    failure: p.json<Readonly<Record<string, unknown>>>().nullable(),
    publishedVersion: p.integer().nullable(),
    releaseNumber: p.integer().nullable(),
    publishedBy: p.uuid().nullable(),
    publishedAt: p.datetime(6).nullable(),
  },
});

export const DraftEditor = defineEntity({
  name: 'DraftEditor',
  tableName: 'draft_editor',
  properties: {
    tenantId: p.integer().primary(),
    draftId: p.uuid().primary(),
    personId: p.uuid().primary(),
    since: p.datetime(6),
  },
});

export const DraftCase = defineEntity({
  name: 'DraftCase',
  tableName: 'draft_case',
  properties: {
    tenantId: p.integer().primary(),
    draftId: p.uuid().primary(),
    id: p.uuid().primary(),
    number: p.integer(),
    document: p.text(),
  },
});

export const RulesetCase = defineEntity({
  name: 'RulesetCase',
  tableName: 'ruleset_case',
  properties: {
    tenantId: p.integer().primary(),
    kind: p.text().primary(),
    rulesetId: p.text().primary(),
    version: p.integer().primary(),
    id: p.uuid().primary(),
    number: p.integer(),
    document: p.text(),
  },
});

export type RulesetDraftRow = InferEntity<typeof RulesetDraft>;
