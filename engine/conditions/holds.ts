/**
 * Does a ruleset's condition hold? Made ready the first time it is asked, and remembered.
 */
import type { Condition } from '#schemas/generated/types.ts';
import { compileCondition, type CompiledCondition, type Facts } from './evaluate.ts';

const compiled = new WeakMap<Condition, CompiledCondition>();

/** True where there is no condition at all. */
export function holds(condition: Condition | undefined, facts: Facts): boolean {
  if (condition === undefined) return true;
  let ready = compiled.get(condition);
  if (ready === undefined) {
    ready = compileCondition(condition);
    compiled.set(condition, ready);
  }
  return ready(facts);
}

/** Keeps what a condition was compiled to elsewhere; it says the same, only faster. */
export function remember(condition: Condition, ready: CompiledCondition): void {
  compiled.set(condition, ready);
}
