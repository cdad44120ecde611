/**
 * Does a ruleset's condition hold? Made ready the first time it is asked, and remembered.
 */
import type { Condition } from '#schemas/generated/types.ts';
import { compileCondition, type CompiledCondition, type Facts } from './evaluate.ts';

const compiled = new WeakMap<Condition, CompiledCondition>();

/** True where there is no condition at all. */
export const holds = (condition: Condition | undefined, facts: Facts): boolean =>
  condition === undefined || readyFor(condition)(facts);

/** The condition as a function, for who asks it more than once. */
export function readyFor(condition: Condition): CompiledCondition {
  let ready = compiled.get(condition);
  if (ready === undefined) {
    ready = compileCondition(condition);
    compiled.set(condition, ready);
  }
  return ready;
}

/** Keeps what a condition was compiled to elsewhere; it says the same, only faster. */
export function remember(condition: Condition, ready: CompiledCondition): void {
  compiled.set(condition, ready);
}
