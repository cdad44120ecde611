/**
 * How is an exact amount made a payable one?
 * Also called: rounding mode, fraction handling, 端数処理, 切り捨て, 切り上げ, 四捨五入, 銀行丸め.
 */
import type { RoundingMode } from '#schemas/generated/types.ts';
import { dividedBy, fromInteger, times, type Exact } from '#engine/money/exact.ts';

export type { RoundingMode };

/**
 * The multiple of `step` that `a` is rounded to. 12.34 to steps of 0.05, halves up, is 12.35.
 * The step must be above zero.
 */
export function roundToStep(a: Exact, mode: RoundingMode, step: Exact): Exact {
  if (step.n <= 0n) throw new RangeError('a rounding step is above zero');
  if (step.n === 1n && step.d === 1n) return fromInteger(roundToInteger(a, mode));
  return times(fromInteger(roundToInteger(dividedBy(a, step), mode)), step);
}

/**
 * The whole number that `a` is rounded to.
 * `down` goes towards zero, `up` away from it; `halfUp` sends halves away from zero, so -2.5 becomes -3;
 * `floor` and `ceiling` do not look at the sign, so a credit of -2.5 becomes -3 and -2.
 */
export function roundToInteger(a: Exact, mode: RoundingMode): bigint {
  if (a.d === 1n) return a.n;
  // Division of bigints cuts towards zero. `a` is reduced, so a remainder is always left here.
  const towardsZero = a.n / a.d;
  const awayFromZero = a.n < 0n ? towardsZero - 1n : towardsZero + 1n;
  switch (mode) {
    case 'down':
      return towardsZero;
    case 'up':
      return awayFromZero;
    case 'floor':
      return a.n < 0n ? awayFromZero : towardsZero;
    case 'ceiling':
      return a.n < 0n ? towardsZero : awayFromZero;
    case 'halfUp':
      return comparedWithHalf(a) < 0 ? towardsZero : awayFromZero;
    case 'halfEven': {
      const side = comparedWithHalf(a);
      if (side === 0) return towardsZero % 2n === 0n ? towardsZero : awayFromZero;
      return side < 0 ? towardsZero : awayFromZero;
    }
    default:
      return unknownMode(mode);
  }
}

/** The greatest whole number not above `a`: -5/2 gives -3. */
export function floorOf(a: Exact): bigint {
  return roundToInteger(a, 'floor');
}

/** The smallest whole number not below `a`: 61 seconds in blocks of 30 are ceilingOf(61/30) = 3 units. */
export function ceilingOf(a: Exact): bigint {
  return roundToInteger(a, 'ceiling');
}

/** Does the part after the point lie below a half (-1), on it (0) or above it (1)? The sign does not matter. */
function comparedWithHalf(a: Exact): -1 | 0 | 1 {
  const remainder = a.n % a.d;
  const twice = remainder < 0n ? remainder * -2n : remainder * 2n;
  return twice < a.d ? -1 : twice > a.d ? 1 : 0;
}

function unknownMode(mode: never): never {
  throw new RangeError(`'${String(mode)}' is not a rounding mode`);
}
