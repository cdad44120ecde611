/**
 * Which cases lie in these files and folders, and do they hold? Each is run with all the rulesets of its operator.
 * Also called: ruleset tests, acceptance examples, 受入例の実行, ケース.
 */
import { globSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runCases, type CaseResult } from '#engine/cases/run-cases.ts';
import { formErrors } from '#engine/rulesets/check.ts';
import { parseRuleset } from '#engine/rulesets/parse.ts';
import { prepareRelease, type Release } from '#engine/rulesets/release.ts';
import type { Case, Diagnostic } from '#schemas/generated/types.ts';
import { usableRulesets } from './ruleset-files.ts';

export interface CaseFile {
  readonly source: string;
  readonly results: readonly CaseResult[];
}

export interface CasesRun {
  readonly files: readonly CaseFile[];
  /** What stands in the way of running some of them: a ruleset or a file of cases that is not sound. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The results of every case at `paths`, file by file. Throws Node's own error when there is nothing there. */
export function runCasesAt(paths: readonly string[]): CasesRun {
  const sources = [...new Set(paths.flatMap(caseFilesAt))].sort();
  const runs = [...Map.groupBy(sources, operatorFolder)].map(([folder, ofOperator]) => runTogether(folder, ofOperator));
  return { files: runs.flatMap(({ files }) => files), diagnostics: runs.flatMap(({ diagnostics }) => diagnostics) };
}

function runTogether(folder: string, sources: readonly string[]): CasesRun {
  const usable = usableRulesets(folder);
  if ('diagnostics' in usable) return { files: [], diagnostics: usable.diagnostics };
  const release: Release = prepareRelease(usable.rulesets);
  const read = sources.map((source) => ({ source, ...readCases(source) }));
  return {
    files: read.flatMap(({ source, cases }) =>
      cases === undefined ? [] : [{ source, results: runCases(cases, release) }],
    ),
    diagnostics: read.flatMap(({ source, faults }) => faults.map((fault) => ({ ...fault, source }))),
  };
}

/** The cases in a file, or what is wrong with it. */
export function readCases(source: string): {
  readonly cases?: readonly Case[];
  readonly faults: readonly Diagnostic[];
} {
  const parsed = parseRuleset(readFileSync(source, 'utf8'));
  const faults = 'diagnostic' in parsed ? [parsed.diagnostic] : formErrors('Cases', parsed.document);
  return 'diagnostic' in parsed || faults.length > 0
    ? { faults }
    : { cases: parsed.document as readonly Case[], faults };
}

/** The texts of the files of cases at `path`, and the ruleset that each lies beside: `<operator>/<kind>/<id>/cases.json`. */
export function readCaseFiles(path: string): { kind: string; id: string; text: string; source: string }[] {
  return caseFilesAt(path)
    .sort()
    .flatMap((source) => {
      const [kind = '', id = '', name] = source.split('/').slice(-3);
      return name === 'cases.json' ? [{ kind, id, text: readFileSync(source, 'utf8'), source }] : [];
    });
}

/** The files of cases at `path`. Throws Node's own error when there is nothing there. */
export function caseFilesAt(path: string): string[] {
  const start = resolve(path).replaceAll('\\', '/');
  if (!statSync(start).isDirectory()) return [start];
  return globSync('**/cases.json', { cwd: start }).map((name) => join(start, name).replaceAll('\\', '/'));
}

/** Cases lie at `<operator>/<kind>/<id>/cases.json`. */
export const operatorFolder = (source: string): string => source.split('/').slice(0, -3).join('/');
