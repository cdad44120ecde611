/**
 * Where is what somebody wrote no JSON any more? Also called: JSON の構文エラーの位置.
 */
import { foundAt } from '#engine/rulesets/parse.ts';

/** Where the text stops being JSON, as far as the reader says. */
export function jsonPlace(text: string, error: unknown): Record<string, string> {
  const at = Number(/position (\d+)/.exec(String(error))?.[1] ?? text.length);
  const before = text.slice(0, at).split('\n');
  return {
    line: String(before.length),
    column: String((before.at(-1)?.length ?? 0) + 1),
    ...foundAt(text, at),
  };
}
