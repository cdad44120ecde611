/**
 * Open a month's billing cycle.
 * Also called: start of closing, 締め開始, サイクルを開く.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { currentRelease } from '#runtime/catalogue/current-release.ts';
import { publishDueOf } from '#runtime/changes/due.ts';
import { drawCutOff } from '#runtime/cycles/cut-off.ts';
import { openCycle as open, type OpenedCycle } from '#runtime/cycles/open.ts';
import { withCycle } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';

export type CycleToOpen = {
  readonly legalEntity: string;
  /** The id of a published billingCycle ruleset. */
  readonly billingCycle: string;
  /** The month in which the closing day lies: '2026-11'. */
  readonly month: string;
  /** How many billing groups a chunk holds; by default what suits a worker. */
  readonly groupsAChunk?: number;
};

export async function openCycle(app: App, actor: Actor, input: CycleToOpen): Promise<OpenedCycle> {
  authorize(actor, 'cycle.open');
  const { tenantId, personId } = actor;
  const { legalEntity, billingCycle, month } = input;
  if (!/^[0-9]{4}-(0[1-9]|1[0-2])$/.test(month)) throw new Refusal('not-a-month', { value: month }, 422);
  // What is to hold from today on holds for this cycle.
  await publishDueOf(app, tenantId);
  // A transaction of its own, over at once: whoever writes facts waits for it.
  const knownAt = await withCycle(app, (tx) => drawCutOff(tx, tenantId));
  return withCycle(app, async (tx) => {
    const [entity] = await tx.sql<{ currency: string }>(
      'select currency from legal_entity where tenant_id = $1 and id = $2',
      [tenantId, legalEntity],
    );
    if (entity === undefined) throw new Refusal('legal-entity-unknown', { legalEntity }, 422);
    const { number: releaseNumber, release } = await currentRelease(tx, tenantId, app.keys.publicKey);
    const opened = await open(tx, {
      ...input,
      tenantId,
      currency: entity.currency,
      openedBy: personId,
      knownAt,
      releaseNumber,
      release,
    });
    const details = {
      legalEntity,
      billingCycle,
      month,
      knownAt,
      release: releaseNumber,
      chunks: opened.chunks,
      groups: opened.groups,
    };
    await record(tx, actor, { action: 'cycle.opened', object: `cycle/${opened.cycleId}`, details });
    return opened;
  });
}
