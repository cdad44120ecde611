/**
 * Compare a cycle in trial, or a closed one, with the month before.
 * Also called: trial variance report, 仮締めの前月比較, 増減チェック.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { withScope } from '#runtime/db/scope.ts';
import {
  cycleDifferences as differences,
  type CycleDifferences,
  type DifferencesAsked,
} from '#runtime/figures/cycle-differences.ts';

export async function cycleDifferences(
  app: App,
  actor: Actor,
  { cycleId, ...asked }: DifferencesAsked & { readonly cycleId: string },
): Promise<CycleDifferences> {
  authorize(actor, 'cycle.read');
  return withScope(app, actor, async (tx) => {
    const { release } = await keptRelease(app, tx, actor.tenantId);
    return differences(tx, actor.tenantId, cycleId, release, asked);
  });
}
