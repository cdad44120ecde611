/**
 * What changed from one published version of a ruleset to another, in words and in the amounts of the cases?
 * Also called: version comparison, 版の比較, 差分.
 */
import type { Finding } from '#engine/diff/meaning/finding.ts';
import { readDifferences, type ReadDifference } from '#engine/diff/read-differences.ts';
import type { Actor } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';
import { compareInThread } from '#runtime/changes/comparing-thread.ts';
import { asIfLast, caseItems, casesOfEither, movedCases, type MovedCases } from '#runtime/changes/moved-cases.ts';
import { guarded } from '#runtime/guard/guarded.ts';
import { casesOfPublished } from '#runtime/services/cases-of-published.ts';
import { publishedRulesets } from '#runtime/services/published-rulesets.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { Ruleset, RulesetKind } from '#schemas/generated/types.ts';

export interface VersionsCompared {
  readonly before: number;
  readonly after: number;
  readonly findings: readonly Finding[];
  readonly differences: readonly ReadDifference[];
  /** The cases of both versions, and those of all rulesets in their last version. */
  readonly cases: MovedCases;
}

export interface VersionsAsked {
  readonly kind: RulesetKind;
  readonly id: string;
  readonly before: number;
  readonly after: number;
}

/** In the order asked for: what `after` says that `before` did not. Refused with `ruleset-unknown` and `too-much-work`. */
export async function diffVersions(app: App, actor: Actor, asked: VersionsAsked): Promise<VersionsCompared> {
  const { kind, id } = asked;
  const { rulesets } = await publishedRulesets(app, actor);
  const [before, after] = [asked.before, asked.after].map((version) =>
    rulesets.find((ruleset) => ruleset.kind === kind && ruleset.id === id && ruleset.version === version),
  );
  if (before === undefined || after === undefined) throw new Refusal('ruleset-unknown', { kind, id }, 404);
  return {
    before: before.version,
    after: after.version,
    findings: await guarded({ is: 'meaning', before, after, known: rulesets }),
    differences: readDifferences('Ruleset', before, after),
    cases: await casesMoved(app, actor, rulesets, before, after),
  };
}

/** Billed with everything that is published, as if the one version, and as if the other, were the last of its ruleset. */
async function casesMoved(
  app: App,
  actor: Actor,
  rulesets: readonly Ruleset[],
  before: Ruleset,
  after: Ruleset,
): Promise<MovedCases> {
  const cases = casesOfEither(
    [...(await casesOfPublished(app, actor, [before])), ...(await casesOfPublished(app, actor, [after]))],
    await casesOfPublished(app, actor, rulesets),
  );
  const sides = { before: asIfLast(rulesets, before), after: asIfLast(rulesets, after) };
  return movedCases(cases, await compareInThread({ ...sides, items: caseItems(cases) }));
}
