/** Conditions and facts by chance: every operator, every fact of the dictionary that it takes, values near one another so that edges are hit. */
import fc, { type Arbitrary } from 'fast-check';
import { factDictionary, type FactDefinition } from '#engine/conditions/dictionary.ts';
import { operators, type FactType, type FactValue } from '#engine/conditions/operators.ts';
import type { Comparison, Condition, ConditionNode, ConditionValue, Operator } from '#schemas/generated/types.ts';

const texts = ['mobile', 'mobile-basic', 'internet', 'Mobile', '', '10', '9'];
const decimals = ['0', '9', '10', '10.0', '10.5', '9.999999999999', '-3', '100000000000000000'];
const days = ['2024-02-29', '2026-03-31', '2026-04-01', '2026-11-30', '2027-01-01'];

const oneOf = (values: readonly string[]): Arbitrary<string> => fc.constantFrom(...values);

function valueOfType(type: FactType, fact: FactDefinition): Arbitrary<string | boolean> {
  switch (type) {
    case 'boolean':
      return fc.boolean();
    case 'decimal':
      return oneOf(decimals);
    case 'date':
      return oneOf(days);
    default:
      return oneOf(fact.values ?? texts);
  }
}

function factValue(fact: FactDefinition): Arbitrary<FactValue> {
  const present: Arbitrary<FactValue> =
    fact.type === 'list' ? fc.array(oneOf(texts), { maxLength: 3 }) : valueOfType(fact.type, fact);
  return fc.option(present, { nil: null, freq: 5 });
}

function ruleValue(operator: Operator, fact: FactDefinition): Arbitrary<ConditionValue> {
  const one = valueOfType(fact.type, fact);
  switch (operators[operator].valueShape) {
    case 'ofFact':
      return one;
    case 'listOfFact':
      return fc.array(one as Arbitrary<string>, { minLength: 1, maxLength: 4 });
    case 'text':
      return oneOf([...texts, 'mob', 'i']);
    case 'boolean':
      return fc.boolean();
    case 'decimal':
      return oneOf(decimals);
    case 'date':
      return oneOf(days);
    case 'decimalRange':
      return fc.tuple(oneOf(decimals), oneOf(decimals));
    case 'dateRange':
      return fc.tuple(oneOf(days), oneOf(days));
  }
}

const askable = [...factDictionary].flatMap(([id, fact]) =>
  (Object.keys(operators) as Operator[])
    .filter((operator) => operators[operator].factTypes.includes(fact.type))
    .map((operator) => ({ id, fact, operator })),
);

/** Operators come up equally often, however many facts take them. */
const comparison: Arbitrary<Comparison> = fc
  .constantFrom(...new Set(askable.map(({ operator }) => operator)))
  .chain((name) => fc.constantFrom(...askable.filter(({ operator }) => operator === name)))
  .chain(({ id, fact, operator }) => ruleValue(operator, fact).map((value) => ({ fact: id, operator, value })));

const { condition } = fc.letrec<{ condition: Condition; node: ConditionNode }>((tie) => {
  const nodes = fc.array(tie('node'), { minLength: 1, maxLength: 3 });
  return {
    condition: fc.oneof(
      nodes.map((all) => ({ all })),
      nodes.map((any) => ({ any })),
      tie('node').map((not) => ({ not })),
    ),
    node: fc.oneof({ maxDepth: 4, withCrossShrink: true }, comparison, tie('condition')),
  };
});

export const randomCondition: Arbitrary<Condition> = condition;

/** A value for some of the facts; those without one are absent. */
export const randomFacts: Arbitrary<Record<string, FactValue | undefined>> = fc.record(
  Object.fromEntries([...factDictionary].map(([id, fact]) => [id, factValue(fact)])),
  { requiredKeys: [] },
);
