/**
 * How does an approver give a draft back to its author?
 * Also called: reject, request changes, 差し戻し.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import type { DraftState } from '#runtime/changes/moves.ts';
import { sendBackDraft as sendBack } from '#runtime/changes/review.ts';
import { withScope } from '#runtime/db/scope.ts';

/** An approval or a schedule that there was is void. Refused with `comment-missing` and `draft-not-ready-for`. */
export async function sendBackDraft(
  app: App,
  actor: Actor,
  input: { readonly draftId: string; readonly comment: string },
): Promise<{ readonly state: DraftState }> {
  authorize(actor, 'ruleset.review');
  return withScope(app, actor, (tx) => sendBack(tx, actor, input));
}
