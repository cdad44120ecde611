/**
 * May this draft be published, and if not, what stands in the way?
 * The same is asked when it is submitted, approved, scheduled and published. Also called: publish check, gate, 公開前の検査.
 */
import type { CaseResult } from '#engine/cases/run-cases.ts';
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import { readDifferences, type ReadDifference } from '#engine/diff/read-differences.ts';
import { casesInUse } from '#runtime/catalogue/cases.ts';
import { billedDays, type BilledDays } from '#runtime/changes/billed-days.ts';
import { contentOf, effectiveFrom, type Content } from '#runtime/changes/content.ts';
import { casesOfDraft, type Draft } from '#runtime/changes/draft.ts';
import type { ReleaseBefore } from '#runtime/catalogue/write-release.ts';
import type { ScopedTx } from '#runtime/db/scope.ts';
import { guarded } from '#runtime/guard/guarded.ts';
import type { Diagnostic, Ruleset } from '#schemas/generated/types.ts';

export type CheckedCase = { readonly id: string; readonly result: CaseResult };

/** Words: `refusal.<reason>` with the values of the obstacle. */
export type Obstacle =
  /** At the rows that the diagnostics name. `source` is 'draft', 'case/<id>', or none for another ruleset that would break. */
  | { readonly reason: 'has-errors'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly reason: 'cases-fail'; readonly count: number; readonly cases: readonly CheckedCase[] }
  | {
      readonly reason: 'someone-published-first';
      readonly currentVersion: number;
      readonly by: string;
      readonly at: string;
      /** What changed from the version that the draft started from to the one in use. */
      readonly differences: readonly ReadDifference[];
    }
  | {
      readonly reason: 'effective-date-already-billed';
      readonly effectiveFrom: CivilDate;
      /** The last day that is billed without the change. */
      readonly billedThrough: CivilDate;
      readonly earliest: CivilDate;
    }
  | { readonly reason: 'approval-void' };

export type DraftCheck = {
  readonly content: Content;
  /** What the author is told of the draft, and the errors that it would bring about in others. */
  readonly diagnostics: readonly Diagnostic[];
  /** The results of the draft's cases; none while it has errors. */
  readonly cases: readonly CheckedCase[];
  readonly obstacles: readonly Obstacle[];
};

/** Checks the draft, as it is now, with everything that `published` holds. */
export async function checkDraft(tx: ScopedTx, draft: Draft, published: ReleaseBefore): Promise<DraftCheck> {
  const typed = await casesOfDraft(tx, draft.id);
  const content = contentOf(draft, typed);
  const others = withoutVersion(published.rulesets, draft);
  const billed = await billedDays(tx, draft);
  const casesElsewhere = (await casesInUse(tx))
    .filter(({ version: { kind, id } }) => kind !== draft.kind || id !== draft.rulesetId)
    .flatMap(({ cases: kept }) => kept.map(({ document }) => document));
  const identity = otherIdentity(draft, content.document);
  const judged = await guarded({ is: 'draft', text: draft.document, cases: typed, others, casesElsewhere });
  const diagnostics = [...identity, ...judged.diagnostics, ...cyclesUnderWay(content, billed)];
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const cases = errors.length > 0 ? [] : judged.cases;
  const failing = cases.filter(({ result }) => !result.passed);
  const obstacles: (Obstacle | undefined)[] = [
    errors.length > 0 ? { reason: 'has-errors', diagnostics: errors } : undefined,
    failing.length > 0 ? { reason: 'cases-fail', count: failing.length, cases: failing } : undefined,
    await publishedFirst(tx, draft, published),
    alreadyBilled(content, billed),
  ];
  return { content, diagnostics, cases, obstacles: obstacles.filter((one) => one !== undefined) };
}

/** The number that the draft will be published under. */
export const nextVersion = ({ baseVersion }: Pick<Draft, 'baseVersion'>): number => (baseVersion ?? 0) + 1;

function withoutVersion(rulesets: readonly Ruleset[], draft: Draft): Ruleset[] {
  return rulesets.filter(
    ({ kind, id, version }) => kind !== draft.kind || id !== draft.rulesetId || version !== nextVersion(draft),
  );
}

/** A draft is for one ruleset and its next version; it cannot become another's by what is typed in it. */
function otherIdentity(draft: Draft, document: unknown): Diagnostic[] {
  const expected = { kind: draft.kind, id: draft.rulesetId, version: nextVersion(draft) };
  const found = (typeof document === 'object' && document !== null ? document : {}) as Readonly<
    Record<string, unknown>
  >;
  return Object.entries(expected).flatMap(([field, value]): Diagnostic[] => {
    if (!Object.hasOwn(found, field) || found[field] === value) return [];
    const values = { field, expected: String(value), found: JSON.stringify(found[field]) };
    return [{ code: 'draft-identity', severity: 'error', path: `/${field}`, values, source: 'draft' }];
  });
}

async function publishedFirst(tx: ScopedTx, draft: Draft, { rulesets }: ReleaseBefore): Promise<Obstacle | undefined> {
  const versions = rulesets.filter(({ kind, id }) => kind === draft.kind && id === draft.rulesetId);
  const current = versions.at(-1);
  if (current === undefined || current.version === draft.baseVersion) return undefined;
  const base = versions.find(({ version }) => version === draft.baseVersion) ?? {};
  const [row] = await tx.sql<{ by: string; at: Date | string }>(
    `select coalesce(p.name, '') as by, v.published_at as at from ruleset_version v left join person p on p.id = v.published_by
     where v.kind = $1 and v.id = $2 and v.version = $3`,
    [draft.kind, draft.rulesetId, current.version],
  );
  return {
    reason: 'someone-published-first',
    currentVersion: current.version,
    by: row?.by ?? '',
    at: new Date(row?.at ?? 0).toISOString(),
    differences: readDifferences('Ruleset', base, current),
  };
}

function alreadyBilled({ document }: Content, { unbilledFrom }: BilledDays): Obstacle | undefined {
  const from = effectiveFrom(document);
  if (from === undefined || unbilledFrom === undefined || from >= unbilledFrom) return undefined;
  const billedThrough = addDays(unbilledFrom, -1);
  return { reason: 'effective-date-already-billed', effectiveFrom: from, billedThrough, earliest: unbilledFrom };
}

/** A cycle that is open has frozen its release: it has to be frozen anew to take the change up. */
function cyclesUnderWay({ document }: Content, { underWay }: BilledDays): Diagnostic[] {
  const from = effectiveFrom(document);
  return underWay.flatMap(({ billingCycle, month, end }): Diagnostic[] => {
    if (from === undefined || from >= end) return [];
    const values = { billingCycle, month };
    return [{ code: 'cycle-under-way', severity: 'warning', path: '/effective/from', values, source: 'draft' }];
  });
}
