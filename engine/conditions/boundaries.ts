/**
 * Which values of a fact can make a difference to these conditions? The values that they name, and the ones just beside.
 * Also called: boundary values, elementary intervals, 境界値. 'At least 50' is settled by 49, 50 and 51.
 */
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import { compare, exact, fromInteger, minus, ONE, plus, times, toText, type Exact } from '#engine/money/exact.ts';
import { roundToInteger } from '#engine/money/rounding.ts';
import type { Comparison, Condition, ConditionNode } from '#schemas/generated/types.ts';
import { factDictionary, type FactDefinition } from './dictionary.ts';
import { operators, type FactValue } from './operators.ts';

/** A text that no rule names: it stands for every other value there is. */
export const SOMETHING_ELSE = 'something-else';

/**
 * The values worth trying, none of them twice; of a list the names that may be in it or not, each by itself: all choices of them
 * are too many to write down.
 */
export type Boundaries =
  | { readonly values: readonly FactValue[] }
  /** `mayBeAbsent` where there may be no list at all. */
  | { readonly names: readonly string[]; readonly mayBeAbsent: boolean };

/** By fact. Facts in the order in which the conditions ask for them. */
export function boundariesOf(conditions: readonly Condition[]): ReadonlyMap<string, Boundaries> {
  const asked = Map.groupBy(conditions.flatMap(comparisonsIn), ({ fact }) => fact);
  return new Map([...asked].map(([fact, comparisons]) => [fact, valuesOf(fact, comparisons)]));
}

function comparisonsIn(node: ConditionNode): Comparison[] {
  if ('all' in node) return node.all.flatMap(comparisonsIn);
  if ('any' in node) return node.any.flatMap(comparisonsIn);
  return 'not' in node ? comparisonsIn(node.not) : [node];
}

function valuesOf(fact: string, comparisons: readonly Comparison[]): Boundaries {
  const known = factDictionary.get(fact);
  const texts = (operator?: Comparison['operator']): readonly string[] =>
    comparisons
      .filter((each) => operator === undefined || each.operator === operator)
      .flatMap(({ value }) => [value].flat().filter((each) => typeof each === 'string'));
  const named = [...new Set(texts())];
  const isAsked = comparisons.some(({ operator }) => operator === 'isPresent');
  const mayBeAbsent = (known?.nullable ?? true) || isAsked;
  const type = known?.type ?? operators[comparisons[0]!.operator].factTypes[0] ?? 'text';
  if (type === 'list') return { names: named, mayBeAbsent };
  const values: FactValue[] = (() => {
    switch (type) {
      case 'boolean':
        return [true, false];
      case 'decimal':
        return decimalsBeside(named, known);
      case 'date':
        return daysBeside(named);
      case 'text':
        return known?.values ? [...known.values] : textsBeside(named, texts('startsWith'));
    }
  })();
  return { values: mayBeAbsent ? [...values, null] : values };
}

/** What is named, of what only begins so one that is not named itself, and one that is nothing like any of them. */
function textsBeside(named: readonly string[], starts: readonly string[]): string[] {
  const isOther = named.every((each) => each === '' || !SOMETHING_ELSE.startsWith(each));
  const other = isOther ? SOMETHING_ELSE : unnamedUnder('', named);
  return [
    ...new Set([
      ...named.flatMap((each) => [each, ...(starts.includes(each) ? [unnamedUnder(each, named)] : [])]),
      other,
    ]),
  ];
}

/** A text that begins so, and with no longer text that is named. */
function unnamedUnder(start: string, named: readonly string[]): string {
  const next = new Set(named.filter((each) => each.startsWith(start)).map((each) => each.charAt(start.length)));
  let code = '0'.charCodeAt(0);
  while (next.has(String.fromCharCode(code))) code += 1;
  return start + String.fromCharCode(code);
}

/** Facts are never below zero, nor outside what the dictionary says of them; between two whole numbers there is nothing. */
function decimalsBeside(named: readonly string[], known: FactDefinition | undefined): string[] {
  const isWhole = known?.whole === true;
  const [from, end] = [exact(known?.from ?? '0'), known?.below === undefined ? undefined : exact(known.below)];
  const isWithin = (value: Exact): boolean =>
    compare(value, from) >= 0 && (end === undefined || compare(value, end) < 0);
  const bounds = named.map((each) => (isWhole ? fromInteger(roundToInteger(exact(each), 'floor')) : exact(each)));
  bounds.sort(compare);
  const beside = bounds.flatMap((bound) => [bound, minus(bound, ONE), plus(bound, ONE)]);
  const between = isWhole ? [] : bounds.slice(1).map((bound, index) => middle(bounds[index]!, bound));
  const ends = end === undefined ? [] : [minus(end, ONE), from];
  const values = [...beside, ...between, ...ends].filter((value) => isWithin(value)).map(toText);
  return values.length === 0 ? ['1'] : [...new Set(values)];
}

const middle = (a: Exact, b: Exact): Exact => times(plus(a, b), { n: 1n, d: 2n });

function daysBeside(named: readonly string[]): CivilDate[] {
  const days = named.flatMap((day) => [day, addDays(day, -1), addDays(day, 1)]);
  return days.length === 0 ? ['2026-01-01'] : [...new Set(days)];
}
