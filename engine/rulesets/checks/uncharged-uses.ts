/**
 * Is there a use of a meter that a plan charges, and that none of its charges takes? It is billed at nothing, and nobody notices.
 * Also called: gap between conditions, revenue leakage, 料金のない利用、課金漏れ、条件の隙間.
 */
import { factsWhere } from '#engine/conditions/facts-where.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import type { Condition, ConditionNode } from '#schemas/generated/types.ts';
import type { Check } from '../known.ts';
import { isSmall, mostTries, useText } from './plan-collisions.ts';

/**
 * Asked of the values that the plan itself names, such as calls to 'navi-dial' that one charge leaves out and no other takes. Whether
 * values occur that nobody names, only the author knows.
 */
export const checkUnchargedUses: Check = (ruleset, _known, report) => {
  if (ruleset.kind !== 'ratePlan') return;
  const metered = ruleset.body.charges.flatMap((charge, index) => ('meter' in charge ? [{ charge, index }] : []));
  for (const [meter, charges] of Map.groupBy(metered, ({ charge }) => charge.meter)) {
    const asked = charges.flatMap(({ charge }) => charge.where ?? []);
    if (asked.length < charges.length || !asked.every(isSmall)) continue;
    const path = below('/body/charges', charges[0]!.index, 'where');
    const use = valuesNamed(asked)
      .slice(0, mostValues)
      .map((value) => useOfNone(meter, asked, value))
      .find((found) => found !== undefined);
    if (use !== undefined) report('use-never-charged', path, { meter, use });
  }
};

const mostValues = 40;

function useOfNone(meter: string, asked: readonly Condition[], named: ConditionNode): string | undefined {
  const certain: Condition = { all: [{ fact: 'usage.meter', operator: 'equal', value: meter }, named] };
  const wanted = [...asked.map((condition) => ({ condition, holds: false })), { condition: certain, holds: true }];
  const { found } = factsWhere(wanted, mostTries);
  return found === undefined ? undefined : useText(found);
}

/** What the conditions compare facts with, each by itself. */
const valuesNamed = (asked: readonly ConditionNode[]): readonly ConditionNode[] =>
  asked.flatMap((node): readonly ConditionNode[] => {
    if ('all' in node) return valuesNamed(node.all);
    if ('any' in node) return valuesNamed(node.any);
    if ('not' in node) return valuesNamed([node.not]);
    const { fact, operator, value } = node;
    if (operator === 'equal' || operator === 'notEqual') return [{ fact, operator: 'equal', value } as ConditionNode];
    if (operator !== 'in' && operator !== 'notIn') return [];
    return (Array.isArray(value) ? value : []).map(
      (each) => ({ fact, operator: 'equal', value: each }) as ConditionNode,
    );
  });
