/**
 * Which rulesets does a word of the command line name: a file, a folder, a published version, or a release?
 * Also called: diff operand, 比較の対象.
 */
import { existsSync } from 'node:fs';
import type { RulesetSet } from '#engine/diff/meaning/release-meaning.ts';
import { formErrors } from '#engine/rulesets/check.ts';
import { parseRuleset } from '#engine/rulesets/parse.ts';
import type { Actor } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';
import { operatorFolder, readCaseFiles } from '#runtime/catalogue/case-files.ts';
import { readOperatorFiles, readRulesetFiles } from '#runtime/catalogue/ruleset-files.ts';
import type { CaseOf } from '#runtime/changes/moved-cases.ts';
import { casesOfPublished } from '#runtime/services/cases-of-published.ts';
import { publishedRulesets } from '#runtime/services/published-rulesets.ts';
import { showRuleset } from '#runtime/services/show-ruleset.ts';
import type { Case, Diagnostic, Ruleset, RulesetKind } from '#schemas/generated/types.ts';

export interface Side extends RulesetSet {
  /** One ruleset by itself, rather than a set of them. */
  readonly single: Ruleset | undefined;
  /** Others of the same operator: what they are called. */
  readonly around: readonly Ruleset[];
  readonly diagnostics: readonly Diagnostic[];
  /** The cases whose amounts may be others: all of the operator; none of several. */
  readonly toBill: readonly CaseOf[];
}

const published = /^(?:release|([a-zA-Z]+)\/([a-z][a-z0-9-]*))@(\d{1,9})$/;

/** Whether the word names something that is published, and no file. */
export const isPublished = (word: string): boolean => published.test(word) && !existsSync(word);

/** A published version with its cases, or a whole release. */
export async function publishedSide(app: App, actor: Actor, word: string): Promise<Side> {
  const [, kind, id, number] = published.exec(word) ?? [];
  if (kind === undefined || id === undefined) {
    const { rulesets } = await publishedRulesets(app, actor, Number(number));
    const cases = await casesOfPublished(app, actor, rulesets);
    return { ...set(rulesets, cases), toBill: cases, single: undefined, around: [], diagnostics: [] };
  }
  const { document } = await showRuleset(app, actor, { kind: kind as RulesetKind, id, version: Number(number) });
  const { rulesets: around } = await publishedRulesets(app, actor);
  const own = await casesOfPublished(app, actor, [document]);
  const others = await casesOfPublished(app, actor, around);
  const kept = own.map((each) => each.case);
  return { ...alone(document, around, [...own, ...others]), cases: new Map([[`${kind}/${id}`, kept]]) };
}

function set(rulesets: readonly Ruleset[], cases: readonly CaseOf[]): RulesetSet {
  const byRuleset = Map.groupBy(cases, ({ ruleset }) => ruleset);
  const kept = [...byRuleset].map(([name, own]) => [name, own.map((each) => each.case)] as const);
  return { rulesets, cases: new Map(kept) };
}

/** What lies at the path. Cases are compared between folders: two files of one folder share theirs. */
export function sideAt(path: string): Side {
  const files = readRulesetFiles(path);
  const read = files.map(({ source, text }) => {
    const parsed = parseRuleset(text);
    const faults = 'diagnostic' in parsed ? [parsed.diagnostic] : formErrors('Ruleset', parsed.document);
    return {
      ruleset: 'document' in parsed ? (parsed.document as Ruleset) : undefined,
      faults: faults.map((fault) => ({ ...fault, source })),
    };
  });
  const diagnostics = read.flatMap(({ faults }) => faults);
  const rulesets = diagnostics.length > 0 ? [] : read.flatMap(({ ruleset }) => ruleset ?? []);
  const [only] = rulesets;
  const isFile = path.endsWith('.json') && files.length === 1;
  if (isFile && only !== undefined) return aloneAt(files[0]!.source, only);
  const cases = isFile ? [] : casesAt(path);
  const isOneOperator = new Set(files.map(({ source }) => operatorFolder(source))).size === 1;
  return { ...set(rulesets, cases), toBill: isOneOperator ? cases : [], single: undefined, around: [], diagnostics };
}

/** Among the others of its operator, where it lies in the tree of one, with the cases of them all. */
function aloneAt(source: string, only: Ruleset): Side {
  const around = readOperatorFiles(source);
  return alone(only, around, around.length === 0 ? [] : casesAt(operatorFolder(source)));
}

const alone = (single: Ruleset, around: readonly Ruleset[], toBill: readonly CaseOf[]): Side => ({
  rulesets: [single],
  cases: new Map(),
  single,
  around,
  diagnostics: [],
  toBill,
});

function casesAt(path: string): readonly CaseOf[] {
  return readCaseFiles(path).flatMap(({ kind, id, text }) => {
    const parsed = parseRuleset(text);
    const isSound = 'document' in parsed && formErrors('Cases', parsed.document).length === 0;
    return isSound ? (parsed.document as Case[]).map((one) => ({ ruleset: `${kind}/${id}`, case: one })) : [];
  });
}
