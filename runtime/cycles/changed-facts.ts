/**
 * From which day on is something known now that was not known when the group was last billed?
 * Pure. Also called: backdated change, retroactive change, 遡及変更の検出、さかのぼり.
 */
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';

/** What holds from a day until another, said so that two that say the same are the same. */
export interface Fact {
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  readonly says: string;
  /** Known when the group was last billed, and known now. */
  readonly then: boolean;
  readonly now: boolean;
}

/** The first day on which the facts of then and of now differ, or undefined when they never do. */
export function firstChange(facts: readonly Fact[]): CivilDate | undefined {
  if (facts.every(({ then, now }) => then === now)) return undefined;
  const days = new Set(facts.flatMap(({ from, to }) => (to === null ? [from] : [from, to])));
  return [...days].sort().find((day) => heldOn(day, facts, 'then') !== heldOn(day, facts, 'now'));
}

function heldOn(day: CivilDate, facts: readonly Fact[], when: 'then' | 'now'): string {
  return facts
    .filter((fact) => fact[when] && fact.from <= day && (fact.to === null || day < fact.to))
    .map(({ says }) => says)
    .sort()
    .join('\n');
}

/** The day on which something is counted, as a fact of that day. */
export const dayOf = (day: CivilDate): Pick<Fact, 'from' | 'to'> => ({ from: day, to: addDays(day, 1) });
