/**
 * What is different between two rulesets, two folders of them, or two releases: in sentences, with examples of who is concerned?
 * Also called: semantic diff, compare, 差分, 版の比較, 改定内容.
 */
import { changedCases } from '#engine/diff/meaning/cases.ts';
import { namingOf, releaseMeaning, versionChange, type RulesetChange } from '#engine/diff/meaning/release-meaning.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import { compareEach } from '#runtime/changes/compare-amounts.ts';
import { asIfLast, caseItems, casesOfEither, movedCases, type MovedCases } from '#runtime/changes/moved-cases.ts';
import type { Ruleset } from '#schemas/generated/types.ts';
import { asTokenHolder } from '../acting-person.ts';
import { word, type Call, type Command, type Outcome } from '../command.ts';
import { isPublished, publishedSide, sideAt, type Side } from '../compared-side.ts';
import { diagnosticText, told } from '../diagnostic-text.ts';
import { meaningJson, meaningText } from '../meaning-text.ts';
import { movedCasesText } from '../moved-cases-text.ts';

export const command: Command = {
  options: { all: { type: 'boolean' } },
  async run(call) {
    const [before, after] = [word(call, 0, 'A'), word(call, 1, 'B')];
    if (!isPublished(before) && !isPublished(after)) return outcome(sideAt(before), sideAt(after), call);
    return asTokenHolder(call, async (app, actor) => {
      const side = async (name: string): Promise<Side> =>
        isPublished(name) ? publishedSide(app, actor, name) : sideAt(name);
      return outcome(await side(before), await side(after), call);
    });
  },
};

function outcome(before: Side, after: Side, { say, options }: Call): Outcome {
  const diagnostics = [...before.diagnostics, ...after.diagnostics];
  if (diagnostics.length > 0)
    return {
      json: { diagnostics: diagnostics.map((each) => told(each, say)) },
      text: diagnostics.map((each) => diagnosticText(each, say)).join('\n'),
      exit: 1,
    };
  const changes = changesBetween(before, after);
  const moved = casesMoved(before, after);
  return {
    json: { ...meaningJson(changes, say), cases: moved ?? null },
    text: [
      meaningText(changes, say, options['all'] === true),
      ...(moved === undefined || changes.length === 0 ? [] : [movedCasesText(moved, say)]),
    ].join('\n\n'),
  };
}

/** Two sets as they are; two versions of one ruleset among the same others. Undefined where there is nothing to bill. */
function casesMoved(before: Side, after: Side): MovedCases | undefined {
  const sides = sidesToBill(before, after);
  const cases = casesOfEither(before.toBill, after.toBill);
  if (sides === undefined || cases.length === 0) return undefined;
  const [was, is] = sides;
  const moved = movedCases(cases, compareEach(caseItems(cases), prepareRelease(was), prepareRelease(is)));
  return moved.compared + moved.onlyBefore.length + moved.onlyAfter.length === 0 ? undefined : moved;
}

function sidesToBill(before: Side, after: Side): readonly [readonly Ruleset[], readonly Ruleset[]] | undefined {
  const [first, second] = [before.single, after.single];
  if (first === undefined && second === undefined) return [before.rulesets, after.rulesets];
  if (first === undefined || second === undefined) return undefined;
  if (first.kind !== second.kind || first.id !== second.id) return undefined;
  const around = before.around.length > 0 ? before.around : after.around;
  return [asIfLast(around, first), asIfLast(around, second)];
}

/** Two single rulesets are held against each other whatever they are called. */
function changesBetween(before: Side, after: Side): RulesetChange[] {
  if (before.single === undefined || after.single === undefined) return releaseMeaning(before, after);
  const naming = namingOf([...before.around, ...after.around, before.single, after.single]);
  const change = versionChange(before.single, after.single, naming);
  const cases = changedCases([...before.cases.values()].flat(), [...after.cases.values()].flat());
  const findings = [...change.findings, ...cases];
  return findings.length === 0 ? [] : [{ ...change, findings }];
}
