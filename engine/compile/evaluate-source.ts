/**
 * Who turns source text into functions? Never the engine: it writes the text and is given a way to evaluate it, or none.
 *
 * In a browser whose content security policy forbids it there is none, and conditions are interpreted; a server or a
 * worker has one (`runtime/workers/evaluate-source.ts`). The answers are the same either way, which a test holds.
 * Also called: code generation under CSP, unsafe-eval, 動的コード.
 */

/** What the body of a function written by the engine returns. */
export type EvaluateSource = (source: string) => unknown;
