/**
 * What happens when the day of a scheduled publication comes?
 * Each is published once, however many processes look; what stands in the way is recorded, and the approver publishes again.
 * Asked every minute while Kanade serves, and before a cycle is opened. Also called: scheduled release, cron, 公開予約の実行.
 */
import type { App } from '#runtime/app.ts';
import { tenants } from '#runtime/access/tenants.ts';
import { readDraft, recordDraft, type Draft, type Person } from '#runtime/changes/draft.ts';
import { publishNow, type Prevented, type Published } from '#runtime/changes/publish.ts';
import { todayOf } from '#runtime/changes/start.ts';
import { withScope } from '#runtime/db/scope.ts';

export type DuePublication = { readonly draftId: string } & (Published | Prevented);

type DueApp = Pick<App, 'orm' | 'clock' | 'keys'>;
type Due = { readonly id: string; readonly scheduledBy: string };

/** Publishes whatever is due for one tenant, the longest due first. */
export async function publishDueOf(app: DueApp, tenantId: number): Promise<DuePublication[]> {
  const done: DuePublication[] = [];
  for (const { id, scheduledBy } of await dueDrafts(app, tenantId)) {
    const result = await publishIfDue(app, { tenantId, personId: scheduledBy }, id);
    if (result !== undefined) done.push({ draftId: id, ...result });
  }
  return done;
}

/** Publishes whatever is due for any tenant. */
export async function publishDue(app: DueApp & Pick<App, 'authPool'>): Promise<DuePublication[]> {
  const done: DuePublication[] = [];
  for (const { id } of await tenants(app)) done.push(...(await publishDueOf(app, id)));
  return done;
}

function dueDrafts(app: DueApp, tenantId: number): Promise<Due[]> {
  return withScope(app, { tenantId, personId: NOBODY }, async (tx) => {
    const today = await todayOf(tx, app, { tenantId, personId: NOBODY });
    return tx.sql<Due>(
      `select id, scheduled_by as "scheduledBy" from ruleset_draft
       where state = 'scheduled' and publish_on <= $1 order by publish_on, approved_at, id`,
      [today],
    );
  });
}

/** Nothing when somebody else has published, changed or put off the draft in the meantime. */
function publishIfDue(app: DueApp, by: Person, draftId: string): Promise<Published | Prevented | undefined> {
  return withScope(app, by, async (tx) => {
    const draft = await readDraft(tx, draftId, 'lock');
    const today = await todayOf(tx, app, by);
    if (draft.state !== 'scheduled' || (draft.publishOn ?? today) > today) return undefined;
    const result = await publishNow(tx, app, by, draft);
    if ('obstacles' in result) {
      const { publishOn: on } = draft;
      giveBack(draft, app.clock.now(), result);
      const reasons = result.obstacles.map(({ reason }) => reason);
      await recordDraft(tx, by, draft, 'publicationFailed', { on, reasons });
    }
    return result;
  });
}

/** The approval stands; the approver is shown why nothing came of it. */
function giveBack(draft: Draft, at: Date, { obstacles }: Prevented): void {
  draft.failure = { at: at.toISOString(), on: draft.publishOn, obstacles };
  draft.state = 'approved';
  draft.publishOn = null;
  draft.scheduledBy = null;
}

const NOBODY = '00000000-0000-0000-0000-000000000000';
