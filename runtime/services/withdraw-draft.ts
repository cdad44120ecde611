/**
 * How is a change given up?
 * Also called: cancel, discard, 取り下げ.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import type { DraftState } from '#runtime/changes/moves.ts';
import { withdrawDraft as withdraw } from '#runtime/changes/review.ts';
import { withScope } from '#runtime/db/scope.ts';

/** What was written stays on record. Refused with `draft-not-ready-for`. */
export async function withdrawDraft(
  app: App,
  actor: Actor,
  input: { readonly draftId: string; readonly comment?: string },
): Promise<{ readonly state: DraftState }> {
  authorize(actor, 'ruleset.draft');
  return withScope(app, actor, (tx) => withdraw(tx, actor, input));
}
