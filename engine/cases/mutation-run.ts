/**
 * Would the cases notice a mistake? Runs them over every mutant of the rulesets; a mutant over which all of them still pass survives.
 * Also called: mutation score, mutation coverage, ミューテーションスコア、ケースの網羅性.
 */
import { bill } from '#engine/billing/bill.ts';
import { releaseOf, runCases } from './run-cases.ts';
import { checkRulesets } from '#engine/rulesets/check.ts';
import { prepareRelease, type Release } from '#engine/rulesets/release.ts';
import type { Case, Ruleset, RulesetKind } from '#schemas/generated/types.ts';
import { mutantsOf, type Mutant } from './mutants.ts';

/** `refused`: the checks do not let such a ruleset be published, so no case need notice it. */
export interface Judged {
  readonly ruleset: Ruleset;
  readonly mutant: Mutant;
  readonly fate: 'noticed' | 'refused' | 'survives';
}

/** One case, and what it bills: the names of the rulesets on its lines. */
interface Tried {
  readonly case: Case;
  readonly names: ReadonlySet<string>;
}

/** The kinds that decide what a bill comes to; what law allows and how a file is read have no cases. */
const billing = new Set<RulesetKind>([
  ...['ratePlan', 'term', 'penalty', 'campaign', 'bundleDiscount', 'tenureDiscount', 'offering'],
  ...['statutoryFee', 'billingCycle'],
] as RulesetKind[]);

/**
 * Each mutant that `isPicked` picks by its place, the same in all versions, judged one by one. All cases pass over the rulesets as they are: what fails before proves nothing.
 * Cases that bill by the ruleset are tried first, then the others: a condition that is turned may let the ruleset in elsewhere.
 */
export function* mutationRun(
  rulesets: readonly Ruleset[],
  cases: readonly Case[],
  isPicked: (place: string) => boolean = () => true,
): Generator<Judged, void> {
  const judgeOf = judgesFor(rulesets, cases);
  for (const ruleset of rulesets) {
    const judge = judgeOf(ruleset);
    for (const mutant of isJudged(ruleset) ? mutantsOf(ruleset) : [])
      if (isPicked(placeOf(ruleset, mutant))) yield judge(mutant);
  }
}

/** Whether its mistakes come to light on a bill at all. */
export const isJudged = ({ kind }: Ruleset): boolean => billing.has(kind);

/** Who judges the mutants of one of the rulesets. */
export function judgesFor(
  rulesets: readonly Ruleset[],
  cases: readonly Case[],
): (ruleset: Ruleset) => (mutant: Mutant) => Judged {
  const release = prepareRelease(rulesets);
  const tried = runCases(cases, release).flatMap((result): Tried[] =>
    result.passed ? [{ case: result.case, names: namesIn(result.case, release) }] : [],
  );
  let errors: number | undefined;
  const fateOf = (changed: readonly Ruleset[], mayNotice: readonly Tried[]): Judged['fate'] => {
    const ofMutant = prepareRelease(changed);
    if (mayNotice.some((one) => !passes(one.case, ofMutant))) return 'noticed';
    errors ??= errorsIn(rulesets);
    return errorsIn(changed) > errors ? 'refused' : 'survives';
  };
  return (ruleset) => {
    const name = `${ruleset.kind}/${ruleset.id}`;
    const mayNotice = tried.filter((one) => one.case.release?.includes(name) !== false);
    const inOrder = mayNotice.toSorted((a, b) => Number(b.names.has(name)) - Number(a.names.has(name)));
    return (mutant) => {
      const changed = rulesets.map((each) => (each === ruleset ? mutant.ruleset : each));
      return { ruleset, mutant, fate: fateOf(changed, inOrder) };
    };
  };
}

const errorsIn = (rulesets: readonly Ruleset[]): number =>
  checkRulesets(rulesets.map((document) => ({ document }))).filter(({ severity }) => severity === 'error').length;

/** Whatever stops the bill from being made is noticed too. */
function passes(one: Case, release: Release): boolean {
  try {
    return runCases([one], release).every(({ passed }) => passed);
  } catch {
    return false;
  }
}

function namesIn(one: Case, release: Release): ReadonlySet<string> {
  const lines = bill(one.given, releaseOf(one, release)).bills.flatMap((each) => each.lines);
  return new Set(lines.map((line) => line.ruleset));
}

/** What is changed to what, in whichever version. */
export const placeOf = ({ kind, id }: Ruleset, { path, from, to }: Mutant): string =>
  JSON.stringify([kind, id, path, from, to]);

/**
 * Of versions that say the same in a place, one for all: what is noticed in one of them is noticed. Else a plan that is
 * repriced every month would ask for its cases every month.
 */
export function judgedOnce(all: readonly Judged[]): readonly Judged[] {
  const alike = Map.groupBy(all, ({ ruleset, mutant }) => placeOf(ruleset, mutant));
  return [...alike.values()].map(
    (same) => same.find(({ fate }) => fate === 'noticed') ?? same.find(({ fate }) => fate === 'survives') ?? same[0]!,
  );
}

/** How many mutants there were, and how many of them some case noticed, or the checks refused. */
export function scoreOf(judged: readonly Judged[]): { mutants: number; noticed: number; refused: number } {
  const count = (fate: Judged['fate']): number => judged.filter((each) => each.fate === fate).length;
  return { mutants: judged.length, noticed: count('noticed'), refused: count('refused') };
}
