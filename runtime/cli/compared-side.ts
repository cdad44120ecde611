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
import { readCaseFiles } from '#runtime/catalogue/case-files.ts';
import { readOperatorFiles, readRulesetFiles } from '#runtime/catalogue/ruleset-files.ts';
import { listCases } from '#runtime/services/list-cases.ts';
import { publishedRulesets } from '#runtime/services/published-rulesets.ts';
import { showRuleset } from '#runtime/services/show-ruleset.ts';
import type { Case, Diagnostic, Ruleset, RulesetKind } from '#schemas/generated/types.ts';

export interface Side extends RulesetSet {
  /** One ruleset by itself, rather than a set of them. */
  readonly single: Ruleset | undefined;
  /** Others of the same operator: what they are called. */
  readonly around: readonly Ruleset[];
  readonly diagnostics: readonly Diagnostic[];
}

const published = /^(?:release|([a-zA-Z]+)\/([a-z][a-z0-9-]*))@(\d{1,9})$/;

/** Whether the word names something that is published, and no file. */
export const isPublished = (word: string): boolean => published.test(word) && !existsSync(word);

/** A published version with its cases, or a whole release. */
export async function publishedSide(app: App, actor: Actor, word: string): Promise<Side> {
  const [, kind, id, number] = published.exec(word) ?? [];
  if (kind === undefined || id === undefined) {
    const { rulesets } = await publishedRulesets(app, actor, Number(number));
    return { rulesets, cases: new Map(), single: undefined, around: [], diagnostics: [] };
  }
  const asked = { kind: kind as RulesetKind, id, version: Number(number) };
  const { document } = await showRuleset(app, actor, asked);
  const cases = (await listCases(app, actor, asked)).flatMap(({ document: one }) => (one === null ? [] : [one]));
  const { rulesets: around } = await publishedRulesets(app, actor);
  return { ...alone(document, around), cases: new Map([[`${kind}/${id}`, cases]]) };
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
  if (isFile && only !== undefined) return alone(only, readOperatorFiles(files[0]!.source));
  return { rulesets, cases: isFile ? new Map() : casesAt(path), single: undefined, around: [], diagnostics };
}

const alone = (single: Ruleset, around: readonly Ruleset[]): Side => ({
  rulesets: [single],
  cases: new Map(),
  single,
  around,
  diagnostics: [],
});

function casesAt(path: string): Map<string, readonly Case[]> {
  return new Map(
    readCaseFiles(path).flatMap(({ kind, id, text }) => {
      const parsed = parseRuleset(text);
      const isSound = 'document' in parsed && formErrors('Cases', parsed.document).length === 0;
      return isSound ? [[`${kind}/${id}`, parsed.document as Case[]] as const] : [];
    }),
  );
}
