/**
 * How does a case come into a draft, change, or leave it?
 * Also called: save as a case, ケースの保存, 受入例の追加.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { saveCaseText, type Saved, type Saving } from '#runtime/changes/edit.ts';
import { withScope } from '#runtime/db/scope.ts';

export type CaseToSave = Saving & {
  /** The case to change; a new one when left out. */
  readonly caseId?: string;
  /** The case as JSON text, sound or not; null takes it out. */
  readonly text: string | null;
};

/** Refused as `saveDraft` is, and with `case-unknown`. */
export async function saveCase(
  app: App,
  actor: Actor,
  input: CaseToSave,
): Promise<Saved & { readonly caseId: string }> {
  authorize(actor, 'ruleset.draft');
  return withScope(app, actor, (tx) => saveCaseText(tx, app, actor, input));
}
