/**
 * What does the text say, or why does it say nothing?
 * Also called: parse, 読み取り, 構文エラー.
 */
import { parseRuleset } from '#engine/rulesets/parse.ts';
import type { Diagnostic } from '#schemas/generated/types.ts';

export type Reading =
  | { readonly document: unknown; readonly fault?: never }
  /** Why the text is no JSON that we are willing to read, by line and column. */
  | { readonly fault: Diagnostic; readonly document?: never };

/** The strict reader names every mistake, and takes its time; beyond this, it is asked only when there is one. */
const strictUpTo = 200_000;

export function readingOf(text: string): Reading {
  if (text.length > strictUpTo) {
    try {
      return { document: JSON.parse(text) as unknown };
    } catch {
      // The strict reader says where.
    }
  }
  const parsed = parseRuleset(text);
  return 'document' in parsed ? parsed : { fault: parsed.diagnostic };
}
