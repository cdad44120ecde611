/** Do uses counted in numbers come to what they come to in fractions? */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Usage, UsageCharge } from '#schemas/generated/types.ts';
import { exact, ZERO, type Exact } from '#engine/money/exact.ts';
import { countingFor, countOf, record, tallyFor } from '#engine/usage/tally.ts';
import { WholeTallies, wholeRulesFor } from '#engine/usage/whole-tallies.ts';

const whole = fc.oneof(fc.nat(1_000), fc.integer({ min: 2 ** 49, max: 2 ** 49 + 3 }), fc.constant(999_999_999_999_999));
const fraction = fc
  .tuple(fc.nat(100), fc.integer({ min: 1, max: 99 }))
  .map(([a, b]) => `${a}.${String(b).padStart(2, '0')}`);
const uses = fc.array(
  fc.record({
    quantity: fc.oneof({ weight: 4, arbitrary: whole.map(String) }, { weight: 1, arbitrary: fraction }),
    covered: fc.option(fc.nat(50), { freq: 5 }),
  }),
  { minLength: 1, maxLength: 12 },
);

const charges: fc.Arbitrary<UsageCharge> = fc.record(
  {
    type: fc.constant('usage' as const),
    id: fc.constant('call'),
    name: fc.constant({ ja: '通話', en: 'Calls' }),
    meter: fc.constant('voice.seconds'),
    unit: fc.record({
      size: fc.constantFrom('1', '7', '30', '0.5'),
      rounding: fc.constantFrom('up' as const, 'exact' as const),
      per: fc.constantFrom('event' as const, 'period' as const),
    }),
    price: fc.constant({ model: 'perUnit' as const, unitPrice: '20' }),
    taxCategory: fc.constant('standard' as const),
    freePerEvent: fc.constantFrom('0', '20', '2.5'),
    aggregate: fc.constantFrom('sum' as const, 'highest' as const, 'last' as const),
  },
  { requiredKeys: ['type', 'id', 'name', 'meter', 'unit', 'price', 'taxCategory'] },
);

const useOf = (quantity: string): Usage => ({
  id: 'U',
  product: 'P-1',
  meter: 'voice.seconds',
  startedAt: '2026-05-01T00:00:00',
  quantity,
});

describe('uses counted in numbers', () => {
  it('come to what they come to in fractions, whole or not, covered or not, however large', () => {
    fc.assert(
      fc.property(charges, uses, (charge, all) => {
        const inNumbers = new WholeTallies(wholeRulesFor([countingFor(charge, null)]));
        const inFractions = tallyFor(charge, null);
        for (const { quantity, covered } of all) {
          const free: Exact | undefined = covered === null ? undefined : exact(String(covered));
          inNumbers.count([0], useOf(quantity), free);
          record(inFractions, exact(quantity), free ?? ZERO);
        }
        const count = inNumbers.countAt(0, null)!;
        expect({ ...count, inFractions: 0 }).toEqual({ ...countOf(inFractions), inFractions: 0 });
        // What is covered, or not whole itself, is never counted in numbers.
        const atLeast = all.filter(({ quantity, covered }) => covered !== null || quantity.includes('.')).length;
        expect(count.inFractions).toBeGreaterThanOrEqual(atLeast);
        expect(count.inFractions).toBeLessThanOrEqual(all.length);
      }),
      { numRuns: 400 },
    );
  });

  it('are none where nothing was used', () => {
    const [charge] = fc.sample(charges, 1);
    expect(new WholeTallies(wholeRulesFor([countingFor(charge!, null)])).countAt(0, null)).toBeUndefined();
  });
});
