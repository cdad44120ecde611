/**
 * Is there somebody for whom these conditions come out as asked, and who? Such as: the new rule holds, the old one did not.
 * Also called: witness, satisfiability, counterexample, 該当するお客さまの例.
 */
import type { Condition } from '#schemas/generated/types.ts';
import { boundariesOf, type Boundaries } from './boundaries.ts';
import { certainty, type Members } from './certainty.ts';
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
  const boundaries = boundariesOf(wanted.map(({ condition }) => condition));
  const steps = [...boundaries].flatMap(([fact, of]) => stepsOf(fact, of));
  const known = new Map<string, FactValue>();
  const lists = new Map<string, Map<string, boolean>>();
  let tries = 0;

  /** Whether all come out as asked, or none will, or neither is certain yet. */
  function standing(): 'met' | 'open' | 'lost' {
    let isMet = true;
    for (const { condition, holds } of wanted) {
      const answer = certainty(condition, known, lists);
      if (answer === !holds) return 'lost';
      isMet &&= answer === holds;
    }
    return isMet ? 'met' : 'open';
  }

  /** Where all is met, whatever is left to say may be anything. */
  function search(depth: number, mayBe: 'met' | 'open' | 'lost'): boolean {
    if (mayBe !== 'open') return mayBe === 'met';
    const step = steps[depth];
    if (step === undefined) return false;
    const { fact, name } = step;
    if (name !== undefined && !lists.has(fact)) return search(depth + 1, mayBe);
    for (const choice of step.choices) {
      tries += 1;
      if (tries > mostTries) return false;
      if (name !== undefined) lists.get(fact)?.set(name, choice === true);
      else if (choice === LIST) lists.set(fact, new Map());
      else known.set(fact, choice);
      if (search(depth + 1, standing())) return true;
      if (name !== undefined) lists.get(fact)?.delete(name);
      else if (choice === LIST) lists.delete(fact);
      else known.delete(fact);
    }
    return false;
  }

  if (!search(0, standing())) return { found: undefined, sure: tries <= mostTries };
  return { found: new Map([...boundaries].map(([fact, of]) => [fact, valueIn(fact, of, known, lists)])) };
}

/** There is a list; what is in it, its names say one by one. */
const LIST = Symbol('list');

/** One thing that may be so or otherwise: the value of a fact, whether there is a list, whether the name is in it. */
interface Step {
  readonly fact: string;
  readonly name?: string;
  readonly choices: readonly (FactValue | typeof LIST)[];
}

function stepsOf(fact: string, of: Boundaries): readonly Step[] {
  if ('values' in of) return [{ fact, choices: of.values }];
  const members = of.names.toReversed().map((name): Step => ({ fact, name, choices: [true, false] }));
  return [{ fact, choices: of.mayBeAbsent ? [LIST, null] : [LIST] }, ...members];
}

/** What was settled for the fact, and the first there is for what does not matter: of lists, all names. */
function valueIn(
  fact: string,
  of: Boundaries,
  known: ReadonlyMap<string, FactValue>,
  lists: ReadonlyMap<string, Members>,
): FactValue {
  const settled = known.get(fact);
  if (settled !== undefined) return settled;
  if ('values' in of) return of.values[0] ?? null;
  return of.names.filter((name) => lists.get(fact)?.get(name) ?? true);
}
