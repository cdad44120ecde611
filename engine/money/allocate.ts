/**
 * How is a sum split into whole units so that the parts add up again?
 * Also called: largest remainder, Hamilton, allocation, split, 按分, 配賦, 端数調整, 最大剰余法.
 */
import { toBigint } from '#engine/money/small-wholes.ts';

/**
 * `total` split in proportion to `weights`. Each part is rounded down, and the units left over go to the largest
 * remainders, an earlier part first where remainders are equal: 100 by three is 34, 33, 33.
 * A negative total gives the negative parts of the positive one, so a credit note takes back what the bill asked.
 * Negative weights (a discount among the lines that tax is spread over) are taken as they are.
 * Weights that add up to zero have no proportion: this throws unless the total is zero, too.
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  if (total === 0n) return weights.map(() => 0n);
  if (weights.length === 1 && weights[0] !== 0n) return [total];
  if (total < 0n) return allocate(-total, weights).map((part) => -part);
  return inNumbers(total, weights) ?? inBigints(total, weights);
}

function inBigints(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((before, weight) => before + weight, 0n);
  if (sum === 0n) throw new RangeError(`${total} cannot be split: the weights add up to zero`);

  const whole = sum < 0n ? -sum : sum;
  const numerators = weights.map((weight) => total * (sum < 0n ? -weight : weight));
  const parts = numerators.map((numerator) => floorDivided(numerator, whole));
  const remainders = numerators.map((numerator, index) => numerator - parts[index]! * whole);
  const leftOver = total - parts.reduce((before, part) => before + part, 0n);

  const byRemainder = [...weights.keys()].sort((a, b) => order(remainders[b]!, remainders[a]!) || a - b);
  for (const index of byRemainder.slice(0, Number(leftOver))) parts[index]! += 1n;
  return parts;
}

/** The same where a machine holds every product exactly, as it does those of most bills; otherwise undefined. */
function inNumbers(exactTotal: bigint, exactWeights: readonly bigint[]): bigint[] | undefined {
  const total = Number(exactTotal);
  const count = exactWeights.length;
  const weights = new Array<number>(count);
  let sum = 0;
  let greatest = 0;
  for (let index = 0; index < count; index += 1) {
    const weight = Number(exactWeights[index]);
    weights[index] = weight;
    sum += weight;
    greatest = Math.max(greatest, Math.abs(weight));
  }
  // Sums of so many weights are exact, too, and so are quotients of whole numbers below 2^53 once they are cut.
  if (!(total * greatest * count <= Number.MAX_SAFE_INTEGER) || sum === 0) return undefined;

  const sign = sum < 0 ? -1 : 1;
  const whole = sum * sign;
  const parts = new Array<bigint>(count);
  const remainders = weights;
  let leftOver = total;
  for (let index = 0; index < count; index += 1) {
    const numerator = total * weights[index]! * sign;
    const part = Math.floor(numerator / whole);
    parts[index] = toBigint(part);
    remainders[index] = numerator - part * whole;
    leftOver -= part;
  }
  for (; leftOver > 0; leftOver -= 1) {
    let largest = 0;
    for (let index = 1; index < count; index += 1) {
      if (remainders[index]! > remainders[largest]!) largest = index;
    }
    remainders[largest] = -1;
    parts[largest]! += 1n;
  }
  return parts;
}

function floorDivided(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator % denominator < 0n ? quotient - 1n : quotient;
}

function order(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
