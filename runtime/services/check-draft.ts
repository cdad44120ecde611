/**
 * What is to be said about a draft before it is submitted?
 * Also called: validate, 検証, 検査.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { releaseBefore } from '#runtime/catalogue/write-release.ts';
import { checkDraft as check, type CheckedCase, type Obstacle } from '#runtime/changes/check.ts';
import { readDraft } from '#runtime/changes/draft.ts';
import { isOver } from '#runtime/changes/moves.ts';
import { withScope } from '#runtime/db/scope.ts';
import type { Diagnostic } from '#schemas/generated/types.ts';

export type DraftChecked = {
  /** The revision that was checked, and the hash to approve it by; null while a text cannot be read. */
  readonly revision: number;
  readonly hash: string | null;
  /** `source` is 'draft', 'case/<id>', or none for an error that the draft brings about in another ruleset. */
  readonly diagnostics: readonly Diagnostic[];
  /** The results of the draft's cases; none while it has errors. */
  readonly cases: readonly CheckedCase[];
  /** What stands in the way of publishing; words are `refusal.<reason>`. */
  readonly obstacles: readonly Obstacle[];
};

export async function checkDraft(app: App, actor: Actor, input: { readonly draftId: string }): Promise<DraftChecked> {
  authorize(actor, 'ruleset.readDrafts');
  return withScope(app, actor, async (tx) => {
    const draft = await readDraft(tx, input.draftId);
    const { content, diagnostics, cases, obstacles } = await check(
      tx,
      draft,
      await releaseBefore(tx, app, actor.tenantId),
    );
    const { revision, state } = draft;
    return { revision, hash: content.hash, diagnostics, cases, obstacles: isOver(state) ? [] : obstacles };
  });
}
