/**
 * Which of many rules need a look at all? Rules that ask for one value of a fact are found by that value.
 * Also called: equality index, discrimination tree, 索引, 判別木.
 */
import type { FactValue } from '#engine/conditions/operators.ts';
import type { Condition, ConditionNode } from '#schemas/generated/types.ts';

/** Rules to be asked one after the other, or more of them found by a fact; `always` are asked whatever it says. */
export type RuleNode =
  | { readonly rules: readonly number[] }
  | { readonly fact: string; readonly byValue: ReadonlyMap<FactValue, RuleNode>; readonly always: RuleNode };

/** No more rules than this are asked one after the other where an equality can tell them apart. */
const MOST_IN_A_ROW = 12;
/** A list with more values than this is not spread over the index. */
const MOST_VALUES = 64;

type Wanted = ReadonlyMap<string, readonly string[]>;

/** undefined stands for a rule without a condition. */
export function indexRules(conditions: readonly (Condition | undefined)[]): RuleNode {
  const wanted = conditions.map((condition) => (condition === undefined ? new Map() : equalitiesOf(condition)));
  return nodeOf([...conditions.keys()], wanted, new Set());
}

function nodeOf(rules: readonly number[], wanted: readonly Wanted[], used: ReadonlySet<string>): RuleNode {
  const fact = rules.length > MOST_IN_A_ROW ? mostTelling(rules, wanted, used) : undefined;
  if (fact === undefined) return { rules };
  const byValue = new Map<FactValue, number[]>();
  const always: number[] = [];
  for (const rule of rules) {
    const values = wanted[rule]!.get(fact);
    if (values === undefined) always.push(rule);
    else {
      for (const value of new Set(values)) {
        const same = byValue.get(value);
        if (same === undefined) byValue.set(value, [rule]);
        else same.push(rule);
      }
    }
  }
  const without = new Set([...used, fact]);
  return {
    fact,
    byValue: new Map([...byValue].map(([value, same]) => [value, nodeOf(same, wanted, without)])),
    always: nodeOf(always, wanted, without),
  };
}

/** The fact that tells most rules apart, counted by its different values; none where all ask for the same. */
function mostTelling(
  rules: readonly number[],
  wanted: readonly Wanted[],
  used: ReadonlySet<string>,
): string | undefined {
  const values = new Map<string, Set<string>>();
  for (const rule of rules) {
    for (const [fact, ofFact] of wanted[rule]!) {
      if (used.has(fact)) continue;
      const known = values.get(fact) ?? new Set<string>();
      for (const value of ofFact) known.add(value);
      values.set(fact, known);
    }
  }
  let best: string | undefined;
  let most = 1;
  for (const [fact, known] of values) {
    if (known.size <= most) continue;
    best = fact;
    most = known.size;
  }
  return best;
}

/** The facts that must have one of some values for the condition to hold. */
function equalitiesOf(condition: ConditionNode): Wanted {
  const found = new Map<string, readonly string[]>();
  const look = (node: ConditionNode): void => {
    if ('all' in node) node.all.forEach(look);
    else if ('any' in node) {
      if (node.any.length === 1) look(node.any[0]!);
    } else if ('fact' in node && !found.has(node.fact)) {
      if (node.operator === 'equal' && typeof node.value === 'string') found.set(node.fact, [node.value]);
      if (node.operator === 'in' && Array.isArray(node.value) && node.value.length <= MOST_VALUES)
        found.set(node.fact, node.value);
    }
  };
  look(condition);
  return found;
}
