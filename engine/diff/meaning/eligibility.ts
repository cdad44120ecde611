/**
 * Whom does a changed condition let in, whom does it leave out, and who is an example?
 * Both conditions are asked about the values at their own boundaries; whoever is named was judged by both versions.
 * Also called: wider, narrower, witness, 対象の拡大・縮小, 該当例.
 */
import { factsWhere, type Wanted } from '#engine/conditions/facts-where.ts';
import type { FactValue } from '#engine/conditions/operators.ts';
import { saidCondition, saidFact } from '#engine/explain/said-condition.ts';
import { said, saidPeriod, type Naming, type SaidValue } from '#engine/explain/said.ts';
import type { Condition, Discount, OpenPeriod } from '#schemas/generated/types.ts';
import { findingAt, type Compared } from './compared.ts';
import { saidValue } from './said-value.ts';
import type { About, Direction, Finding, Witness } from './finding.ts';
import { everyone, productsDiscounted, questionsOf, whoIsConcerned } from './who-is-concerned.ts';

interface BothSides {
  readonly before: Condition;
  readonly after: Condition;
}

/** A field that asks something about a customer; the rest of the ruleset judges the example, too. */
export function changedQuestion(compared: Compared, pointer: string): Finding {
  const { before, after } = compared.versions;
  const own = (questions: ReadonlyMap<string, Condition>): Condition => questions.get(pointer) ?? everyone;
  return concerning(
    compared,
    { before: own(questionsOf(before)), after: own(questionsOf(after)) },
    { before: whoIsConcerned(before), after: whoIsConcerned(after) },
    /\/(window|sales)$/.test(pointer) ? 'dates' : 'eligibility',
  );
}

/** A condition that stands for itself: which use a charge is for, when a penalty is waived. */
export function changedCondition(compared: Compared): Finding {
  const own = {
    before: (compared.before ?? everyone) as Condition,
    after: (compared.after ?? everyone) as Condition,
  };
  return concerning(compared, own, own, 'eligibility');
}

/** Which products a discount is for; judged together with who gets the discount at all. */
export function changedTarget(compared: Compared): Finding {
  const { before, after } = compared.versions;
  const target = (value: unknown): Condition => productsDiscounted(value as Discount['target']);
  const own = { before: target(compared.before), after: target(compared.after) };
  const whole = {
    before: { all: [own.before, whoIsConcerned(before)] },
    after: { all: [own.after, whoIsConcerned(after)] },
  };
  return concerning(compared, own, whole, 'eligibility');
}

function concerning(compared: Compared, own: BothSides, whole: BothSides, about: About): Finding {
  const entering = goingIn(own);
  const leaving = goingIn({ before: own.after, after: own.before });
  const [enters, leaves] = [factsWhere(entering), factsWhere(leaving)];
  const sides = { before: saidSide(compared.before, compared), after: saidSide(compared.after, compared) };
  if (enters.found === undefined && leaves.found === undefined) {
    const isSure = enters.sure && leaves.sure;
    const code = isSure ? 'meaning.sameCustomers' : 'meaning.eligibility';
    return findingAt(compared, { about: isSure ? 'cosmetic' : about, code, values: sides });
  }
  const witnesses = [
    ...witness([...entering, ...goingIn(whole)], 'in', compared.naming),
    ...witness([...leaving, ...goingIn({ before: whole.after, after: whole.before })], 'out', compared.naming),
  ];
  const direction: Direction = enters.found && leaves.found ? 'others' : enters.found ? 'wider' : 'narrower';
  return findingAt(compared, {
    about,
    direction,
    ...(witnesses.length === 0 ? {} : { witnesses }),
    code: 'meaning.eligibility',
    values: sides,
  });
}

/** Who was not meant before, and is afterwards. */
const goingIn = ({ before, after }: BothSides): Wanted[] => [
  { condition: before, holds: false },
  { condition: after, holds: true },
];

function witness(wanted: readonly Wanted[], goes: Witness['goes'], naming: Naming): Witness[] {
  const { found } = factsWhere(wanted);
  if (found === undefined) return [];
  const who = [...found.keys()].every((fact) => fact.startsWith('usage.')) ? 'use' : 'customer';
  const facts = [...found].map(([fact, value]: [string, FactValue]) => saidFact(fact, value, naming));
  return [{ facts: Object.fromEntries(found), goes, sentence: said(`meaning.witness.${goes}`, { facts, who }) }];
}

function saidSide(value: unknown, { at, naming }: Compared): SaidValue {
  if (value === undefined) return said('said.everyone');
  const pointer = at.after ?? at.before ?? '';
  if (/\/(window|sales)$/.test(pointer)) return saidPeriod(value as OpenPeriod);
  if (typeof value === 'object' && value !== null && ('all' in value || 'any' in value || 'not' in value))
    return saidCondition(value as Condition, naming);
  const field = pointer.split('/').at(-1) ?? '';
  if (field === 'triggers') return (value as string[]).map((each) => said(`screen.option.ProductEvent.${each}`));
  if (field === 'requires' || field === 'target' || field === 'excludes') return saidSets(value, naming);
  return saidValue(value, field, {}, naming);
}

/** The services, offerings and charges that are named, each kind by its own name. */
function saidSets(value: unknown, naming: Naming): SaidValue {
  if (Array.isArray(value)) return saidValue(value, 'offerings', { items: { definedAs: 'Identifier' } }, naming);
  const sets = value as Readonly<Record<string, readonly string[]>>;
  return Object.entries(sets).map(([field, ids]) =>
    said(`said.set.${field}`, { ids: saidValue(ids, field, { items: { definedAs: 'Identifier' } }, naming) }),
  );
}
