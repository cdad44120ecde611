/** Is a customer found whenever there is one, and does what is found answer as asked? Held against trying everybody. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition } from '#engine/conditions/evaluate.ts';
import { factsWhere } from '#engine/conditions/facts-where.ts';
import type { FactValue } from '#engine/conditions/operators.ts';
import type { Condition, ConditionNode } from '#schemas/generated/types.ts';

const age = (operator: string, value: string | string[]): ConditionNode =>
  ({ fact: 'customer.age', operator, value }) as ConditionNode;

describe('somebody', () => {
  // who is asked for                              holds                                             is found
  const rows: [string, ConditionNode[], Record<string, FactValue> | undefined][] = [
    [
      'below 30 and not below 29',
      [age('decimalLessThan', '30'), { not: age('decimalLessThan', '29') }],
      { 'customer.age': '29' },
    ],
    [
      'above 29 and below 30, in whole years',
      [age('decimalGreaterThan', '29'), age('decimalLessThan', '30')],
      undefined,
    ],
    [
      'from 20 to under 30 and at least 29',
      [age('decimalBetween', ['20', '30']), age('decimalGreaterThanInclusive', '29')],
      { 'customer.age': '29' },
    ],
    [
      'neither a person nor a firm',
      [
        { fact: 'customer.type', operator: 'notEqual', value: 'individual' },
        { fact: 'customer.type', operator: 'notEqual', value: 'corporate' },
      ],
      undefined,
    ],
    [
      'of a segment that no rule names',
      [{ fact: 'customer.segment', operator: 'notIn', value: ['gold', 'silver'] }],
      { 'customer.segment': 'something-else' },
    ],
    [
      'of no segment',
      [{ fact: 'customer.segment', operator: 'isPresent', value: false }],
      { 'customer.segment': null },
    ],
    [
      'with a telephone and without a television',
      [
        { fact: 'group.services', operator: 'contains', value: 'telephone' },
        { fact: 'group.services', operator: 'doesNotContain', value: 'tv' },
      ],
      { 'group.services': ['telephone'] },
    ],
    [
      'with two of five services and none of the others',
      [
        ...['power', 'telephone'].map((value): ConditionNode => ({
          fact: 'group.services',
          operator: 'contains',
          value,
        })),
        ...['gas', 'internet', 'tv'].map((value): ConditionNode => ({
          ...{ fact: 'group.services', operator: 'doesNotContain', value },
        })),
      ],
      { 'group.services': ['power', 'telephone'] },
    ],
    [
      'called at a number that begins with 09, and is neither that nor 090',
      [
        { fact: 'usage.number', operator: 'startsWith', value: '09' },
        { fact: 'usage.number', operator: 'notIn', value: ['09', '090'] },
      ],
      { 'usage.number': '091' },
    ],
    [
      'who applied after the last of March and before the second of April',
      [
        { fact: 'product.appliedOn', operator: 'dateAfter', value: '2027-03-31' },
        { fact: 'product.appliedOn', operator: 'dateBefore', value: '2027-04-02' },
      ],
      { 'product.appliedOn': '2027-04-01' },
    ],
  ];
  it.each(rows)('%s', (_who, all, facts) => {
    const { found } = factsWhere([{ condition: { all }, holds: true }]);
    expect(found === undefined ? undefined : Object.fromEntries(found)).toEqual(facts);
  });
});

/** A small world: a few ages, segments and days, and conditions that name them. */
const comparison: fc.Arbitrary<ConditionNode> = fc.oneof(
  fc.record({
    fact: fc.constant('customer.age'),
    operator: fc.constantFrom('decimalLessThan', 'decimalGreaterThanInclusive', 'decimalEqual'),
    value: fc.constantFrom('1', '2', '3'),
  }),
  fc.record({
    fact: fc.constant('customer.segment'),
    operator: fc.constantFrom('equal', 'notEqual'),
    value: fc.constantFrom('a', 'b'),
  }),
  fc.record({ fact: fc.constant('customer.type'), operator: fc.constant('equal'), value: fc.constant('individual') }),
) as fc.Arbitrary<ConditionNode>;

const condition = fc
  .letrec<{ node: ConditionNode }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      comparison,
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
      tie('node').map((not) => ({ not })),
    ),
  }))
  .node.map((node): Condition => ({ all: [node] }));

const everybody = [null, '0', '1', '2', '3', '4'].flatMap((a) =>
  [null, 'a', 'b', 'c'].flatMap((segment) =>
    ['individual', 'corporate'].map(
      (type) =>
        new Map<string, FactValue>([
          ['customer.age', a],
          ['customer.segment', segment],
          ['customer.type', type],
        ]),
    ),
  ),
);

/** A world of lists and of beginnings: what is held of six services, and numbers. */
const services = ['a', 'b', 'c', 'd', 'e', 'f'];
const ofLists: fc.Arbitrary<ConditionNode> = fc.oneof(
  fc.record({
    fact: fc.constant('group.services'),
    operator: fc.constantFrom('contains', 'doesNotContain'),
    value: fc.constantFrom(...services),
  }),
  fc.record({
    fact: fc.constant('usage.number'),
    operator: fc.constantFrom('startsWith', 'equal', 'notEqual'),
    value: fc.constantFrom('0', '03', '3'),
  }),
) as fc.Arbitrary<ConditionNode>;
const conditionOfLists = fc
  .array(
    fc.oneof(
      ofLists,
      fc.array(ofLists, { minLength: 1, maxLength: 6 }).map((any) => ({ any })),
    ),
    {
      minLength: 1,
      maxLength: 7,
    },
  )
  .map((all): Condition => ({ all }));
const holders = Array.from({ length: 2 ** services.length }, (_, choice) =>
  services.filter((_name, place) => ((choice >> place) & 1) === 1),
).flatMap((held) =>
  [null, '', '0', '00', '03', '030', '3', '30', '9'].map(
    (number) =>
      new Map<string, FactValue>([
        ['group.services', held],
        ['usage.number', number],
      ]),
  ),
);

/** Who meets the one and not the other: asked of a single one, and looked for. */
function ofTheFirstOnly(first: Condition, second: Condition) {
  const [meets, meetsNot] = [compileCondition(first), compileCondition(second)];
  const is = (facts: ReadonlyMap<string, FactValue>): boolean => {
    const ask = (fact: string): FactValue => facts.get(fact) ?? null;
    return meets(ask) && !meetsNot(ask);
  };
  const result = factsWhere([
    { condition: first, holds: true },
    { condition: second, holds: false },
  ]);
  return { is, result };
}

describe('of two conditions', () => {
  it('on lists and beginnings, too, somebody is found exactly where there is one', () => {
    let nobody = 0;
    fc.assert(
      fc.property(conditionOfLists, conditionOfLists, (first, second) => {
        const { is, result } = ofTheFirstOnly(first, second);
        if (result.found === undefined) {
          nobody += 1;
          expect([result.sure, holders.some(is)]).toEqual([true, false]);
        } else expect(is(result.found)).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(nobody).toBeGreaterThan(20);
  });

  it('somebody who meets the one and not the other is found exactly where there is one', () => {
    fc.assert(
      fc.property(condition, condition, (first, second) => {
        const { is, result } = ofTheFirstOnly(first, second);
        if (result.found === undefined) expect([result.sure, everybody.some(is)]).toEqual([true, false]);
        else expect(is(result.found)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
