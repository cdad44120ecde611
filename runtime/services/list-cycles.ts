/**
 * Which cycles are there, and how do they stand?
 * Also called: cycle list, bill runs, サイクル一覧, 締め一覧.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import {
  cycles,
  openableCycles,
  type CycleFacts,
  type CyclesAsked,
  type OpenableCycle,
} from '#runtime/cycles/queries.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { latestRelease } from '#runtime/catalogue/load-release.ts';
import { withScope } from '#runtime/db/scope.ts';
import type { Page } from '#runtime/services/page.ts';

export type CycleList = Page<CycleFacts> & {
  /** What may be opened next, for every legal entity and billing cycle of the current release. */
  readonly openable: readonly OpenableCycle[];
};

/** The latest month first, unless another order is asked for. */
export async function listCycles(app: App, actor: Actor, input: CyclesAsked = {}): Promise<CycleList> {
  authorize(actor, 'cycle.read');
  return withScope(app, actor, async (tx) => {
    const found = await cycles(tx, input);
    const isPublished = (await latestRelease(tx, actor.tenantId)) !== undefined;
    const openable = isPublished
      ? await openableCycles(tx, (await keptRelease(app, tx, actor.tenantId)).release, app.clock)
      : [];
    return { ...found, openable };
  });
}
