/**
 * How does the demo come out the same every time? Chance from a seed: a xorshift generator (Marsaglia, 2003), whole numbers only.
 * Also called: pseudo-random, seeded generator, 疑似乱数. For demo data, never for secrets.
 */

export type Random = {
  /** A whole number from 0 up to, not including, `n`. */
  below(n: number): number;
  /** A whole number from `least` to `most`, both possible. */
  between(least: number, most: number): number;
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** One of the values, each as likely as its weight says. */
  weighted<T>(from: readonly (readonly [weight: number, value: T])[]): T;
};

export function randomFrom(seed: number): Random {
  let state = seed >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  // The first draws of similar seeds are alike.
  for (let draw = 0; draw < 20; draw += 1) next();
  const below = (n: number): number => next() % n;
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (percent) => below(100) < percent,
    pick: (from) => from[below(from.length)]!,
    weighted: (from) => {
      let left = below(from.reduce((sum, [weight]) => sum + weight, 0));
      return from.find(([weight]) => (left -= weight) < 0)![1];
    },
  };
}
