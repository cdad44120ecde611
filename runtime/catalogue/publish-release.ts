/**
 * How do rulesets become a release that bills are computed from?
 * Also called: publish, go live, deploy rules, 公開, リリースの発行, 適用.
 * A release holds what the one before it held, and what is published now. All of it is checked together, and the cases that come
 * with it have to hold. (A change that is written here, reviewed and approved comes the way of `runtime/changes`.)
 */
import type { CaseResult } from '#engine/cases/run-cases.ts';
import { checkRulesets, type RulesetSource } from '#engine/rulesets/check.ts';
import { record } from '#runtime/audit/audit.ts';
import type { App } from '#runtime/app.ts';
import { formOfCases, newCases, runNewCases, writeCases, type SubmittedCases } from '#runtime/catalogue/cases.ts';
import { identify, nameOf, type Identified } from '#runtime/catalogue/release-lock.ts';
import {
  addRelease,
  holdLatestRelease,
  type PublishedRelease,
  type Publisher,
  type ReleaseBefore,
} from '#runtime/catalogue/write-release.ts';
import { withScope, type ScopedTx } from '#runtime/db/scope.ts';
import type { Diagnostic, Ruleset } from '#schemas/generated/types.ts';
import { isRuleset } from '#schemas/generated/validators.js';

export type PublishRefusal =
  | { readonly reason: 'nothing-to-publish' }
  | { readonly reason: 'has-errors'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly reason: 'version-already-published'; readonly versions: readonly string[] }
  /** The operator bills already: these new versions go through a change, which another person approves. */
  | { readonly reason: 'needs-approval'; readonly versions: readonly string[] }
  /** The cases that came out otherwise, with the figures that did. */
  | { readonly reason: 'cases-fail'; readonly cases: readonly CaseResult[] };

export type PublishResult =
  | { readonly release: PublishedRelease; readonly warnings: readonly Diagnostic[] }
  | { readonly refusal: PublishRefusal };

/**
 * Publishes the rulesets as the tenant's next release. When all of them are published already, the latest release is the answer:
 * publishing twice changes nothing. A version that was published with other content is refused: the change is a new version.
 * With `untilBilled`, new versions are refused as soon as a first cycle has been opened: one person alone sets an operator up, and no more.
 * `cases` go with the highest version given of their ruleset; a version that has cases keeps those.
 */
export async function publishSources(
  app: App,
  by: Publisher,
  sources: readonly RulesetSource[],
  cases: readonly SubmittedCases[] = [],
  { untilBilled = false }: { readonly untilBilled?: boolean } = {},
): Promise<PublishResult> {
  if (sources.length === 0) return { refusal: { reason: 'nothing-to-publish' } };
  return withScope(app, by, async (tx) => {
    const before = await holdLatestRelease(tx, app, by.tenantId);
    const fresh = sources.flatMap(({ document }) => (isRuleset(document) ? [nameOf(document)] : []));
    const held = new Set(before.rulesets.map(nameOf));
    const versions = untilBilled ? fresh.filter((name) => !held.has(name)) : [];
    if (versions.length > 0 && (await hasBilled(tx))) {
      await record(tx, by, { action: 'release.declined', object: 'release', details: { of: versions } });
      return { refusal: { reason: 'needs-approval', versions } };
    }
    return publishAfter(tx, app, by, before, sources, cases);
  });
}

/** `publishSources` for rulesets that are in hand, as at seeding and set-up. */
export function publishRelease(app: App, by: Publisher, rulesets: readonly Ruleset[]): Promise<PublishResult> {
  return publishSources(
    app,
    by,
    rulesets.map((document) => ({ document })),
  );
}

async function hasBilled(tx: ScopedTx): Promise<boolean> {
  return (await tx.sql('select from cycle limit 1')).length > 0;
}

async function publishAfter(
  tx: ScopedTx,
  app: App,
  by: Publisher,
  before: ReleaseBefore,
  sources: readonly RulesetSource[],
  submitted: readonly SubmittedCases[],
): Promise<PublishResult> {
  const held = new Map(before.rulesets.map((ruleset) => [nameOf(ruleset), identify(ruleset)]));
  // What is published already is checked with the rest, and reported on as the earlier release.
  const resubmitted = new Set(sources.flatMap(({ document }) => (isRuleset(document) ? [nameOf(document)] : [])));
  const earlier = [...held]
    .filter(([name]) => !resubmitted.has(name))
    .map(([, { ruleset }]) => ({ document: ruleset }));
  const diagnostics = [...checkRulesets([...sources, ...earlier]), ...submitted.flatMap(formOfCases)];
  if (diagnostics.some(({ severity }) => severity === 'error'))
    return { refusal: { reason: 'has-errors', diagnostics } };

  const given = sources.map(({ document }) => identify(document as Ruleset));
  const changed = given.filter((one) => (held.get(nameOf(one.ruleset))?.hash ?? one.hash) !== one.hash);
  if (changed.length > 0) {
    return {
      refusal: { reason: 'version-already-published', versions: changed.map(({ ruleset }) => nameOf(ruleset)) },
    };
  }
  const added = given.filter(({ ruleset }) => !held.has(nameOf(ruleset)));
  const cases = await newCases(
    tx,
    given.map(({ ruleset }) => ruleset),
    submitted,
  );
  const failing = runNewCases(cases, [...before.rulesets, ...added.map(({ ruleset }) => ruleset)]);
  if (failing.length > 0) return { refusal: { reason: 'cases-fail', cases: failing } };
  const release = await releaseOf(tx, app, by, before, added);
  if (cases.length > 0) {
    await writeCases(tx, by.tenantId, cases);
    const of = cases.map(({ version }) => nameOf(version));
    await record(tx, by, { action: 'cases.published', object: `release/${release.number}`, details: { of } });
  }
  return { release, warnings: diagnostics };
}

/** The next release, or the latest when nothing is new in it. */
async function releaseOf(
  tx: ScopedTx,
  app: App,
  by: Publisher,
  before: ReleaseBefore,
  added: readonly Identified[],
): Promise<PublishedRelease> {
  const { number, rulesets } = before;
  if (added.length > 0 || number === undefined) return addRelease(tx, app, by, before, added);
  const [row] = await tx.sql<{ hash: string }>('select hash from release where tenant_id = $1 and number = $2', [
    by.tenantId,
    number,
  ]);
  if (row === undefined) throw new Error('the latest release is there');
  return { number, hash: row.hash, versions: rulesets.length, added: [] };
}
