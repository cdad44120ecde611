/** Which amounts do the laws of money range over? Long and short, credits too, with and without an end to their decimals. */
import * as fc from 'fast-check';
import { dividedBy, fromInteger, type Exact } from '#engine/money/exact.ts';
import type { RoundingMode } from '#engine/money/rounding.ts';

/** Decimal text as a ruleset writes it: up to eighteen digits and twelve decimals, either sign. */
export const decimalText: fc.Arbitrary<string> = fc
  .tuple(
    fc.boolean(),
    fc.bigInt({ min: 0n, max: 10n ** 18n }),
    fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 12 }),
  )
  .map(([credit, whole, decimals]) => `${credit ? '-' : ''}${whole}${decimals === '' ? '' : `.${decimals}`}`);

/** Any fraction: 5000/3 as well as 0.25, near zero often, where halves and signs go wrong. */
export const exactNumber: fc.Arbitrary<Exact> = fc
  .tuple(
    fc.oneof(fc.bigInt({ min: -200n, max: 200n }), fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n })),
    fc.oneof(fc.bigInt({ min: 1n, max: 60n }), fc.bigInt({ min: 1n, max: 10n ** 15n })),
  )
  .map(([n, d]) => dividedBy(fromInteger(n), fromInteger(d)));

export const roundingModes: readonly RoundingMode[] = ['down', 'up', 'halfUp', 'halfEven', 'floor', 'ceiling'];

export const roundingMode: fc.Arbitrary<RoundingMode> = fc.constantFrom(...roundingModes);
