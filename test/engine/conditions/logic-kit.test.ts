/**
 * Is a condition of which a part is not known decided as the DMN Technology Compatibility Kit has it (github.com/dmn-tck/tck,
 * Apache-2.0, level 3)? The truths of 0064 and, 0065 or, 0066 not, restated: null is what is not known.
 * The cases whose parts are figures and texts are no conditions here.
 */
import { describe, expect, it } from 'vitest';
import { certainty } from '#engine/conditions/certainty.ts';
import type { FactValue } from '#engine/conditions/operators.ts';
import type { Condition, ConditionNode } from '#schemas/generated/types.ts';

type Truth = boolean | null;

/** One value, another, and what both come to joined by `and`, and by `or`. */
const joined: readonly (readonly [Truth, Truth, and: Truth, or: Truth])[] = [
  [true, true, true, true],
  [true, false, false, true],
  [true, null, null, true],
  [false, true, false, true],
  [false, false, false, false],
  [false, null, false, null],
  [null, true, null, true],
  [null, false, false, null],
  [null, null, null, null],
];
const negated: readonly (readonly [Truth, Truth])[] = [
  [true, false],
  [false, true],
  [null, null],
];

/** Whether a customer is a firm, and a product mobile; either may not be known. */
const facts = [
  ['customer.type', 'corporate', 'individual'],
  ['product.service', 'mobile', 'internet'],
] as const;
const asks = (place: number): ConditionNode => ({ fact: facts[place]![0], operator: 'equal', value: facts[place]![1] });

function decided(condition: Condition, ...truths: readonly Truth[]): Truth {
  const known = new Map<string, FactValue>();
  truths.forEach((truth, place) => {
    const [fact, wanted, other] = facts[place]!;
    if (truth !== null) known.set(fact, truth ? wanted : other);
  });
  return certainty(condition, known) ?? null;
}

describe('a condition', () => {
  it.each(joined)('0064 and 0065: %s and %s: both %s, either %s', (one, other, and, or) => {
    const parts = [asks(0), asks(1)];
    expect(decided({ all: parts }, one, other)).toBe(and);
    expect(decided({ any: parts }, one, other)).toBe(or);
  });

  it.each(negated)('0066: not %s is %s', (one, expected) => {
    expect(decided({ not: asks(0) }, one)).toBe(expected);
  });
});
