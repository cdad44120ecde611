/**
 * For which of the rulesets in force do these facts speak? A few are asked one by one, many through an index, so that
 * thousands of campaigns cost a customer hardly more than three. Also called: eligibility of many offers, 適用対象の絞り込み.
 */
import type { Facts } from '#engine/conditions/evaluate.ts';
import { holds } from '#engine/conditions/holds.ts';
import type { Condition } from '#schemas/generated/types.ts';
import { compileRules, type CompiledRules } from './compile-rules.ts';
import type { EvaluateSource } from './evaluate-source.ts';

interface WithEligibility {
  readonly body: { readonly eligibility?: Condition };
}

/** From so many on an index is worth it. */
export const MANY = 16;

const compiled = new WeakMap<readonly WithEligibility[], CompiledRules>();

/** Those of the list, which a release gave, whose eligibility holds, in its order. Whoever asks for no eligibility is open to all. */
export function eligibleOf<R extends WithEligibility>(
  list: readonly R[],
  facts: Facts,
  evaluateSource: EvaluateSource | undefined,
): readonly R[] {
  if (list.length < MANY) return list.filter(({ body }) => holds(body.eligibility, facts));
  let rules = compiled.get(list);
  if (rules === undefined) {
    rules = compileRules(
      list.map(({ body }) => body.eligibility),
      evaluateSource,
    );
    compiled.set(list, rules);
  }
  const numbers: number[] = [];
  rules.match(rules.facts.map(facts), numbers);
  return numbers.map((number) => list[number]!);
}
