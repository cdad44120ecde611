/**
 * How large may a document be before we refuse to read it?
 * Far above what a ruleset needs, far below what would hurt. Also called: poison input, 上限.
 */
export const limits = {
  bytes: 2 * 1024 * 1024,
  /** Objects and lists within one another, in any document. */
  nesting: 100,
  /** `all`, `any` and `not` within one another, in a condition. */
  conditionDepth: 32,
  /** Comparisons, `all`, `any` and `not` together, in a condition. */
  conditionNodes: 20_000,
  /** That an author is told of one ruleset at a time. */
  diagnostics: 1_000,
  /** Characters of a value that are repeated to its author. */
  quoted: 200,
} as const;

/** True when objects and lists lie no deeper than `limits.nesting`. Asked before anything walks the document. */
export function isNestedWithinLimit(document: unknown): boolean {
  let level = [document].filter(isContainer);
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > limits.nesting) return false;
    level = level.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return true;
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;
