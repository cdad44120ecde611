/**
 * Is there somebody for whom the condition holds, and somebody for whom it does not? A condition that is never true switches its
 * rule off, and one that is always true says nothing. Also called: contradiction, tautology, 矛盾した条件、常に成り立つ条件.
 */
import { boundariesOf } from '#engine/conditions/boundaries.ts';
import { factsWhere } from '#engine/conditions/facts-where.ts';
import type { Condition, ConditionNode } from '#schemas/generated/types.ts';
import type { Check } from '../known.ts';
import { conditionsOf } from './conditions.ts';

/** Larger conditions are not looked at: an author waits for the answer. */
const mostComparisons = 60;
const mostValues = 400;
const mostTries = 2_000;

/** Asked of a ruleset in which nothing else is wrong. Told only where it is certain. */
export const checkConditionOutcomes: Check = (ruleset, _known, report) => {
  for (const { condition, path } of conditionsOf(ruleset)) {
    if (!isSmall(condition)) continue;
    if (isImpossible(condition, true)) report('condition-never-holds', path);
    else if (isImpossible(condition, false)) report('condition-always-holds', path);
  }
};

function isImpossible(condition: Condition, holds: boolean): boolean {
  const { found, ...search } = factsWhere([{ condition, holds }], mostTries);
  return found === undefined && 'sure' in search && search.sure;
}

function isSmall(condition: Condition): boolean {
  if (comparisonsIn(condition) > mostComparisons) return false;
  return [...boundariesOf([condition]).values()].every((values) => values.length <= mostValues);
}

function comparisonsIn(node: ConditionNode): number {
  const parts = 'all' in node ? node.all : 'any' in node ? node.any : 'not' in node ? [node.not] : [];
  return parts.reduce((sum, part) => sum + comparisonsIn(part), 'fact' in node ? 1 : 0);
}
