/**
 * Does a condition hold for these facts?
 * Also called: eligibility, rule evaluation, 条件判定, 適用条件.
 */
import { operators, type FactValue } from './operators.ts';
import type { Condition, ConditionNode } from '#schemas/generated/types.ts';

export type { FactValue } from './operators.ts';

/** Where a condition asks: the value of a fact by its id in the fact dictionary, null when there is none. */
export type Facts = (id: string) => FactValue;

/** A condition made ready to be asked many times. */
export type CompiledCondition = (facts: Facts) => boolean;

/**
 * The condition as one function. Nodes are asked in the order of the document, and no further than the answer needs:
 * an `any` whose first branch holds never asks for the facts of its second.
 */
export function compileCondition(condition: Condition): CompiledCondition {
  return compileNode(condition);
}

function compileNode(node: ConditionNode): CompiledCondition {
  if ('all' in node) {
    const parts = node.all.map(compileNode);
    return (facts) => parts.every((part) => part(facts));
  }
  if ('any' in node) {
    const parts = node.any.map(compileNode);
    return (facts) => parts.some((part) => part(facts));
  }
  if ('not' in node) {
    const part = compileNode(node.not);
    return (facts) => !part(facts);
  }
  const { fact } = node;
  const test = operators[node.operator].prepare(node.value);
  return (facts) => test(facts(fact));
}
