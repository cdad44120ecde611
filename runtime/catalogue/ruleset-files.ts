/**
 * Which rulesets lie in these files and folders? Also called: ruleset folder, export tree, ルールセットのフォルダー.
 * Shipped as `<operator>/<kind>/<id>/v3.json`; a folder without such files is taken for a flat one, of whatever names.
 */
import { globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { formErrors } from '#engine/rulesets/check.ts';
import { parseRuleset } from '#engine/rulesets/parse.ts';
import { checkRulesetFiles, isRulesetFile, type RulesetFile } from '#engine/rulesets/files.ts';
import { guardedFolder } from '#runtime/guard/guarded.ts';
import type { Diagnostic, Ruleset } from '#schemas/generated/types.ts';

/** The ruleset files at `path`, a file or a folder. Throws Node's own error when there is nothing there. */
export function readRulesetFiles(path: string): RulesetFile[] {
  const start = resolve(path).replaceAll('\\', '/');
  if (!statSync(start).isDirectory()) return [fileAt(start)];
  const all = globSync('**/*.json', { cwd: start }).map((name) => join(start, name).replaceAll('\\', '/'));
  const placed = all.filter(isRulesetFile);
  return (placed.length > 0 ? placed : all.filter((file) => !file.endsWith('/cases.json'))).sort().map(fileAt);
}

/** What is to be said about the files at `paths`, each judged together with the other rulesets of its operator. */
export async function checkRulesetsAt(
  paths: readonly string[],
): Promise<{ readonly files: number; readonly diagnostics: readonly Diagnostic[] }> {
  const asked = bySource(paths.flatMap(readRulesetFiles));
  const operators = new Set([...asked.keys()].flatMap((source) => operatorFolder(source) ?? []));
  const together = bySource([...[...operators].flatMap(readRulesetFiles), ...asked.values()]);
  const cases = [...operators].flatMap((operator) =>
    globSync('*/*/cases.json', { cwd: operator }).map((name) => fileAt(join(operator, name).replaceAll('\\', '/'))),
  );
  const diagnostics = await guardedFolder({ is: 'files', files: [...together.values()], cases });
  const folders = new Set([...asked.keys()].map((source) => dirname(source)));
  const isAsked = (source: string): boolean =>
    asked.has(source) || (source.endsWith('/cases.json') && folders.has(dirname(source)));
  return { files: asked.size, diagnostics: diagnostics.filter(({ source = '' }) => isAsked(source)) };
}

/** The rulesets at `path`, or what stands in the way of using them. Warnings do not. */
export function usableRulesets(
  path: string,
): { readonly rulesets: readonly Ruleset[] } | { readonly diagnostics: readonly Diagnostic[] } {
  const files = readRulesetFiles(path);
  const errors = checkRulesetFiles(files).filter(({ severity }) => severity === 'error');
  return errors.length > 0
    ? { diagnostics: errors }
    : { rulesets: files.map(({ text }) => JSON.parse(text) as Ruleset) };
}

/** The sound rulesets of the operator in whose tree the file lies: for what they are called. */
export function readOperatorFiles(source: string): Ruleset[] {
  const folder = operatorFolder(source);
  const files = folder === undefined ? [] : readRulesetFiles(folder);
  return files.flatMap(({ text }) => {
    const parsed = parseRuleset(text);
    return 'document' in parsed && formErrors('Ruleset', parsed.document).length === 0
      ? [parsed.document as Ruleset]
      : [];
  });
}

const fileAt = (source: string): RulesetFile => ({ source, text: readFileSync(source, 'utf8') });

const bySource = (files: readonly RulesetFile[]): Map<string, RulesetFile> =>
  new Map(files.map((file) => [file.source, file]));

/** The folder three levels up, when the file lies in the tree of an operator. */
function operatorFolder(source: string): string | undefined {
  return /^(.*)\/[a-zA-Z]+\/[a-z][a-z0-9-]*\/v\d+\.json$/.exec(source)?.[1];
}
