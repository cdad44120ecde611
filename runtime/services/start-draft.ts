/**
 * How does a product manager begin a change: the next version of a ruleset, or a ruleset that is new?
 * Also called: new draft, new version, 下書きの作成, 新しい版, 新規ルールセット.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { startNewRuleset, startNextVersion } from '#runtime/changes/start.ts';
import { withScope } from '#runtime/db/scope.ts';
import type { RulesetKind } from '#schemas/generated/types.ts';

export type DraftToStart = {
  readonly kind: RulesetKind;
  readonly id: string;
  /** Set for a ruleset that is new: empty, or with what the published ruleset `like` of the kind says. */
  readonly isNew?: { readonly like?: string };
  /** The first day of the change; by default the first of the next month that is not billed yet. */
  readonly from?: CivilDate;
};

/** Refused with `ruleset-unknown`, or for a new one with `ruleset-exists` and `not-a-name`. */
export async function startDraft(app: App, actor: Actor, input: DraftToStart): Promise<{ readonly draftId: string }> {
  authorize(actor, 'ruleset.draft');
  const { isNew, ...named } = input;
  const draftId = await withScope(app, actor, (tx) =>
    isNew === undefined
      ? startNextVersion(tx, app, actor, named)
      : startNewRuleset(tx, app, actor, { ...named, ...isNew }),
  );
  return { draftId };
}
