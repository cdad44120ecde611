/**
 * What is published now, as a whole? What an author's browser checks a draft against, and prices it with.
 * Also called: current release, 公開中のルール一式.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { loadRelease } from '#runtime/catalogue/load-release.ts';
import { withScope } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { Ruleset } from '#schemas/generated/types.ts';

export type PublishedRulesets = {
  /** The number of the release. */
  readonly release: number;
  readonly rulesets: readonly Ruleset[];
};

/** Every version of every ruleset in the latest release, or in the one of that number. Refused with `release-unknown`. */
export async function publishedRulesets(app: App, actor: Actor, asked?: number): Promise<PublishedRulesets> {
  authorize(actor, 'ruleset.read');
  return withScope(app, actor, async (tx) => {
    if (asked !== undefined) {
      const [known] = await tx.sql('select 1 from release where tenant_id = $1 and number = $2', [
        actor.tenantId,
        asked,
      ]);
      if (known === undefined) throw new Refusal('release-unknown', { number: String(asked) }, 404);
      return { release: asked, rulesets: await loadRelease(tx, actor.tenantId, asked, app.keys.publicKey) };
    }
    const { number, release } = await keptRelease(app, tx, actor.tenantId);
    return { release: number, rulesets: release.rulesets };
  });
}
