/**
 * Which mistakes would the cases in these folders not notice? Each operator's rulesets are judged by all of its cases.
 * Also called: mutation score, ミューテーションスコア.
 */
import { judgedOnce, mutationRun, type Judged } from '#engine/cases/mutation-run.ts';
import type { Diagnostic } from '#schemas/generated/types.ts';
import { caseFilesAt, operatorFolder, readCases } from './case-files.ts';
import { usableRulesets } from './ruleset-files.ts';

export interface MutantsAt {
  /** The folder of the operator. */
  readonly operator: string;
  readonly judged: readonly Judged[];
  /** What stands in the way: a ruleset or a file of cases that is not sound. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Operator by operator, for every one that has cases at `path`. */
export function mutantsAt(path: string): readonly MutantsAt[] {
  const files = Map.groupBy(caseFilesAt(path).sort(), operatorFolder);
  return [...files].map(([operator, sources]) => {
    const usable = usableRulesets(operator);
    if ('diagnostics' in usable) return { operator, judged: [], diagnostics: usable.diagnostics };
    const read = sources.map((source) => ({ source, ...readCases(source) }));
    const diagnostics = read.flatMap(({ source, faults }) => faults.map((fault) => ({ ...fault, source })));
    const cases = read.flatMap(({ cases: found = [] }) => found);
    return { operator, judged: judgedOnce([...mutationRun(usable.rulesets, cases)]), diagnostics };
  });
}
