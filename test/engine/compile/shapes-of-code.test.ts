/** How much code do many rules become? A function a shape, never more than a hundred rules in one. */
import { describe, expect, it } from 'vitest';
import { compileRules, emitLeaves, MOST_RULES } from '#engine/compile/compile-rules.ts';
import { emitConditions, LARGEST_EMITTED } from '#engine/compile/emit-conditions.ts';
import { compileConditions } from '#engine/compile/emit-conditions.ts';
import { indexRules, type RuleNode } from '#engine/compile/rule-index.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import type { Condition } from '#schemas/generated/types.ts';

const quantityAbove = (value: string): Condition => ({
  all: [{ fact: 'product.quantity', operator: 'decimalGreaterThan', value }],
});
const ofPlan = (plan: string): Condition => ({
  all: [
    { fact: 'product.ratePlan', operator: 'equal', value: plan },
    { fact: 'product.quantity', operator: 'decimalGreaterThan', value: '1' },
  ],
});
/** In how many places of an index rules stand. */
const entriesIn = (node: RuleNode): number =>
  'rules' in node
    ? node.rules.length
    : [...node.byValue.values(), node.always].reduce((sum, below) => sum + entriesIn(below), 0);
const functionsIn = (source: string): number => source.split('into) =>').length - 1;

describe('many rules', () => {
  it('that cannot be told apart by an equality are cut into functions of a hundred, alike ones sharing theirs', () => {
    const rules = Array.from({ length: 250 }, (_, index) => quantityAbove(String(index)));
    const { leaves, source } = emitLeaves(rules, [[...rules.keys()]], () => 0);
    expect(leaves[0]).toHaveLength(Math.ceil(250 / MOST_RULES));
    // Two full functions are alike; the last has fifty rules.
    expect(functionsIn(source)).toBe(2);
  });

  it('are found by the value that tells them apart: one plan among a thousand', () => {
    const rules = compileRules(
      Array.from({ length: 3_000 }, (_, index) => ofPlan(`plan-${String(index % 1_000)}`)),
      evaluateSource,
    );
    const into: number[] = [];
    rules.match(
      rules.facts.map((fact) => (fact === 'product.ratePlan' ? 'plan-7' : '2')),
      into,
    );
    expect(into).toEqual([7, 1_007, 2_007]);
  });

  it('that stand in two places of the index come out in the order of the rules', () => {
    const always: Condition = { all: [{ fact: 'product.quantity', operator: 'isPresent', value: true }] };
    const rules = compileRules(
      Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? always : ofPlan(`plan-${String(index % 5)}`))),
      evaluateSource,
    );
    const into: number[] = [];
    rules.match(
      rules.facts.map((fact) => (fact === 'product.ratePlan' ? 'plan-1' : '2')),
      into,
    );
    expect(into).toEqual([...into].sort((a, b) => a - b));
    expect(into).toHaveLength(24);
  });

  it('of which one has thousands of alternatives: that one is interpreted, the others stay code', () => {
    const any = Array.from({ length: 5_000 }, (_, plan) => ofPlan(`plan-${String(plan)}`));
    const conditions = [quantityAbove('1'), { any }, quantityAbove('3')];
    const { leaves, source } = emitLeaves(conditions, [[0, 1, 2]], () => 0);
    expect(leaves).toEqual([[{ shape: 0, offset: 0 }, { interpreted: 1 }, { shape: 0, offset: 2 }]]);
    expect(source.length).toBeLessThan(1_000);
    const rules = compileRules(conditions, evaluateSource);
    const held = (plan: string): number[] => {
      const into: number[] = [];
      rules.match(
        rules.facts.map((fact) => (fact === 'product.ratePlan' ? plan : '2')),
        into,
      );
      return into;
    };
    expect([held('plan-4999'), held('plan-5000')]).toEqual([[0, 1], [0]]);
  });

  it('each for many plans, segments and offerings, do not multiply in the index: it has room for eight places a rule', () => {
    const facts = ['product.ratePlan', 'customer.segment', 'product.offering'];
    // Of twenty names each rule asks for about ten, none like another.
    const names = (rule: number, fact: number): string[] =>
      Array.from({ length: 20 }, (_, name) => name)
        .filter((name) => ((Math.imul((name + 1) * (rule + 7) + fact * 97, 2_654_435_761) >>> 13) & 1) === 0)
        .map((name) => `name-${String(name)}`);
    const rules = Array.from({ length: 40 }, (_, rule): Condition => ({
      all: facts.map((fact, place) => ({ fact, operator: 'in', value: names(rule, place) })),
    }));
    expect(entriesIn(indexRules(rules))).toBeLessThanOrEqual(40 * 8 + 1_000);
    const held = (evaluate?: typeof evaluateSource): number[] => {
      const into: number[] = [];
      const { facts: asked, match } = compileRules(rules, evaluate);
      match(
        asked.map((fact) => `name-${String(facts.indexOf(fact) * 3 + 1)}`),
        into,
      );
      return into;
    };
    const expected = [...rules.keys()].filter((rule) =>
      facts.every((_, place) => names(rule, place).includes(`name-${String(place * 3 + 1)}`)),
    );
    expect(expected.length).toBeGreaterThan(0);
    expect([held(evaluateSource), held()]).toEqual([expected, expected]);
  });

  it('that all ask for the same list are not indexed by it: nothing would be told apart', () => {
    const value = Array.from({ length: 30 }, (_, plan) => `plan-${String(plan)}`);
    const rules = Array.from({ length: 16 }, (): Condition => ({
      all: [{ fact: 'product.ratePlan', operator: 'in', value }],
    }));
    expect(indexRules(rules)).toEqual({ rules: [...rules.keys()] });
  });

  it('without a condition hold for everybody', () => {
    const into: number[] = [];
    compileRules([undefined, ofPlan('plan-1'), undefined], evaluateSource).match([null, null], into);
    expect(into).toEqual([0, 2]);
  });
});

describe('a condition', () => {
  it('that differs in names and values only shares the code of another', () => {
    const { source, conditions } = emitConditions([ofPlan('plan-1'), ofPlan('plan-2'), quantityAbove('1')]);
    expect(conditions.map((each) => each?.shape)).toEqual([0, 0, 1]);
    expect(source.split('(k) =>')).toHaveLength(3);
  });

  it('that is too large to be code is interpreted, and says the same', () => {
    const any = Array.from(
      { length: LARGEST_EMITTED },
      (_, index) => ({ fact: 'product.ratePlan', operator: 'equal', value: `plan-${String(index)}` }) as const,
    );
    expect(emitConditions([{ any }]).conditions).toEqual([null]);
    const [holds] = compileConditions([{ any }], evaluateSource);
    expect(holds?.(() => 'plan-999')).toBe(true);
    expect(holds?.(() => 'plan-1000')).toBe(false);
  });
});
