/**
 * Do the cases that lie beside the rulesets hold, and which rows and rulesets do they leave untried? Operator by operator, and only where
 * the rulesets are sound: of others nothing can be billed. Also called: ケースの検査.
 */
import { checkRulesets, formErrors } from '#engine/rulesets/check.ts';
import { isRulesetFile, type RulesetFile } from '#engine/rulesets/files.ts';
import { parseRuleset } from '#engine/rulesets/parse.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import type { Case, Diagnostic, Ruleset } from '#schemas/generated/types.ts';
import { caseFailures } from './case-findings.ts';
import { billedCases } from './run-cases.ts';
import { untried } from './untried-rows.ts';

const operatorOf = ({ source }: RulesetFile): string => source.split('/').slice(0, -3).join('/');

/** `source` is the file of the case, or that of the ruleset's last version. Beside files that lie in no operator's tree there can be no cases. */
export function checkCaseFiles(files: readonly RulesetFile[], cases: readonly RulesetFile[]): readonly Diagnostic[] {
  const casesOf = Map.groupBy(cases, operatorOf);
  return [...Map.groupBy(files, operatorOf)].flatMap(([operator, ofOperator]) => {
    const isTree = ofOperator.every(({ source }) => isRulesetFile(source));
    return isTree ? checkOperator(ofOperator, casesOf.get(operator) ?? []) : [];
  });
}

function checkOperator(files: readonly RulesetFile[], beside: readonly RulesetFile[]): readonly Diagnostic[] {
  const read = files.map(({ source, text }) => ({ source, parsed: parseRuleset(text) }));
  const sound = read.flatMap(({ source, parsed }) =>
    'document' in parsed ? [{ source, ruleset: parsed.document as Ruleset }] : [],
  );
  const rulesets = sound.map(({ ruleset }) => ruleset);
  const isSound =
    sound.length === files.length &&
    checkRulesets(rulesets.map((document) => ({ document }))).every(({ severity }) => severity !== 'error');
  if (!isSound) return [];
  const release = prepareRelease(rulesets);
  const placed = beside.map(({ source, text }) => {
    const { faults, cases } = casesIn(text);
    return { source, faults, billed: billedCases(cases, release) };
  });
  const all = placed.flatMap(({ billed }) => billed.map(({ result, bills }) => ({ case: result.case, bills })));
  const last = sound.filter(({ ruleset: { kind, id, version } }) =>
    rulesets.every((each) => each.kind !== kind || each.id !== id || each.version <= version),
  );
  return [
    ...placed.flatMap(({ source, billed, faults }) =>
      [...faults, ...caseFailures(billed.map(({ result }) => result))].map((each) => ({ ...each, source })),
    ),
    ...last.flatMap(({ source, ruleset }) =>
      untried(ruleset, rulesets, all).map((each) => ({
        ...{ ...each, source },
        ruleset: `${ruleset.kind}/${ruleset.id}@${ruleset.version}`,
      })),
    ),
  ];
}

function casesIn(text: string): { readonly cases: readonly Case[]; readonly faults: readonly Diagnostic[] } {
  const parsed = parseRuleset(text);
  const faults = 'diagnostic' in parsed ? [parsed.diagnostic] : formErrors('Cases', parsed.document);
  return { faults, cases: faults.length > 0 || 'diagnostic' in parsed ? [] : (parsed.document as readonly Case[]) };
}
