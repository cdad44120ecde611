/** Do the parts of a split add up again, to the last yen, as fairly as whole units allow? */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from '#engine/money/allocate.ts';

describe('splitting a sum', () => {
  it.each([
    [100n, [1n, 1n, 1n], [34n, 33n, 33n], 'equal remainders: the earlier part first'],
    [10_000_000n, [1n, 1n, 1n], [3_333_334n, 3_333_333n, 3_333_333n], 'AX-08a, operating cost by three companies'],
    [10_000_000n, [500n, 1_500n], [2_500_000n, 7_500_000n], 'AX-08a, 10,000,000 by 500 and 1,500 customers'],
    [30_000_000n, [500n, 1_500n], [7_500_000n, 22_500_000n], 'AX-08a, 30,000,000 by 500 and 1,500 customers'],
    [10_000_000n, [1n, 1n], [5_000_000n, 5_000_000n], 'AX-08, by two'],
    [6_000n, [4_000n, 3_000n, 500n], [3_200n, 2_400n, 400n], 'AX-06, an all-in price by standalone prices'],
    [10n, [1n, 2n, 3n], [2n, 3n, 5n], '1.67, 3.33, 5: the largest remainder takes the one left over'],
    [5n, [0n, 1n, 0n, 1n], [0n, 3n, 0n, 2n], 'no weight, no part'],
    [330n, [2_700n, -135n, 240n, 500n, 2n, 1n], [269n, -13n, 24n, 50n, 0n, 0n], 'AX-24, tax over lines and a discount'],
    [-100n, [1n, 1n, 1n], [-34n, -33n, -33n], 'a credit note takes back what the bill asked'],
    [100n, [-1n, -1n, -1n], [34n, 33n, 33n], 'only the proportion of weights matters'],
    [2n, [1n, 1n, 1n, 1n, 1n], [1n, 1n, 0n, 0n, 0n], 'fewer units than parts'],
    [0n, [0n, 0n], [0n, 0n], 'nothing splits into nothing'],
    [0n, [], [], 'even among nobody'],
  ])('%s by %s: %s', (total, weights, parts) => expect(allocate(total, weights)).toEqual(parts));

  it.each([[[]], [[0n, 0n]], [[5n, -5n]]])('refuses weights without a proportion: %s', (weights) => {
    expect(() => allocate(1n, weights)).toThrow('1 cannot be split');
    expect(() => allocate(-1n, weights)).toThrow('cannot be split');
  });
});

describe('the laws of splitting', () => {
  const total = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
  const weights = fc
    .array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 30 })
    .filter((all) => sum(all) > 0n);

  it('adds up to the total', () => {
    fc.assert(
      fc.property(total, weights, (whole, by) => {
        expect(sum(allocate(whole, by))).toBe(whole);
      }),
    );
  });

  it('gives every part its exact share, rounded one way or the other', () => {
    fc.assert(
      fc.property(total, weights, (whole, by) => {
        allocate(whole, by).forEach((part, index) => {
          const shareTimesSum = whole * by[index]!;
          const apart = part * sum(by) - shareTimesSum;
          expect(apart < 0n ? -apart : apart).toBeLessThan(sum(by));
        });
      }),
    );
  });

  it('rounds up nobody with a smaller remainder than one that it rounds down', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 9n }), weights, (whole, by) => {
        const parts = allocate(whole, by);
        const remainder = (index: number) => (whole * by[index]!) % sum(by);
        const isRoundedUp = (index: number) => parts[index]! * sum(by) > whole * by[index]!;
        const indexes = [...by.keys()].filter((index) => remainder(index) > 0n);
        const [up, down] = [indexes.filter(isRoundedUp), indexes.filter((index) => !isRoundedUp(index))];
        for (const higher of up) {
          for (const lower of down) {
            expect(remainder(higher)).toBeGreaterThanOrEqual(remainder(lower));
            if (remainder(higher) === remainder(lower)) expect(higher).toBeLessThan(lower);
          }
        }
      }),
    );
  });

  it('takes back by a credit exactly what it charged, and does not mind the scale of weights', () => {
    fc.assert(
      fc.property(total, weights, fc.bigInt({ min: 1n, max: 1_000n }), (whole, by, scale) => {
        expect(allocate(-whole, by)).toEqual(allocate(whole, by).map((part) => -part));
        expect(
          allocate(
            whole,
            by.map((weight) => weight * scale),
          ),
        ).toEqual(allocate(whole, by));
      }),
    );
  });

  it('adds up with discounts among the weights, too', () => {
    const mixed = fc.array(fc.bigInt({ min: -1_000n, max: 1_000n }), { minLength: 1 }).filter((all) => sum(all) !== 0n);
    fc.assert(
      fc.property(total, mixed, (whole, by) => {
        expect(sum(allocate(whole, by))).toBe(whole);
      }),
    );
  });
});

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((before, amount) => before + amount, 0n);
}
