/**
 * Which rulesets hold now?
 * Also called: latest release, 最新リリース.
 */
import { prepareRelease, type Release } from '#engine/rulesets/release.ts';
import { latestRelease, loadRelease } from '#runtime/catalogue/load-release.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';

/** The tenant's latest release, verified with `publicKey`. Refuses while nothing has been published. */
export async function currentRelease(
  tx: SqlRunner,
  tenantId: number,
  publicKey: string,
): Promise<{ readonly number: number; readonly release: Release }> {
  const number = await latestRelease(tx, tenantId);
  if (number === undefined) throw new Refusal('nothing-published');
  return { number, release: prepareRelease(await loadRelease(tx, tenantId, number, publicKey)) };
}
