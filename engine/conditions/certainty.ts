/**
 * Does a condition hold for certain, or fail for certain, when only some facts are known?
 * Also called: three-valued logic, partial evaluation, 三値論理. 'Only firms' fails for certain for an individual.
 */
import type { Comparison, Condition, ConditionNode } from '#schemas/generated/types.ts';
import { operators, type FactValue } from './operators.ts';

/** Of a list that is only known in part: the names that are in it, and those that are not. */
export type Members = ReadonlyMap<string, boolean>;

/** True or false where `known`, and what is known of lists, decides it; undefined where it depends on something else. */
export function certainty(
  condition: Condition,
  known: ReadonlyMap<string, FactValue>,
  lists: ReadonlyMap<string, Members> = noLists,
): boolean | undefined {
  return ofNode(condition, { known, lists });
}

interface Known {
  readonly known: ReadonlyMap<string, FactValue>;
  readonly lists: ReadonlyMap<string, Members>;
}

const noLists: ReadonlyMap<string, Members> = new Map();

function ofNode(node: ConditionNode, of: Known): boolean | undefined {
  if ('all' in node) return joint(node.all, false, of);
  if ('any' in node) return joint(node.any, true, of);
  if ('not' in node) {
    const inner = ofNode(node.not, of);
    return inner === undefined ? undefined : !inner;
  }
  const members = of.lists.get(node.fact);
  if (members !== undefined) return ofList(node, members);
  const fact = of.known.get(node.fact);
  return fact === undefined ? undefined : operators[node.operator].impl(fact, node.value);
}

function ofList({ operator, value }: Comparison, members: Members): boolean | undefined {
  if (operator === 'isPresent') return value === true;
  const isIn = members.get(value as string);
  return isIn === undefined ? undefined : isIn === (operator === 'contains');
}

/** `deciding` is the answer that one part gives for the whole: false of all, true of any. */
function joint(nodes: readonly ConditionNode[], deciding: boolean, of: Known): boolean | undefined {
  let isOpen = false;
  for (const node of nodes) {
    const answer = ofNode(node, of);
    if (answer === deciding) return deciding;
    isOpen ||= answer === undefined;
  }
  return isOpen ? undefined : !deciding;
}
