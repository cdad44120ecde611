/**
 * What is worked out of a ruleset once, and kept for as long as the ruleset is? Thousands of bills ask the same of the same
 * rulesets. Also called: memoisation, プリペア, 事前計算.
 */

/** `prepare`, asked once for each object; objects are told apart by identity, and never change once published. */
export function preparedOnce<K extends object, V extends NonNullable<unknown>>(prepare: (of: K) => V): (of: K) => V {
  const prepared = new WeakMap<K, V>();
  return (of) => {
    let known = prepared.get(of);
    if (known === undefined) {
      known = prepare(of);
      prepared.set(of, known);
    }
    return known;
  };
}

/** The same where it depends on one more thing; of those no more than some thousand are kept. */
export function preparedBy<K extends object, A extends string | number | null, V extends NonNullable<unknown>>(
  prepare: (of: K, by: A) => V,
): (of: K, by: A) => V {
  const ofEach = preparedOnce((_of: K) => new Map<A, V>());
  return (of, by) => {
    const prepared = ofEach(of);
    let known = prepared.get(by);
    if (known === undefined) {
      known = prepare(of, by);
      if (prepared.size >= MOST_KEPT) prepared.clear();
      prepared.set(by, known);
    }
    return known;
  };
}

const MOST_KEPT = 4096;
