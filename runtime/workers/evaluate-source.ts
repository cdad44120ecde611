/**
 * May source text that the engine wrote be evaluated here? In a process or thread of ours, yes; in a browser nobody asks.
 * The engine puts no text of a ruleset into it (`test/engine/compile/no-user-text.test.ts`). Also called: new Function, eval.
 */
import type { EvaluateSource } from '#engine/compile/evaluate-source.ts';

export const evaluateSource: EvaluateSource = (source) => new Function(source)() as unknown;
