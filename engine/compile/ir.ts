/**
 * What is left of a condition when the author's words are taken out of it?
 * Which facts are compared by which operators, and how that is joined; names and values are numbers of constants.
 * Also called: intermediate representation, IR, 中間表現.
 */
import { operators } from '#engine/conditions/operators.ts';
import type { Comparison, ConditionNode, Operator } from '#schemas/generated/types.ts';

/** `fact` and `constants` are places in the constants of the whole. */
export type Ir =
  | { readonly op: 'all' | 'any'; readonly parts: readonly Ir[] }
  | { readonly op: 'not'; readonly part: Ir }
  | { readonly op: 'test'; readonly operator: Operator; readonly fact: number; readonly constants: readonly number[] };

/** Gives names and values their numbers. */
export interface Constants {
  fact(id: string): number;
  value(constant: unknown): number;
}

/** The condition in the order of its document; what has one part only is that part, and two negations are none. */
export function toIr(node: ConditionNode, constants: Constants): Ir {
  if ('all' in node) return joined('all', node.all, constants);
  if ('any' in node) return joined('any', node.any, constants);
  if ('not' in node) {
    const part = toIr(node.not, constants);
    return part.op === 'not' ? part.part : { op: 'not', part };
  }
  return testOf(node, constants);
}

function joined(op: 'all' | 'any', nodes: readonly ConditionNode[], constants: Constants): Ir {
  const parts = nodes.flatMap((node) => {
    const part = toIr(node, constants);
    return part.op === op ? part.parts : [part];
  });
  return parts.length === 1 ? parts[0]! : { op, parts };
}

function testOf({ fact, operator, value }: Comparison, constants: Constants): Ir {
  return {
    op: 'test',
    operator,
    fact: constants.fact(fact),
    constants: operators[operator].constants(value).map((constant) => constants.value(constant)),
  };
}

/** How many comparisons and joints a condition has. */
export function sizeOf(node: ConditionNode): number {
  if ('all' in node) return node.all.reduce((sum, part) => sum + sizeOf(part), 1);
  if ('any' in node) return node.any.reduce((sum, part) => sum + sizeOf(part), 1);
  return 'not' in node ? 1 + sizeOf(node.not) : 1;
}
