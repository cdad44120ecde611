/**
 * Which cases do not hold, and which mistakes would no case notice? Told as everything else that is told to an author.
 * Also called: failing test, surviving mutant, ケースの不一致.
 */
import { diagnostic } from '#engine/diagnostics/catalogue.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import type { Case, Diagnostic } from '#schemas/generated/types.ts';
import type { Judged } from './mutation-run.ts';
import type { CaseResult } from './run-cases.ts';

/** What a case that does not hold is told by: the first figure that comes out otherwise. */
export function caseFailures(results: readonly CaseResult[]): readonly Diagnostic[] {
  return results.flatMap(({ case: { it }, passed, checks, problem }, index): Diagnostic[] => {
    if (passed) return [];
    const path = below('', index);
    if (problem !== undefined) return [diagnostic('case-not-billable', path, { ...named(it), problem: problem.code })];
    const first = checks.find((check) => !check.passed);
    const { month, figure, key, expected, actual } = first ?? {};
    const what = [month ?? '', figure ?? '', key ?? ''].filter((each) => each !== '').join(' ');
    return [diagnostic('case-fails', path, { ...named(it), what, expected: expected ?? '-', actual: actual ?? '-' })];
  });
}

const named = ({ ja, en }: Case['it']): Readonly<Record<string, string>> => ({ caseJa: ja, caseEn: en });

/** The mistakes that no case would notice. */
export const survivorFindings = (judged: readonly Judged[]): readonly Diagnostic[] =>
  judged
    .filter(({ fate }) => fate === 'survives')
    .map(({ ruleset: { kind, id, version }, mutant: { path, from, to } }) => ({
      ...diagnostic('mutant-survives', path, { from, to }),
      ruleset: `${kind}/${id}@${version}`,
    }));
