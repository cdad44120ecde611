/**
 * How does an approver say yes to exactly what was looked at?
 * Also called: approve, sign off, 承認.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { approveDraft as approve, type Judged } from '#runtime/changes/review.ts';
import { withScope } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';

export type DraftToApprove = {
  readonly draftId: string;
  /** Of what the approver saw: `hash` of show-draft or check-draft. */
  readonly hash: string;
  readonly comment?: string;
};

/**
 * All obstacles, or `approved`. Only by who has just proved to be the person: refused with `confirmation-missing` otherwise, and with
 * `own-change`, `draft-changed-since-seen` and `draft-not-ready-for`.
 */
export async function approveDraft(app: App, actor: Actor, input: DraftToApprove): Promise<Judged> {
  authorize(actor, 'ruleset.approve');
  const { confirmed } = actor;
  if (confirmed === undefined) throw new Refusal('confirmation-missing', {}, 403);
  return withScope(app, actor, (tx) => approve(tx, app, actor, { ...input, confirmed }));
}
