/**
 * Does the value of a comparison suit its operator and its fact?
 * Also called: literal type check, 値の検査.
 */
import { isCivilDate } from '#engine/calendar/civil-date.ts';
import type { FactDefinition } from '#engine/conditions/dictionary.ts';
import { operators, type FactType } from '#engine/conditions/operators.ts';
import type { Report } from '#engine/diagnostics/catalogue.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import { compare, exact } from '#engine/money/exact.ts';
import type { Comparison } from '#schemas/generated/types.ts';
import { hasForm } from '../form.ts';

type Element = Exclude<FactType, 'list'>;

export function checkValue({ operator, value }: Comparison, fact: FactDefinition, path: string, report: Report): void {
  const ofFact: Element = fact.type === 'list' ? 'text' : fact.type;
  const wrong = (expected: string): void => report('value-not-for-operator', path, { operator, expected });
  switch (operators[operator].valueShape) {
    case 'ofFact':
      return checkOne(ofFact, value, fact, path, report, wrong);
    case 'listOfFact':
      if (!Array.isArray(value)) return wrong('list');
      return value.forEach((one, index) => checkOne(ofFact, one, fact, below(path, index), report, wrong));
    case 'text':
      return checkOne('text', value, fact, path, report, wrong);
    case 'boolean':
      return checkOne('boolean', value, fact, path, report, wrong);
    case 'decimal':
      return checkOne('decimal', value, fact, path, report, wrong);
    case 'date':
      return checkOne('date', value, fact, path, report, wrong);
    case 'decimalRange':
      return checkRange('decimal', value, path, report, wrong);
    case 'dateRange':
      return checkRange('date', value, path, report, wrong);
  }
}

function checkOne(
  type: Element,
  value: unknown,
  fact: FactDefinition,
  path: string,
  report: Report,
  wrong: (expected: string) => void,
): void {
  if (typeof value !== (type === 'boolean' ? 'boolean' : 'string')) return wrong(type);
  if (typeof value !== 'string') return;
  if (!isWellFormed(type, value)) return report(type === 'date' ? 'not-a-date' : 'not-a-decimal', path, { value });
  if (fact.values !== undefined && type === 'text' && !fact.values.includes(value)) {
    report('value-not-allowed', path, { value, allowed: fact.values.join(', ') });
  }
}

function checkRange(
  type: 'decimal' | 'date',
  value: unknown,
  path: string,
  report: Report,
  wrong: (expected: string) => void,
): void {
  if (!Array.isArray(value) || value.length !== 2) return wrong(`${type}Range`);
  const [from, to] = value as [string, string];
  checkBetween(type, { 0: from, 1: to }, path, report);
}

/** A range includes its start and excludes its end, so the end lies above. Null is an end that is open. */
export function checkBetween(
  type: 'decimal' | 'date',
  ends: Readonly<Record<string, string | null>>,
  path: string,
  report: Report,
): void {
  const malformed = Object.entries(ends).filter(([, end]) => end !== null && !isWellFormed(type, end));
  for (const [key, end] of malformed) {
    report(type === 'date' ? 'not-a-date' : 'not-a-decimal', below(path, key), { value: String(end) });
  }
  const [from, to] = Object.values(ends);
  if (malformed.length > 0 || typeof from !== 'string' || typeof to !== 'string') return;
  const rises = type === 'date' ? from < to : compare(exact(from), exact(to)) < 0;
  if (!rises) report('range-reversed', path, { from, to });
}

export function isWellFormed(type: Element, value: string): boolean {
  if (type === 'date') return isCivilDate(value);
  return type !== 'decimal' || hasForm('Decimal', value);
}
