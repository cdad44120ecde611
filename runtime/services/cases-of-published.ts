/**
 * Which cases go with these published rulesets: those of the last version of each?
 * Also called: cases of a release, リリースのケース.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { casesOfRelease, placedCases } from '#runtime/catalogue/cases.ts';
import type { CaseOf } from '#runtime/changes/moved-cases.ts';
import { withScope } from '#runtime/db/scope.ts';
import type { Ruleset } from '#schemas/generated/types.ts';

/** In order of kind and id. */
export async function casesOfPublished(app: App, actor: Actor, rulesets: readonly Ruleset[]): Promise<CaseOf[]> {
  authorize(actor, 'ruleset.read');
  return withScope(app, actor, async (tx) => placedCases(await casesOfRelease(tx, rulesets)));
}
