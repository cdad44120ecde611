/**
 * json-rules-engine's traps: what each would do to a bill, and what we do in its place.
 * Each is either refused by the schema, or told to the author, or answered as a person would.
 */
import { describe, expect, it } from 'vitest';
import { compileConditions } from '#engine/compile/emit-conditions.ts';
import { compileCondition, type CompiledCondition, type FactValue } from '#engine/conditions/evaluate.ts';
import { checkConditions } from '#engine/rulesets/checks/conditions.ts';
import { formErrors } from '#engine/rulesets/check.ts';
import { Known } from '#engine/rulesets/known.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import type { Condition, Operator, Ruleset } from '#schemas/generated/types.ts';

const refusals = (condition: unknown): string[] => formErrors('Condition', condition).map(({ code }) => code);

/** The interpreter and the emitted code: each trap is a trap for either. */
const ways = (condition: Condition): readonly CompiledCondition[] => [
  compileCondition(condition),
  compileConditions([condition], evaluateSource)[0]!,
];

const holds = (condition: Condition, facts: Readonly<Record<string, FactValue>> = {}): boolean => {
  const [answer, ...others] = ways(condition).map((way) => way((id) => facts[id] ?? null));
  for (const other of others) expect(other).toBe(answer);
  return answer!;
};

const compares = (fact: string, operator: Operator, value: string | boolean | string[]): Condition => ({
  all: [{ fact, operator, value }],
});

/** What the author of a penalty waived under this condition is told. */
const told = (waivedWhen: Condition): string[] => {
  const codes: string[] = [];
  const ruleset = { kind: 'penalty', id: 'p', version: 1, body: { waivedWhen } } as unknown as Ruleset;
  checkConditions(ruleset, new Known([], []), (code) => codes.push(code));
  return codes;
};

const moreThanNine = { fact: 'product.quantity', operator: 'decimalGreaterThan', value: '9' } as const;

describe('a condition', () => {
  it('1: with nothing in it is refused; it would hold for everybody', () => {
    expect(refusals({ any: [] })).toEqual(['too-few-entries']);
    expect(refusals({ all: [] })).toEqual(['too-few-entries']);
  });

  it('2: with `all` and `any` side by side is refused; `all` would be ignored', () => {
    expect(refusals({ all: [moreThanNine], any: [moreThanNine] })).toEqual(['choice-ambiguous']);
  });

  it('3: knows that ten is more than nine, and that 1.50 is 1.5', () => {
    expect(holds({ all: [moreThanNine] }, { 'product.quantity': '10' })).toBe(true);
    expect(holds(compares('product.quantity', 'decimalLessThan', '9'), { 'product.quantity': '10' })).toBe(false);
    expect(holds(compares('product.quantity', 'decimalEqual', '1.5'), { 'product.quantity': '1.50' })).toBe(true);
    expect(told(compares('product.quantity', 'equal', '10'))).toEqual(['operator-not-for-fact']);
    expect(refusals(compares('product.quantity', 'lessThan' as Operator, '10'))).toEqual(['value-not-allowed']);
  });

  it('4: compares days as days', () => {
    const before = compares('product.startsOn', 'dateBefore', '2026-04-01');
    expect(holds(before, { 'product.startsOn': '2026-03-31' })).toBe(true);
    expect(holds(before, { 'product.startsOn': '2026-04-01' })).toBe(false);
    expect(told(compares('product.startsOn', 'dateBefore', '2026-02-29'))).toEqual(['not-a-date']);
  });

  it('5: never holds of an absent fact, unless it asks for the absence; `not` around it is pointed out', () => {
    for (const operator of ['decimalGreaterThanInclusive', 'decimalLessThan', 'decimalEqual'] as const) {
      expect(holds(compares('customer.age', operator, '0'))).toBe(false);
    }
    expect(holds(compares('customer.segment', 'notEqual', 'vip'))).toBe(false);
    expect(holds(compares('customer.segment', 'notIn', ['vip']))).toBe(false);
    expect(holds(compares('customer.segment', 'isPresent', false))).toBe(true);
    expect(told({ not: { fact: 'customer.age', operator: 'decimalGreaterThan', value: '25' } })).toEqual([
      'absent-fact-negated',
    ]);
  });

  it('6: does not fail on a fact that nobody has, and does not ask for it when the answer is known', () => {
    for (const condition of ways({
      any: [moreThanNine, { fact: 'customer.segment', operator: 'equal', value: 'vip' }],
    })) {
      const asked: string[] = [];
      const answer = condition((id) => {
        asked.push(id);
        return id === 'product.quantity' ? '10' : null;
      });
      expect(answer).toBe(true);
      expect(asked).toEqual(['product.quantity']);
    }
    expect(told(compares('customer.shoeSize', 'isPresent', true))).toEqual(['unknown-fact']);
  });

  it('7: finds a whole name in a list, never a part of a text', () => {
    const known = { 'usage.band': 'night' };
    expect(holds(compares('usage.band', 'in', ['night', 'day']), known)).toBe(true);
    expect(holds(compares('usage.band', 'in', ['nightly']), known)).toBe(false);
    expect(told(compares('customer.segment', 'in', 'vip'))).toEqual(['value-not-for-operator']);
  });

  it('8: answers yes or no, whatever it is joined with', () => {
    const starts = { fact: 'product.service', operator: 'startsWith', value: 'mob' } as const;
    expect(holds({ all: [starts, moreThanNine] }, { 'product.service': 'mobile', 'product.quantity': '10' })).toBe(
      true,
    );
  });

  it('9 and 16: has no `path`; there is nothing to run inside a fact', () => {
    expect(refusals({ all: [{ ...moreThanNine, path: '$..constructor' }] })).toEqual(['unknown-field']);
  });

  it('10: is asked in the order of the document, however deep its branches', () => {
    const of = (fact: string) => ({ fact, operator: 'isPresent', value: true }) as const;
    for (const condition of ways({
      any: [{ all: [{ not: { not: of('customer.age') } }] }, of('customer.segment')],
    })) {
      const asked: string[] = [];
      condition((id) => {
        asked.push(id);
        return null;
      });
      expect(asked).toEqual(['customer.age', 'customer.segment']);
    }
  });

  it('11: keeps nothing from one question to the next', () => {
    for (const condition of ways({ all: [moreThanNine] })) {
      expect(['10', '9', '10'].map((quantity) => condition(() => quantity))).toEqual([true, false, true]);
    }
  });

  it('12: cannot name another condition, nor itself', () => {
    expect(refusals({ condition: 'regulars' })).toEqual(['choice-missing']);
    expect(refusals({ all: [{ condition: 'regulars' }] })).toEqual(['choice-missing']);
  });

  it('13 and 14: carries no priority, no event and nothing else of its own', () => {
    expect(refusals({ all: [moreThanNine], priority: 0 })).toEqual(['unknown-field']);
    expect(refusals({ all: [moreThanNine], event: { type: 'discount' } })).toEqual(['unknown-field']);
  });

  it('15: takes no text for a number', () => {
    expect(told(compares('product.quantity', 'decimalLessThan', '10abc'))).toEqual(['not-a-decimal']);
    expect(refusals({ all: [{ ...moreThanNine, value: 9 }] })).toEqual(['wrong-type']);
    for (const condition of ways({ all: [moreThanNine] }))
      expect(() => condition(() => '10abc')).toThrow('not a decimal');
  });
});
