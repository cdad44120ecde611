/**
 * Which values does a condition name of each fact, and how does it ask for them? Between them its answer cannot change.
 * Also called: boundary values, constants of a condition, 条件の境界値.
 */
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { FactDefinition } from '#engine/conditions/dictionary.ts';
import { exact, ONE, plus, toText } from '#engine/money/exact.ts';
import type { Condition, ConditionNode, MatrixColumn, Operator } from '#schemas/generated/types.ts';

export interface Asked {
  readonly operators: ReadonlySet<Operator>;
  readonly texts: readonly string[];
}

/** By fact; a fact that is only asked for its presence has no texts. */
export function valuesAsked(condition: Condition): ReadonlyMap<string, Asked> {
  const asked = new Map<string, { operators: Set<Operator>; texts: string[] }>();
  const waiting: ConditionNode[] = [condition];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if ('all' in node) waiting.push(...node.all);
    else if ('any' in node) waiting.push(...node.any);
    else if ('not' in node) waiting.push(node.not);
    else {
      const { fact, operator, value } = node;
      const of = asked.get(fact) ?? { operators: new Set<Operator>(), texts: [] };
      asked.set(fact, of);
      of.operators.add(operator);
      of.texts.push(...[value].flat().filter((each): each is string => typeof each === 'string'));
    }
  }
  return asked;
}

const ofWholeTexts: readonly Operator[] = ['equal', 'notEqual', 'in', 'notIn', 'isPresent'];
const ofPrefixes: readonly Operator[] = ['startsWith', 'isPresent'];

/**
 * The values at which a column has to be divided so that the condition answers alike all over each part; undefined when no
 * division does that, as between '0120' whole and all that begins with it.
 */
export function dividing(
  { operators, texts }: Asked,
  match: MatrixColumn['match'],
  { type, whole }: FactDefinition,
): readonly string[] | undefined {
  const onlyBy = (known: readonly Operator[]): boolean => [...operators].every((each) => known.includes(each));
  if (match === 'equal') return type === 'text' && onlyBy(ofWholeTexts) ? texts : undefined;
  if (match === 'prefix') return type === 'text' && onlyBy(ofPrefixes) ? texts : undefined;
  // A part includes its start: 'after' and 'up to' turn at the next day or number.
  if (type === 'date')
    return texts.flatMap((day) => (day < '9999-12-31' ? [day, addDays(day as CivilDate, 1)] : [day]));
  if (type !== 'decimal' || whole !== true) return undefined;
  return texts.flatMap((number) => [number, toText(plus(exact(number), ONE))]);
}
