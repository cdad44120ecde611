/**
 * Which cases do not hold, and which rows of the rulesets does no case try? Told as everything else that is told to an author.
 * Also called: coverage, failing test, ケースの不一致、ケースのない行.
 */
import { diagnostic } from '#engine/diagnostics/catalogue.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import type { BillLine, Case, Diagnostic, Ruleset } from '#schemas/generated/types.ts';
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

/** So many rows are named. */
const mostNamed = 5;

/** One for each table of the ruleset with rows that none of the lines came from, in whichever version; none where no case bills by it. */
export function rowsNotTried(
  ruleset: Ruleset,
  versions: readonly Ruleset[],
  lines: readonly BillLine[],
): readonly Diagnostic[] {
  const name = `${ruleset.kind}/${ruleset.id}`;
  const own = lines.filter((line) => line.ruleset === name);
  if (own.length === 0) return [];
  const tried = new Set(
    own.flatMap(({ version, row }) => {
      const of = versions.find(
        (each) => each.kind === ruleset.kind && each.id === ruleset.id && each.version === version,
      );
      return of === undefined ? [] : listsOf(of).flatMap((list) => keysTried(list, row));
    }),
  );
  return listsOf(ruleset).flatMap((list): Diagnostic[] => {
    const untried = list.rows.filter((row) => !tried.has(`${list.key} ${row}`));
    if (untried.length === 0) return [];
    const named = untried.slice(0, mostNamed).join(', ') + (untried.length > mostNamed ? ', …' : '');
    const values = { count: `${untried.length}`, of: `${list.rows.length}`, rows: named };
    return [diagnostic('rows-not-tried', list.path, values)];
  });
}

/** The mistakes that no case would notice. */
export const survivorFindings = (judged: readonly Judged[]): readonly Diagnostic[] =>
  judged
    .filter(({ fate }) => fate === 'survives')
    .map(({ ruleset: { kind, id, version }, mutant: { path, from, to } }) => ({
      ...diagnostic('mutant-survives', path, { from, to }),
      ruleset: `${kind}/${id}@${version}`,
    }));

/** A list of rows of which a line names one. */
interface RowList {
  readonly path: string;
  /** The same in every version: the charge by its id, not by its place. */
  readonly key: string;
  /** The id of each row, or its number from 1. */
  readonly rows: readonly string[];
  /** A use of a higher tier has been through those below it. */
  readonly isClimbed: boolean;
}

function listsOf(ruleset: Ruleset): readonly RowList[] {
  const numbered = (rows: readonly unknown[]): string[] => rows.map((_, index) => `${index + 1}`);
  if (ruleset.kind === 'tenureDiscount')
    return [{ path: '/body/steps', key: 'steps', rows: numbered(ruleset.body.steps), isClimbed: false }];
  if (ruleset.kind !== 'ratePlan') return [];
  return ruleset.body.charges.flatMap((charge, index): RowList[] => {
    if (charge.type !== 'usage' && charge.type !== 'quantity') return [];
    const { price } = charge;
    const list = (field: string, rows: readonly string[], isClimbed = false): RowList[] => [
      { path: below('/body/charges', index, 'price', field), key: charge.id, rows, isClimbed },
    ];
    switch (price.model) {
      case 'matrix':
        return list(
          'rows',
          price.rows.map(({ id }) => id),
        );
      case 'volume':
      case 'graduated':
        return list('tiers', numbered(price.tiers), price.model === 'graduated');
      case 'steppedFlat':
        return list('steps', numbered(price.steps));
      default:
        return [];
    }
  });
}

function keysTried({ path, key, rows, isClimbed }: RowList, row: string): readonly string[] {
  if (!row.startsWith(`${path}/`)) return [];
  const place = Number(row.slice(path.length + 1).split('/')[0]);
  return rows.slice(isClimbed ? 0 : place, place + 1).map((each) => `${key} ${each}`);
}
