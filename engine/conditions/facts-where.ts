/**
 * Is there somebody for whom these conditions come out as asked, and who? Such as: the new rule holds, the old one did not.
 * Also called: witness, satisfiability, counterexample, 該当するお客さまの例.
 */
import type { Condition } from '#schemas/generated/types.ts';
import { boundariesOf } from './boundaries.ts';
import { certainty } from './certainty.ts';
import type { FactValue } from './operators.ts';

export interface Wanted {
  readonly condition: Condition;
  readonly holds: boolean;
}

export type FactsFound =
  | { readonly found: ReadonlyMap<string, FactValue> }
  /** `sure` when there is nobody, and false when the search was given up. */
  | { readonly found: undefined; readonly sure: boolean };

/** So many facts are tried before the search is given up. */
const MOST_TRIES = 20_000;

/** Every fact that the conditions ask for has a value in what is found. Equal conditions find equal facts. */
export function factsWhere(wanted: readonly Wanted[], mostTries = MOST_TRIES): FactsFound {
  const boundaries = [...boundariesOf(wanted.map(({ condition }) => condition))];
  const known = new Map<string, FactValue>();
  let tries = 0;

  const isOpen = (): boolean =>
    wanted.every(({ condition, holds }) => (certainty(condition, known) ?? holds) === holds);

  function search(depth: number): boolean {
    const next = boundaries[depth];
    if (next === undefined) return true;
    const [fact, values] = next;
    for (const value of values) {
      tries += 1;
      if (tries > mostTries) return false;
      known.set(fact, value);
      if (isOpen() && search(depth + 1)) return true;
      known.delete(fact);
    }
    return false;
  }

  if (isOpen() && search(0)) return { found: known };
  return { found: undefined, sure: tries <= mostTries };
}
