/**
 * What is published now, as a whole? What an author's browser checks a draft against, and prices it with.
 * Also called: current release, 公開中のルール一式.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { withScope } from '#runtime/db/scope.ts';
import type { Ruleset } from '#schemas/generated/types.ts';

export type PublishedRulesets = {
  /** The number of the release. */
  readonly release: number;
  readonly rulesets: readonly Ruleset[];
};

/** Every version of every ruleset in the latest release. */
export async function publishedRulesets(app: App, actor: Actor): Promise<PublishedRulesets> {
  authorize(actor, 'ruleset.read');
  return withScope(app, actor, async (tx) => {
    const { number, release } = await keptRelease(app, tx, actor.tenantId);
    return { release: number, rulesets: release.rulesets };
  });
}
