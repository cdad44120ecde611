/**
 * How is what somebody types kept?
 * As typed, sound or not, every few seconds. Also called: autosave, 自動保存, 下書きの保存.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { readDraft } from '#runtime/changes/draft.ts';
import { saveText, type Saved, type Saving } from '#runtime/changes/edit.ts';
import { latestVersion } from '#runtime/changes/start.ts';
import { withScope } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';

export type DraftToSave = Saving & {
  readonly text: string;
  /** The version in use, once the author has carried the change over to it: from then on the draft is the version after that. */
  readonly base?: number;
};

/**
 * Refused with `draft-changed-meanwhile` (by whom, and the newer revision), with `draft-under-way` where the draft is being judged
 * and `takeBack` is not set, with `draft-closed`, `draft-too-large`, and `base-not-current`.
 */
export async function saveDraft(app: App, actor: Actor, input: DraftToSave): Promise<Saved> {
  authorize(actor, 'ruleset.draft');
  return withScope(app, actor, async (tx) => {
    if (input.base !== undefined) {
      const { kind, rulesetId: id } = await readDraft(tx, input.draftId);
      const current = await latestVersion(tx, { kind, id });
      if (current !== input.base) throw new Refusal('base-not-current', { base: input.base, current: current ?? 0 });
    }
    return saveText(tx, app, actor, input);
  });
}
