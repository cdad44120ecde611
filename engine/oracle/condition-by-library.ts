/**
 * What does json-rules-engine say to the same condition? The reference that our interpreter is held to.
 * It is given our own operators, because its own compare money as text, and no way to a `path`.
 * For tests only: asynchronous and some thousand times slower. Also called: oracle, differential test, 照合.
 */
import jsonRulesEngine, { type TopLevelCondition } from 'json-rules-engine';
import type { FactValue } from '#engine/conditions/evaluate.ts';
import { operators } from '#engine/conditions/operators.ts';
import type { Condition } from '#schemas/generated/types.ts';

/** Whether the condition holds; a fact that `facts` does not have is absent. */
export async function conditionByLibrary(
  condition: Condition,
  facts: Readonly<Record<string, FactValue | undefined>>,
): Promise<boolean> {
  const engine = jsonRulesEngine([{ conditions: condition as TopLevelCondition, event: { type: 'holds' } }], {
    allowUndefinedFacts: true,
    pathResolver: () => {
      throw new Error('a condition has no path');
    },
  });
  for (const [name, { impl }] of Object.entries(operators)) {
    engine.addOperator(name, (fact: FactValue | undefined, value: Parameters<typeof impl>[1]) =>
      impl(fact ?? null, value),
    );
  }
  const { events } = await engine.run({ ...facts });
  return events.length > 0;
}
