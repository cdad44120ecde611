/**
 * How does a draft get to somebody who judges it, and what may that person say?
 * Also called: submit, approve, reject, four-eyes principle, レビュー依頼, 承認, 差し戻し, 取り下げ.
 */
import type { Actor } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';
import { releaseBefore } from '#runtime/catalogue/write-release.ts';
import { checkDraft, type Obstacle } from '#runtime/changes/check.ts';
import {
  handsIn,
  personName,
  readDraft,
  recordDraft,
  refuseMove,
  refuseOldRevision,
  voidApproval,
  type Person,
} from '#runtime/changes/draft.ts';
import type { DraftState } from '#runtime/changes/moves.ts';
import type { ScopedTx } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';

/** What stands in the way, all at once, or where the draft is now. */
export type Judged = { readonly state: DraftState } | { readonly obstacles: readonly Obstacle[] };

type ReviewApp = Pick<App, 'clock' | 'keys'>;

/** Asks for a review of the revision that the author is looking at. */
export async function submitDraft(
  tx: ScopedTx,
  app: ReviewApp,
  by: Person,
  input: { readonly draftId: string; readonly revision: number; readonly comment?: string },
): Promise<Judged> {
  const draft = await readDraft(tx, input.draftId, 'lock');
  refuseMove(draft, 'inReview');
  await refuseOldRevision(tx, draft, input.revision);
  const { content, obstacles } = await checkDraft(tx, draft, await releaseBefore(tx, app, by.tenantId));
  if (obstacles.length > 0) return { obstacles };
  draft.state = 'inReview';
  draft.submittedBy = by.personId;
  draft.submittedAt = app.clock.now();
  await recordDraft(tx, by, draft, 'submitted', { hash: content.hash, ...said(input.comment) });
  return { state: draft.state };
}

/**
 * Approves what `hash` stands for: the ruleset and its cases as the approver saw them. Refused with `own-change` for everybody who
 * had a hand in it, and with `draft-changed-since-seen` when it says something else now.
 */
export async function approveDraft(
  tx: ScopedTx,
  app: ReviewApp,
  by: Person,
  input: {
    readonly draftId: string;
    readonly hash: string;
    readonly comment?: string;
    readonly confirmed: NonNullable<Actor['confirmed']>;
  },
): Promise<Judged> {
  const draft = await readDraft(tx, input.draftId, 'lock');
  refuseMove(draft, 'approved');
  if ((await handsIn(tx, draft)).has(by.personId)) throw new Refusal('own-change', {}, 403);
  const { content, obstacles } = await checkDraft(tx, draft, await releaseBefore(tx, app, by.tenantId));
  if (content.hash !== input.hash) {
    const saver = await personName(tx, draft.savedBy);
    throw new Refusal('draft-changed-since-seen', { by: saver, revision: draft.revision });
  }
  if (obstacles.length > 0) return { obstacles };
  draft.state = 'approved';
  draft.approvedHash = content.hash;
  draft.approvedBy = by.personId;
  draft.approvedAt = app.clock.now();
  const { confirmed } = input;
  await recordDraft(tx, by, draft, 'approved', { hash: content.hash, confirmed, ...said(input.comment) });
  return { state: draft.state };
}

/** Gives the draft back to its author, with the reason. An approval that there was is void. */
export async function sendBackDraft(
  tx: ScopedTx,
  by: Person,
  input: { readonly draftId: string; readonly comment: string },
): Promise<{ readonly state: DraftState }> {
  if (input.comment.trim() === '') throw new Refusal('comment-missing', {}, 422);
  const draft = await readDraft(tx, input.draftId, 'lock');
  refuseMove(draft, 'sentBack');
  const { state: from } = draft;
  voidApproval(draft);
  draft.state = 'sentBack';
  await recordDraft(tx, by, draft, 'sentBack', { from, ...said(input.comment) });
  return { state: draft.state };
}

/** Ends the draft without publishing it. */
export async function withdrawDraft(
  tx: ScopedTx,
  by: Person,
  input: { readonly draftId: string; readonly comment?: string },
): Promise<{ readonly state: DraftState }> {
  const draft = await readDraft(tx, input.draftId, 'lock');
  refuseMove(draft, 'withdrawn');
  const { state: from } = draft;
  voidApproval(draft);
  draft.state = 'withdrawn';
  await recordDraft(tx, by, draft, 'withdrawn', { from, ...said(input.comment) });
  return { state: draft.state };
}

/** What was said is on record as it was said, without blanks around it. */
function said(comment: string | undefined): { readonly comment?: string } {
  const text = comment?.trim() ?? '';
  return text === '' ? {} : { comment: text };
}
