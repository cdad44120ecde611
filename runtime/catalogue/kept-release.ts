/**
 * Which rulesets hold now, without reading and verifying them for every page?
 * A release never changes: one that was verified once is kept, the latest of each tenant. Also called: cache, 最新リリースの保持.
 */
import type { Release } from '#engine/rulesets/release.ts';
import type { App } from '#runtime/app.ts';
import { currentRelease } from '#runtime/catalogue/current-release.ts';
import { latestRelease } from '#runtime/catalogue/load-release.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';

export type CurrentRelease = { readonly number: number; readonly release: Release };

/** By the keys of an installation, so that two of them in one process share nothing. */
const kept = new WeakMap<App['keys'], Map<number, CurrentRelease>>();

/** The tenant's latest release. Refuses while nothing has been published. */
export async function keptRelease(app: Pick<App, 'keys'>, tx: SqlRunner, tenantId: number): Promise<CurrentRelease> {
  const ofTenants = kept.get(app.keys) ?? new Map<number, CurrentRelease>();
  kept.set(app.keys, ofTenants);
  const held = ofTenants.get(tenantId);
  if (held !== undefined && held.number === (await latestRelease(tx, tenantId))) return held;
  const current = await currentRelease(tx, tenantId, app.keys.publicKey);
  ofTenants.set(tenantId, current);
  return current;
}
