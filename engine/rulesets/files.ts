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
  const place = new Map(files.map(({ source }, index) => [source, index]));
  const operators = Map.groupBy(files, ({ source }) => source.split('/').slice(0, -3).join('/'));
  const found = [...operators.values()].flatMap((ofOperator) => {
    const read = ofOperator.map(readFile);
    return [...read.flatMap(misplaced), ...checkRulesets(read)];
  });
  return found.toSorted((a, b) => (place.get(a.source ?? '') ?? 0) - (place.get(b.source ?? '') ?? 0));
}

/** What the file says or, when it cannot be read, what its place says that it is. */
function readFile({ source, text }: RulesetFile): RulesetSource & { source: string } {
  const parsed = parseRuleset(text);
  if ('document' in parsed) return { document: parsed.document, source };
  const [kind, id] = source.split('/').slice(-3);
  return { document: { kind, id }, source, unreadable: parsed.diagnostic };
}

/** A file lies where its content says, so that who looks for a ruleset finds it. */
function misplaced({ document, source, unreadable }: RulesetSource & { source: string }): Diagnostic[] {
  if (unreadable !== undefined || !isRulesetFile(source) || typeof document !== 'object' || document === null)
    return [];
  const { kind, id, version } = document as Partial<Record<string, unknown>>;
  const expected = `${String(kind)}/${String(id)}/v${String(version)}.json`;
  if (source === expected || source.endsWith(`/${expected}`)) return [];
  return [{ ...diagnostic('file-in-wrong-place', '', { expected }), source }];
}
