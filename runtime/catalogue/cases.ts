/**
 * Which cases go with a version of a ruleset?
 * Those that it was approved with, or that lay beside it when it was published from files. Also called: ruleset tests, ケース, 受入例.
 */
import { randomUUID } from 'node:crypto';
import { runCases, type CaseResult } from '#engine/cases/run-cases.ts';
import { formErrors } from '#engine/rulesets/check.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import type { ReleaseItem } from '#runtime/catalogue/release-lock.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import type { Case, Diagnostic, Ruleset, RulesetKind } from '#schemas/generated/types.ts';

/** A file of cases that is published with its ruleset; `document` is what a strict reader made of it. */
export type SubmittedCases = {
  readonly kind: string;
  readonly id: string;
  readonly document: unknown;
  readonly source?: string;
};

export type Version = Pick<ReleaseItem, 'kind' | 'id' | 'version'>;

/** A case with the id that it has in every version. */
export type KeptCase = { readonly id: string; readonly document: Case };

export type CasesOfVersion = { readonly version: Version; readonly cases: readonly KeptCase[] };

/** Without their ids, each with the ruleset that it is of, 'kind/id'. */
export const placedCases = (of: readonly CasesOfVersion[]): { readonly ruleset: string; readonly case: Case }[] =>
  of.flatMap(({ version: { kind, id }, cases }) =>
    cases.map(({ document }) => ({ ruleset: `${kind}/${id}`, case: document })),
  );

/** How the file departs from the form of cases. */
export function formOfCases({ document, source }: SubmittedCases): Diagnostic[] {
  return formErrors('Cases', document).map((fault) => ({ ...fault, ...(source === undefined ? {} : { source }) }));
}

/** Which of the submitted cases are to be written: those of versions that have none yet, the highest given of each ruleset. */
export async function newCases(
  tx: SqlRunner,
  given: readonly Ruleset[],
  submitted: readonly SubmittedCases[],
): Promise<CasesOfVersion[]> {
  const found: CasesOfVersion[] = [];
  for (const { kind, id, document } of submitted) {
    const versions = given.filter((ruleset) => ruleset.kind === kind && ruleset.id === id);
    if (versions.length === 0) continue;
    const version = { kind: kind as RulesetKind, id, version: Math.max(...versions.map((one) => one.version)) };
    const earlier = await casesUpTo(tx, version);
    if (earlier.some((row) => row.version === version.version)) continue;
    found.push({ version, cases: keptCases(document as readonly Case[], earlier) });
  }
  return found;
}

/** A case is the same case when it says that it shows the same: its id is that of the last of the `earlier` ones which did. */
export function keptCases(cases: readonly Case[], earlier: readonly KeptCase[]): KeptCase[] {
  const ids = new Map(earlier.map(({ id, document }) => [document.it.ja, id]));
  return withOwnIds(cases.map((one) => ({ id: ids.get(one.it.ja) ?? randomUUID(), document: one })));
}

/** The results of the cases that do not hold, run with `rulesets`. */
export function runNewCases(cases: readonly CasesOfVersion[], rulesets: readonly Ruleset[]): CaseResult[] {
  const documents = cases.flatMap((of) => of.cases.map(({ document }) => document));
  return documents.length === 0 ? [] : runCases(documents, prepareRelease(rulesets)).filter(({ passed }) => !passed);
}

/** Writes the cases of versions that have none. They are never changed again. */
export async function writeCases(tx: SqlRunner, tenantId: number, of: readonly CasesOfVersion[]): Promise<void> {
  const rows = of.flatMap(({ version, cases }) =>
    cases.map(({ id, document }, index) => ({
      kind: version.kind,
      ruleset_id: version.id,
      version: version.version,
      id,
      number: index + 1,
      document: JSON.stringify(document, null, 2),
    })),
  );
  await tx.sql(
    `insert into ruleset_case (tenant_id, kind, ruleset_id, version, id, number, document)
     select $1, c.* from jsonb_to_recordset($2::jsonb)
       as c (kind text, ruleset_id text, version integer, id uuid, number integer, document text)`,
    [tenantId, JSON.stringify(rows)],
  );
}

/** The cases of one version, in their order. */
export async function casesOfVersion(tx: SqlRunner, { kind, id, version }: Version): Promise<KeptCase[]> {
  const rows = await tx.sql<{ id: string; document: string }>(
    `select id, document from ruleset_case where kind = $1 and ruleset_id = $2 and version = $3 order by number, id`,
    [kind, id, version],
  );
  return rows.map((row) => ({ id: row.id, document: JSON.parse(row.document) as Case }));
}

/** The cases of every ruleset in its latest version. */
export async function casesInUse(tx: SqlRunner): Promise<CasesOfVersion[]> {
  const rows = await tx.sql<CaseRow>(
    `select c.kind, c.ruleset_id as id, c.version, c.id as case_id, c.document from ruleset_case c
     where c.version = (select max(v.version) from ruleset_version v where v.kind = c.kind and v.id = c.ruleset_id)
     order by c.kind collate "C", c.ruleset_id collate "C", c.number, c.id`,
  );
  return byVersion(rows);
}

/** The cases of each ruleset in its last version among those of a release. */
export async function casesOfRelease(tx: SqlRunner, rulesets: readonly Ruleset[]): Promise<CasesOfVersion[]> {
  const last = [...Map.groupBy(rulesets, ({ kind, id }) => `${kind}/${id}`).values()].map((versions) => {
    const { kind, id } = versions[0]!;
    return { kind, id, version: Math.max(...versions.map(({ version }) => version)) };
  });
  const rows = await tx.sql<CaseRow>(
    `select c.kind, c.ruleset_id as id, c.version, c.id as case_id, c.document
     from jsonb_to_recordset($1::jsonb) as v (kind text, id text, version integer)
       join ruleset_case c on c.kind = v.kind and c.ruleset_id = v.id and c.version = v.version
     order by c.kind collate "C", c.ruleset_id collate "C", c.number, c.id`,
    [JSON.stringify(last)],
  );
  return byVersion(rows);
}

type CaseRow = Version & { readonly case_id: string; readonly document: string };

function byVersion(rows: readonly CaseRow[]): CasesOfVersion[] {
  const ofVersion = Map.groupBy(rows, ({ kind, id }) => `${kind}/${id}`);
  return [...ofVersion.values()].map((own) => ({
    version: { kind: own[0]!.kind, id: own[0]!.id, version: own[0]!.version },
    cases: own.map((row) => ({ id: row.case_id, document: JSON.parse(row.document) as Case })),
  }));
}

type Earlier = { readonly version: number; readonly id: string; readonly document: Case };

async function casesUpTo(tx: SqlRunner, { kind, id, version }: Version): Promise<Earlier[]> {
  const rows = await tx.sql<{ version: number; id: string; document: string }>(
    `select version, id, document from ruleset_case where kind = $1 and ruleset_id = $2 and version <= $3 order by version`,
    [kind, id, version],
  );
  return rows.map((row) => ({ ...row, document: JSON.parse(row.document) as Case }));
}

/** Two cases of one version that say the same are still two. */
function withOwnIds(cases: readonly KeptCase[]): KeptCase[] {
  const seen = new Set<string>();
  return cases.map((one) => {
    const own = seen.has(one.id) ? { ...one, id: randomUUID() } : one;
    seen.add(own.id);
    return own;
  });
}
