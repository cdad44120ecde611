/**
 * Does a condition hold for certain, or fail for certain, when only some facts are known?
 * Also called: three-valued logic, partial evaluation, 三値論理. 'Only firms' fails for certain for an individual.
 */
import type { Condition, ConditionNode } from '#schemas/generated/types.ts';
import { operators, type FactValue } from './operators.ts';

/** True or false where `known` decides it; undefined where it depends on something else. */
export function certainty(condition: Condition, known: ReadonlyMap<string, FactValue>): boolean | undefined {
  return ofNode(condition, known);
}

function ofNode(node: ConditionNode, known: ReadonlyMap<string, FactValue>): boolean | undefined {
  if ('all' in node) return joint(node.all, false, known);
  if ('any' in node) return joint(node.any, true, known);
  if ('not' in node) {
    const inner = ofNode(node.not, known);
    return inner === undefined ? undefined : !inner;
  }
  const fact = known.get(node.fact);
  return fact === undefined ? undefined : operators[node.operator].impl(fact, node.value);
}

/** `deciding` is the answer that one part gives for the whole: false of all, true of any. */
function joint(
  nodes: readonly ConditionNode[],
  deciding: boolean,
  known: ReadonlyMap<string, FactValue>,
): boolean | undefined {
  const answers = nodes.map((node) => ofNode(node, known));
  if (answers.includes(deciding)) return deciding;
  return answers.includes(undefined) ? undefined : !deciding;
}
