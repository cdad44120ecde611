/**
 * Is there somebody for whom the condition holds, and somebody for whom it does not? A condition that is never true switches its
 * rule off, and one that is always true says nothing. Also called: contradiction, tautology, 矛盾した条件、常に成り立つ条件.
 */
import { boundariesOf } from '#engine/conditions/boundaries.ts';
import { factsWhere, type Wanted } from '#engine/conditions/facts-where.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import type { Condition, ConditionNode } from '#schemas/generated/types.ts';
import type { Check } from '../known.ts';
import { conditionsOf } from './conditions.ts';

/** Larger conditions are not looked at: an author waits for the answer. */
const mostComparisons = 60;
const mostValues = 400;
const mostTries = 2_000;
/** Of all conditions of a ruleset so many parts are looked at by themselves, each less long. */
const mostParts = 300;
const mostTriesOfPart = 300;

/** Asked of a ruleset in which nothing else is wrong. Told only where it is certain. */
export const checkConditionOutcomes: Check = (ruleset, _known, report) => {
  const parts = { left: mostParts };
  for (const { condition, path, meter } of conditionsOf(ruleset)) {
    if (!isSmall(condition)) continue;
    const certain = meter === undefined ? [] : [ofMeter(meter)];
    if (isImpossible(condition, true, certain)) report('condition-never-holds', path);
    else if (isImpossible(condition, false, certain)) report('condition-always-holds', path);
    else for (const { code, at } of idleParts(condition, path, certain, parts)) report(code, at);
  }
};

/** What a charge or an allowance of one meter is asked of. */
const ofMeter = (meter: string): Wanted => ({
  condition: { all: [{ fact: 'usage.meter', operator: 'equal', value: meter }] },
  holds: true,
});

interface IdlePart {
  readonly code: 'condition-never-holds' | 'condition-always-holds';
  readonly at: string;
}

/** One of several that can never hold, and one that all must meet and that everybody meets: the others decide alone. */
function idleParts(
  node: ConditionNode,
  path: string,
  certain: readonly Wanted[],
  count: { left: number },
): readonly IdlePart[] {
  if ('fact' in node) return [];
  if ('not' in node) return idleParts(node.not, below(path, 'not'), certain, count);
  const [field, parts] = 'all' in node ? (['all', node.all] as const) : (['any', node.any] as const);
  return parts.flatMap((part, index): readonly IdlePart[] => {
    if ((count.left -= 1) < 0) return [];
    const at = below(path, field, index);
    if (isImpossible({ all: [part] }, field === 'any', certain, mostTriesOfPart))
      return [{ code: field === 'any' ? 'condition-never-holds' : 'condition-always-holds', at }];
    return idleParts(part, at, certain, count);
  });
}

function isImpossible(
  condition: Condition,
  holds: boolean,
  certain: readonly Wanted[],
  tries: number = mostTries,
): boolean {
  const { found, ...search } = factsWhere([{ condition, holds }, ...certain], tries);
  return found === undefined && 'sure' in search && search.sure;
}

function isSmall(condition: Condition): boolean {
  if (comparisonsIn(condition) > mostComparisons) return false;
  return [...boundariesOf([condition]).values()].every(
    (of) => ('values' in of ? of.values : of.names).length <= mostValues,
  );
}

export function comparisonsIn(node: ConditionNode): number {
  const parts = 'all' in node ? node.all : 'any' in node ? node.any : 'not' in node ? [node.not] : [];
  return parts.reduce((sum, part) => sum + comparisonsIn(part), 'fact' in node ? 1 : 0);
}
