/** What is certain of a condition when only one fact is known? */
import { describe, expect, it } from 'vitest';
import { certainty } from '#engine/conditions/certainty.ts';
import type { Condition, ConditionNode } from '#schemas/generated/types.ts';

const firm: ConditionNode = { fact: 'customer.type', operator: 'equal', value: 'corporate' };
const old: ConditionNode = { fact: 'customer.age', operator: 'decimalGreaterThan', value: '60' };

describe('of an individual whose age is not known', () => {
  it.each<[string, Condition, boolean | undefined]>([
    ['being a firm fails', { all: [firm] }, false],
    ['not being a firm holds', { not: firm }, true],
    ['being a firm and old fails, whatever the age', { all: [firm, old] }, false],
    ['being no firm and old depends', { all: [{ not: firm }, old] }, undefined],
    ['being a firm or old depends', { any: [firm, old] }, undefined],
    ['being no firm or old holds, whatever the age', { any: [{ not: firm }, old] }, true],
    ['not being old depends', { not: old }, undefined],
    ['of nothing at all everything holds', { all: [] }, true],
  ])('%s', (_what, condition, answer) => {
    expect(certainty(condition, new Map([['customer.type', 'individual']]))).toBe(answer);
  });
});
