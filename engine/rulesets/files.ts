/**
 * Are these files, as they lie in their folders, sound rulesets?
 * A ruleset is the file `<operator>/<kind>/<id>/v<version>.json`; the rulesets of one operator are checked together.
 * The files are read by the caller: here are only their names and texts. Also called: ruleset check, ファイルの検査.
 */
import { diagnostic } from '#engine/diagnostics/catalogue.ts';
import type { Diagnostic } from '#schemas/generated/types.ts';
import { checkRulesets, type RulesetSource } from './check.ts';
import { parseRuleset } from './parse.ts';

export interface RulesetFile {
  /** The path, with forward slashes. */
  readonly source: string;
  readonly text: string;
}

/** True of a path that a ruleset lies at; cases.json and other files beside it are none. */
export function isRulesetFile(path: string): boolean {
  return /(^|\/)v[1-9]\d*\.json$/.test(path);
}

/** All diagnostics, in the order of the files. */
export function checkRulesetFiles(files: readonly RulesetFile[]): Diagnostic[] {
  const order = new Map(files.map(({ source }, index) => [source, index]));
  const operators = Map.groupBy(files, ({ source }) => source.split('/').slice(0, -3).join('/'));
  const found = [...operators.values()].flatMap(checkOperator);
  return found.toSorted((a, b) => (order.get(a.source ?? '') ?? 0) - (order.get(b.source ?? '') ?? 0));
}

function checkOperator(files: readonly RulesetFile[]): Diagnostic[] {
  const read: RulesetSource[] = [];
  const found: Diagnostic[] = [];
  for (const { source, text } of files) {
    const parsed = parseRuleset(text);
    if ('diagnostic' in parsed) {
      found.push({ ...parsed.diagnostic, source });
      continue;
    }
    read.push({ document: parsed.document, source });
    found.push(...misplaced(parsed.document, source));
  }
  return [...found, ...checkRulesets(read)];
}

/** A file lies where its content says, so that who looks for a ruleset finds it. */
function misplaced(document: unknown, source: string): Diagnostic[] {
  if (!isRulesetFile(source) || typeof document !== 'object' || document === null) return [];
  const { kind, id, version } = document as Partial<Record<string, unknown>>;
  const expected = `${String(kind)}/${String(id)}/v${String(version)}.json`;
  if (source === expected || source.endsWith(`/${expected}`)) return [];
  return [{ ...diagnostic('file-in-wrong-place', '', { expected }), source }];
}
