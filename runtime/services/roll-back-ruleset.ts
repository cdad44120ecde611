/**
 * How does an older version of a ruleset come to hold again?
 * As a draft with its content and a reason, which goes the way of every change: history is added to, never rewound.
 * Also called: roll back, revert, 切り戻し, 前の版に戻す.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { startRollBack, type ToRollBack } from '#runtime/changes/start.ts';
import { withScope } from '#runtime/db/scope.ts';

/** The draft to submit. Refused with `ruleset-unknown` and `reason-missing`. */
export async function rollBackRuleset(
  app: App,
  actor: Actor,
  input: ToRollBack,
): Promise<{ readonly draftId: string }> {
  authorize(actor, 'ruleset.draft');
  return { draftId: await withScope(app, actor, (tx) => startRollBack(tx, app, actor, input)) };
}
