/**
 * Which draft is it, in which state, and who had a hand in it?
 * Also called: change request, 下書き, 変更申請.
 */
import { LockMode } from '@mikro-orm/core';
import type { Actor } from '#runtime/access/actor.ts';
import { record } from '#runtime/audit/audit.ts';
import { mayMove, type DraftState } from '#runtime/changes/moves.ts';
import { DraftCase, DraftEditor, RulesetDraft, type RulesetDraftRow } from '#runtime/db/entities/changes.ts';
import type { ScopedTx, SqlRunner } from '#runtime/db/scope.ts';
import { isUuid } from '#runtime/db/uuid.ts';
import { Refusal } from '#runtime/services/refusal.ts';

/** The row itself: what is set on it is written when the transaction ends. */
export type Draft = RulesetDraftRow;

/** Who does something. A publication that is due is done in the name of the person who scheduled it. */
export type Person = Pick<Actor, 'tenantId' | 'personId'>;

export type CaseText = { readonly id: string; readonly number: number; readonly text: string };

/** The draft; with `lock` nobody else moves or saves it until the transaction ends. Refused with `draft-unknown`. */
export async function readDraft(tx: ScopedTx, draftId: string, lock?: 'lock'): Promise<Draft> {
  const options = lock === undefined ? {} : { lockMode: LockMode.PESSIMISTIC_WRITE };
  const found = isUuid(draftId) ? await tx.em.findOne(RulesetDraft, { id: draftId }, options) : null;
  if (found === null) throw new Refusal('draft-unknown', {}, 404);
  return found;
}

/** Its cases as typed, in their order. */
export async function casesOfDraft(tx: ScopedTx, draftId: string): Promise<CaseText[]> {
  const rows = await tx.em.find(DraftCase, { draftId }, { orderBy: { number: 'asc', id: 'asc' }, refresh: true });
  return rows.map(({ id, number, document }) => ({ id, number, text: document }));
}

/** Everybody who may not approve the draft: who started it, and whoever saved something in it. */
export async function handsIn(tx: ScopedTx, draft: Draft): Promise<ReadonlySet<string>> {
  const editors = await tx.em.find(DraftEditor, { draftId: draft.id });
  return new Set([draft.startedBy, ...editors.map(({ personId }) => personId)]);
}

/** Throws unless the table of moves leads from where the draft is to `to`. */
export function refuseMove(draft: Draft, to: DraftState): void {
  if (!mayMove(draft.state, to)) throw new Refusal('draft-not-ready-for', { state: draft.state, to });
}

/** Throws when somebody has saved the draft since the revision that the caller looked at. */
export async function refuseOldRevision(tx: ScopedTx, draft: Draft, revision: number): Promise<void> {
  if (draft.revision === revision) return;
  const by = await personName(tx, draft.savedBy);
  throw new Refusal('draft-changed-meanwhile', { by, revision: draft.revision, at: draft.savedAt.toISOString() });
}

/** Forgets what was submitted, approved and scheduled: the draft is to be judged anew. */
export function voidJudgement(draft: Draft): void {
  draft.submittedBy = null;
  draft.submittedAt = null;
  voidApproval(draft);
}

export function voidApproval(draft: Draft): void {
  draft.approvedHash = null;
  draft.approvedBy = null;
  draft.approvedAt = null;
  draft.publishOn = null;
  draft.scheduledBy = null;
  draft.failure = null;
}

/** Puts on record what happened to the draft, and to which ruleset it belongs. */
export function recordDraft(
  tx: ScopedTx,
  by: Person,
  draft: Draft,
  action: string,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const ruleset = `${draft.kind}/${draft.rulesetId}`;
  return record(tx, by, { action: `draft.${action}`, object: `draft/${draft.id}`, details: { ruleset, ...details } });
}

export async function personName(tx: SqlRunner, personId: string): Promise<string> {
  const [row] = await tx.sql<{ name: string }>('select name from person where id = $1', [personId]);
  return row?.name ?? '';
}
