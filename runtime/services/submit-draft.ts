/**
 * How does an author ask for a review?
 * Also called: request approval, レビュー依頼, 承認依頼.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { submitDraft as submit, type Judged } from '#runtime/changes/review.ts';
import { withScope } from '#runtime/db/scope.ts';

export type DraftToSubmit = {
  readonly draftId: string;
  /** The revision that the author is looking at. */
  readonly revision: number;
  readonly comment?: string;
};

/** All obstacles, or `inReview`. Refused with `draft-changed-meanwhile` and `draft-not-ready-for`. */
export async function submitDraft(app: App, actor: Actor, input: DraftToSubmit): Promise<Judged> {
  authorize(actor, 'ruleset.draft');
  return withScope(app, actor, (tx) => submit(tx, app, actor, input));
}
