/** Do `all`, `any` and `not` mean what they say? */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition } from '#engine/conditions/evaluate.ts';
import type { Comparison, Condition } from '#schemas/generated/types.ts';

const is = (name: string): Comparison => ({ fact: `product.${name}`, operator: 'equal', value: true });
const holds = (condition: Condition, yes: readonly string[]): boolean =>
  compileCondition(condition)((id) => yes.includes(id.slice('product.'.length)));

describe('a condition', () => {
  const mobileOrNetButNotBoth: Condition = {
    all: [{ any: [is('mobile'), is('internet')] }, { not: { all: [is('mobile'), is('internet')] } }],
  };

  it.each([
    [[], false],
    [['mobile'], true],
    [['internet'], true],
    [['mobile', 'internet'], false],
  ])('of products %j, that asks for one of two and not for both, is %s', (yes, expected) => {
    expect(holds(mobileOrNetButNotBoth, yes)).toBe(expected);
  });

  it('says the same when `not` is carried inwards (De Morgan)', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 });
    fc.assert(
      fc.property(names, names, (asked, yes) => {
        const parts = asked.map(is);
        expect(holds({ not: { all: parts } }, yes)).toBe(holds({ any: parts.map((not) => ({ not })) }, yes));
        expect(holds({ not: { any: parts } }, yes)).toBe(holds({ all: parts.map((not) => ({ not })) }, yes));
      }),
    );
  });
});
