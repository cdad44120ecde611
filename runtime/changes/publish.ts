/**
 * How does an approved draft become a published version: now, or on its day?
 * Also called: publish, schedule, go live, 公開, 公開予約, 施行.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import { isCivilDate } from '#engine/calendar/civil-date.ts';
import type { App } from '#runtime/app.ts';
import { writeCases } from '#runtime/catalogue/cases.ts';
import { identify } from '#runtime/catalogue/release-lock.ts';
import { addRelease, holdLatestRelease, releaseBefore } from '#runtime/catalogue/write-release.ts';
import { checkDraft, nextVersion, type DraftCheck, type Obstacle } from '#runtime/changes/check.ts';
import { readDraft, recordDraft, refuseMove, type Draft, type Person } from '#runtime/changes/draft.ts';
import { todayOf } from '#runtime/changes/start.ts';
import type { ScopedTx } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { Ruleset } from '#schemas/generated/types.ts';

export type Published = { readonly state: 'published'; readonly version: number; readonly release: number };
export type Scheduled = { readonly state: 'scheduled'; readonly publishOn: CivilDate };
export type Prevented = { readonly obstacles: readonly Obstacle[] };

type PublishApp = Pick<App, 'clock' | 'keys'>;

/** Publishes the draft as the next version of its ruleset, in a release of its own; or says all that stands in the way. */
export async function publishNow(
  tx: ScopedTx,
  app: PublishApp,
  by: Person,
  draft: Draft,
): Promise<Published | Prevented> {
  refuseMove(draft, 'published');
  const before = await holdLatestRelease(tx, app, by.tenantId);
  const check = await checkDraft(tx, draft, before);
  const obstacles = obstaclesTo(draft, check);
  if (obstacles.length > 0) return { obstacles };
  const { content } = check;
  const version = nextVersion(draft);
  const release = await addRelease(tx, app, by, before, [identify(content.document as Ruleset)]);
  const cases = content.cases.flatMap(({ id, document }) => (document === undefined ? [] : [{ id, document }]));
  await writeCases(tx, by.tenantId, [{ version: { kind: draft.kind, id: draft.rulesetId, version }, cases }]);
  draft.state = 'published';
  draft.publishOn = null;
  draft.failure = null;
  draft.publishedVersion = version;
  draft.releaseNumber = release.number;
  draft.publishedBy = by.personId;
  draft.publishedAt = app.clock.now();
  const { approvedBy, approvedHash: hash } = draft;
  await recordDraft(tx, by, draft, 'published', { version, release: release.number, hash, approvedBy });
  return { state: 'published', version, release: release.number };
}

/** Has the draft published when the day `on` begins where the operator is. It is checked now, and again then. */
export async function schedule(
  tx: ScopedTx,
  app: PublishApp,
  by: Person,
  draft: Draft,
  on: CivilDate,
): Promise<Scheduled | Prevented> {
  refuseMove(draft, 'scheduled');
  if (!isCivilDate(on)) throw new Refusal('not-a-day', { value: on }, 422);
  if (on <= (await todayOf(tx, app, by))) throw new Refusal('publication-day-passed', { on }, 422);
  const obstacles = obstaclesTo(draft, await checkDraft(tx, draft, await releaseBefore(tx, app, by.tenantId)));
  if (obstacles.length > 0) return { obstacles };
  draft.state = 'scheduled';
  draft.publishOn = on;
  draft.scheduledBy = by.personId;
  draft.failure = null;
  await recordDraft(tx, by, draft, 'scheduled', { on, version: nextVersion(draft), hash: draft.approvedHash });
  return { state: 'scheduled', publishOn: on };
}

/** Publishes now, or on the day named. */
export async function publishDraft(
  tx: ScopedTx,
  app: PublishApp,
  by: Person,
  input: { readonly draftId: string; readonly on?: CivilDate },
): Promise<Published | Scheduled | Prevented> {
  const draft = await readDraft(tx, input.draftId, 'lock');
  return input.on === undefined ? publishNow(tx, app, by, draft) : schedule(tx, app, by, draft, input.on);
}

/** An approval holds for what was approved and nothing else, whoever changed it and however. */
function obstaclesTo({ approvedHash }: Draft, { content, obstacles }: DraftCheck): readonly Obstacle[] {
  return content.hash === approvedHash ? obstacles : [{ reason: 'approval-void' }, ...obstacles];
}
