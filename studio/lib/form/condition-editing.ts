/**
 * What becomes of a condition when somebody changes a part of it: another fact, another operator, one thing more?
 * Also called: condition builder, query builder, 条件エディター.
 */
import { factDictionary, type FactDefinition } from '#engine/conditions/dictionary.ts';
import { operators, type ValueShape } from '#engine/conditions/operators.ts';
import type { Comparison, ConditionValue, Operator } from '#schemas/generated/types.ts';
import type { Command } from '#lib/document/commands.ts';
import { below, nameIn, parentOf } from '#lib/document/pointer.ts';

export type Join = 'all' | 'any' | 'not';

export const joins: readonly Join[] = ['all', 'any', 'not'];

export const newComparison: Comparison = { fact: 'customer.type', operator: 'equal', value: 'individual' };

/** Which of them the condition is; none of them is a comparison, or nothing that we know. */
export function joinOf(node: unknown): Join | undefined {
  return typeof node === 'object' && node !== null ? joins.find((join) => Object.hasOwn(node, join)) : undefined;
}

/** The conditions that are joined; of `not` the one. */
export function partsOf(node: unknown): readonly unknown[] {
  const join = joinOf(node);
  if (join === undefined) return [];
  const held = (node as Readonly<Record<string, unknown>>)[join];
  return Array.isArray(held) ? held : [held];
}

/** The place of the part. */
export const partAt = (at: string, join: Join, index: number): string =>
  join === 'not' ? below(at, 'not') : below(at, join, index);

/** The operators that can be asked of the fact, as the table of operators has them. */
export function operatorsFor(fact: string): Operator[] {
  const type = factDictionary.get(fact)?.type;
  return (Object.keys(operators) as Operator[]).filter(
    (operator) => type === undefined || operators[operator].factTypes.includes(type),
  );
}

export const valueShapeOf = (operator: string): ValueShape =>
  Object.hasOwn(operators, operator) ? operators[operator as Operator].valueShape : 'text';

/** Another fact: the operator stays if the fact knows it, the value if it means the same there. */
export function withFact(comparison: Comparison, fact: string): Comparison {
  const possible = operatorsFor(fact);
  const operator = possible.includes(comparison.operator) ? comparison.operator : (possible[0] ?? 'equal');
  const isAlike = factDictionary.get(fact)?.type === factDictionary.get(comparison.fact)?.type;
  const known = factDictionary.get(fact);
  const keeps = isAlike && known?.values === undefined && operator === comparison.operator;
  return { fact, operator, value: keeps ? comparison.value : blankValue(operator, known) };
}

/** Another operator: the value stays as far as the new one asks for the same, a list and its one value change into each other. */
export function withOperator({ fact, value }: Comparison, operator: Operator): Comparison {
  const blank = blankValue(operator, factDictionary.get(fact));
  if (Array.isArray(blank)) {
    const [from = '', to = ''] = [value].flat().map(String);
    const isRange = valueShapeOf(operator).endsWith('Range');
    if (typeof value === 'boolean') return { fact, operator, value: blank };
    return { fact, operator, value: isRange ? [from, to] : [value].flat().map(String) };
  }
  if (typeof blank === 'boolean') return { fact, operator, value: typeof value === 'boolean' ? value : blank };
  return { fact, operator, value: typeof value === 'boolean' ? blank : ([value].flat().map(String)[0] ?? blank) };
}

function blankValue(operator: Operator, fact: FactDefinition | undefined): ConditionValue {
  const shape = valueShapeOf(operator);
  const first = fact?.values?.[0] ?? '';
  if (shape === 'boolean' || (shape === 'ofFact' && fact?.type === 'boolean')) return true;
  if (shape === 'listOfFact') return first === '' ? [] : [first];
  return shape === 'decimalRange' || shape === 'dateRange' ? ['', ''] : first;
}

/** How the parts are joined becomes another way. `not` of several is not any of them. */
export function joinCommand(at: string, node: unknown, join: Join): Command {
  const parts = partsOf(node);
  const value = join !== 'not' ? { [join]: parts } : { not: parts.length === 1 ? parts[0] : { any: parts } };
  return { do: 'set', at, value };
}

/** A part comes to the others. */
export function addCommand(at: string, node: unknown, part: unknown): Command {
  const join = joinOf(node);
  if (join === 'not' || join === undefined) return { do: 'set', at, value: { all: [node, part] } };
  return { do: 'insert', at: below(at, join), index: partsOf(node).length, values: [part] };
}

/** A part goes; where it was the only one, what held it goes with it. */
export function removeCommand(root: string, at: string, holder: unknown): Command {
  const isOnly = partsOf(holder).length < 2;
  if (!isOnly) return { do: 'removeItems', at: parentOf(at), indexes: [Number(nameIn(at))] };
  const holderAt = joinOf(holder) === 'not' ? parentOf(at) : parentOf(parentOf(at));
  return { do: 'remove', at: holderAt === root ? root : holderAt };
}
