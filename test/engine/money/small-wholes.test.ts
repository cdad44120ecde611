/**
 * Is a small whole number that is kept the number that was asked for?
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBigint, wholeToText } from '#engine/money/small-wholes.ts';

/** Around the first and the last that are kept, where a machine stops to count exactly, and signs. */
const edges = [0, 1, 9, 10, 4_200, 16_383, 16_384, 16_385, 65_535, 65_536, 1e12, Number.MAX_SAFE_INTEGER].flatMap(
  (n) => [n, -n],
);

describe('small whole numbers', () => {
  it('are the same each time they are asked for, as text and as bigint', () => {
    for (const n of [...edges, ...edges]) {
      expect(toBigint(n)).toBe(BigInt(n));
      expect(wholeToText(BigInt(n))).toBe(BigInt(n).toString());
    }
  });

  it('have nothing in common with those that no machine number holds', () => {
    const wide = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    fc.assert(fc.property(wide, (n) => wholeToText(n) === n.toString()));
  });
});
