/**
 * What does each of many conditions come to as code? One function a shape: conditions that differ in names and values
 * only share it, and each has its own constants. Also called: compiled conditions, 条件のコンパイル.
 */
import { orderOf } from '#engine/conditions/decimal-bound.ts';
import { compileCondition, type CompiledCondition } from '#engine/conditions/evaluate.ts';
import type { Condition } from '#schemas/generated/types.ts';
import type { EvaluateSource } from './evaluate-source.ts';
import { emitExpression } from './emit.ts';
import { sizeOf, toIr } from './ir.ts';

/** Larger ones are interpreted: a function past the machine's limit of optimisation is slower than none. */
export const LARGEST_EMITTED = 1000;

export interface EmittedConditions {
  /** The body of a function that returns one factory a shape: `(k) => (f) => boolean`. */
  readonly source: string;
  /** For each condition its shape and its constants; null for one that is interpreted. */
  readonly conditions: readonly ({ readonly shape: number; readonly constants: readonly unknown[] } | null)[];
}

export function emitConditions(conditions: readonly Condition[]): EmittedConditions {
  const shapes = new Map<string, number>();
  const emitted = conditions.map((condition) => {
    if (sizeOf(condition) > LARGEST_EMITTED) return null;
    const { text, constants } = emitCondition(condition);
    const shape = shapes.get(text) ?? shapes.size;
    shapes.set(text, shape);
    return { shape, constants };
  });
  return { source: `"use strict";\nreturn (order) => [\n${[...shapes.keys()].join(',\n')}\n];`, conditions: emitted };
}

/** Facts are asked in the order of the document and no further than the answer needs, as the interpreter does. */
function emitCondition(condition: Condition): { readonly text: string; readonly constants: readonly unknown[] } {
  const constants: unknown[] = [];
  const add = (constant: unknown): number => constants.push(constant) - 1;
  const expression = emitExpression(toIr(condition, { fact: add, value: add }), {
    fact: (number) => ({ first: `(x = f(k[${number}]))`, again: 'x' }),
    constant: (number) => `k[${number}]`,
  });
  return { text: `(k) => (f) => { let x; return ${expression}; }`, constants };
}

type Factory = (constants: readonly unknown[]) => CompiledCondition;

/** The conditions as functions, emitted where they are not too large. */
export function compileConditions(
  conditions: readonly Condition[],
  evaluateSource: EvaluateSource,
): readonly CompiledCondition[] {
  const emitted = emitConditions(conditions);
  const factories = (evaluateSource(emitted.source) as (order: typeof orderOf) => readonly Factory[])(orderOf);
  return conditions.map((condition, index) => {
    const made = emitted.conditions[index];
    return made == null ? compileCondition(condition) : factories[made.shape]!(made.constants);
  });
}
