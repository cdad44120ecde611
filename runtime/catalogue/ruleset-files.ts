/**
 * Which rulesets lie in these files and folders? Also called: ruleset folder, export tree, ルールセットのフォルダー.
 * Shipped as `<operator>/<kind>/<id>/v3.json` with `cases.json` beside; a flat folder of JSON files will do as well.
 */
import { globSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { diagnostic } from '#engine/diagnostics/catalogue.ts';
import { checkRulesets } from '#engine/rulesets/check.ts';
import { parseRuleset } from '#engine/rulesets/parse.ts';
import type { Diagnostic, Ruleset } from '#schemas/generated/types.ts';

export interface RulesetFile {
  readonly path: string;
  /** The folder of the operator whose rulesets are published together with this one. */
  readonly operator: string;
  readonly document: unknown;
  /** What the text itself, or its place, does not allow. */
  readonly faults: readonly Diagnostic[];
}

const place = /^(.*)\/([a-zA-Z]+)\/([a-z][a-z0-9-]*)\/v(\d+)\.json$/;

/** The ruleset files at `path`, a file or a folder. Throws Node's own error when there is nothing there. */
export function rulesetFiles(path: string): RulesetFile[] {
  const start = resolve(path).replaceAll('\\', '/');
  if (!statSync(start).isDirectory()) return [readRulesetFile(start, start)];
  const names = globSync('**/*.json', { cwd: start }).filter((name) => !/(^|[\\/])(cases|package)\.json$/.test(name));
  return names.sort().map((name) => readRulesetFile(join(start, name).replaceAll('\\', '/'), start));
}

/** All that is to be said about the files at `paths`, each judged together with the other rulesets of its operator. */
export function checkRulesetFiles(paths: readonly string[]): {
  readonly files: number;
  readonly diagnostics: Diagnostic[];
} {
  const asked = paths.flatMap(rulesetFiles);
  const wanted = new Map(asked.map((file) => [file.path, file]));
  const operators = new Set([...wanted.values()].map((file) => file.operator));
  const diagnostics = [...operators].flatMap((operator) => {
    const together = new Map(
      [...rulesetFiles(operator), ...wanted.values()]
        .filter((file) => file.operator === operator)
        .map((file) => [file.path, file]),
    );
    return diagnosticsOf([...together.values()]);
  });
  return { files: wanted.size, diagnostics: diagnostics.filter(({ source = '' }) => wanted.has(source)) };
}

/** The rulesets at `path`, or what stands in the way of using them. Warnings do not. */
export function usableRulesets(
  path: string,
): { readonly rulesets: readonly Ruleset[] } | { readonly diagnostics: readonly Diagnostic[] } {
  const files = rulesetFiles(path);
  const errors = diagnosticsOf(files).filter(({ severity }) => severity === 'error');
  return errors.length > 0 ? { diagnostics: errors } : { rulesets: files.map(({ document }) => document as Ruleset) };
}

function diagnosticsOf(files: readonly RulesetFile[]): Diagnostic[] {
  const readable = files.filter(({ document }) => document !== undefined);
  const found = checkRulesets(readable.map(({ path, document }) => ({ document, source: path })));
  return [...files.flatMap(({ path, faults }) => faults.map((fault) => ({ ...fault, source: path }))), ...found];
}

function readRulesetFile(path: string, start: string): RulesetFile {
  const parsed = parseRuleset(readFileSync(path, 'utf8'));
  const operator = place.exec(path)?.[1] ?? start;
  if ('diagnostic' in parsed) return { path, operator, document: undefined, faults: [parsed.diagnostic] };
  return { path, operator, document: parsed.document, faults: placeFaults(path, parsed.document) };
}

/** A file called `…/penalty/two-year/v3.json` holds version 3 of the penalty two-year. */
function placeFaults(path: string, document: unknown): Diagnostic[] {
  const [, , kind, id, version] = place.exec(path) ?? [];
  if (kind === undefined || typeof document !== 'object' || document === null) return [];
  const held = document as Record<string, unknown>;
  const said = `${String(held['kind'])}/${String(held['id'])}/v${String(held['version'])}.json`;
  const expected = `${kind}/${id ?? ''}/v${version ?? ''}.json`;
  return said === expected ? [] : [diagnostic('file-in-wrong-place', '', { expected: said, found: expected })];
}
