/**
 * How does an approved draft come into force: now, or on a day?
 * Also called: publish, schedule, 公開, 公開予約.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { publishDraft as publish, type Prevented, type Published, type Scheduled } from '#runtime/changes/publish.ts';
import { withScope } from '#runtime/db/scope.ts';

export type DraftToPublish = {
  readonly draftId: string;
  /** Published when this day begins where the operator is; now when left out. A draft that is scheduled may get another day. */
  readonly on?: CivilDate;
};

/** All obstacles, or what came of it. Refused with `publication-day-passed`, `not-a-day` and `draft-not-ready-for`. */
export async function publishDraft(
  app: App,
  actor: Actor,
  input: DraftToPublish,
): Promise<Published | Scheduled | Prevented> {
  authorize(actor, 'ruleset.publish');
  return withScope(app, actor, (tx) => publish(tx, app, actor, input));
}
