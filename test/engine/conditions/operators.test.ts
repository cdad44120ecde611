/** What does each operator say, at its edges and of an absent fact? */
import { describe, expect, it } from 'vitest';
import { compileCondition, type FactValue } from '#engine/conditions/evaluate.ts';
import { factDictionary } from '#engine/conditions/dictionary.ts';
import { operators } from '#engine/conditions/operators.ts';
import bundle from '#schemas/generated/bundle.json' with { type: 'json' };
import type { ConditionValue, Operator } from '#schemas/generated/types.ts';

// operator                    fact            value                         holds   because
const rows: readonly [Operator, FactValue, ConditionValue, boolean, string][] = [
  ['equal', 'new', 'new', true, 'it is the same'],
  ['equal', 'New', 'new', false, 'case counts'],
  ['equal', false, false, true, 'no is an answer too'],
  ['notEqual', 'planChange', 'new', true, 'it is another'],
  ['notEqual', null, 'new', false, 'nothing is known of an absent fact'],
  ['in', '2027-01-01', ['2026-12-31', '2027-01-01'], true, 'the day is listed'],
  ['in', 'mobile', ['mobile-basic'], false, 'a part of a name is not the name'],
  ['notIn', 'mobile', ['internet'], true, 'it is not listed'],
  ['notIn', null, ['internet'], false, 'nothing is known of an absent fact'],
  ['contains', ['internet', 'electricity'], 'internet', true, 'the household has it'],
  ['contains', ['internet'], 'inter', false, 'a part of a name is not the name'],
  ['contains', [], 'internet', false, 'an empty list holds nothing'],
  ['doesNotContain', [], 'internet', true, 'an empty list holds nothing'],
  ['doesNotContain', null, 'internet', false, 'an absent list is not an empty one'],
  ['startsWith', '0120123456', '0120', true, 'the number is free of charge'],
  ['startsWith', '0312345678', '0120', false, 'the number begins otherwise'],
  ['decimalEqual', '1.50', '1.5', true, 'trailing zeros say nothing'],
  ['decimalLessThan', '10', '10', false, 'the bound is excluded'],
  ['decimalLessThan', '9.999999999999', '10', true, 'twelve decimals are kept'],
  ['decimalLessThanInclusive', '10', '10.0', true, 'the bound is included'],
  ['decimalGreaterThan', '10', '9', true, 'numbers are not compared as text'],
  ['decimalGreaterThan', '100000000000000001', '100000000000000000', true, 'no digit is lost'],
  ['decimalGreaterThanInclusive', '-1', '0', false, 'below zero is below zero'],
  ['decimalBetween', '1', ['1', '24'], true, 'the start is included'],
  ['decimalBetween', '24', ['1', '24'], false, 'the end is excluded'],
  ['dateBefore', '2026-03-31', '2026-04-01', true, 'it is the day before'],
  ['dateOnOrBefore', '2026-04-01', '2026-04-01', true, 'the day is included'],
  ['dateAfter', '2026-04-01', '2026-04-01', false, 'the day is excluded'],
  ['dateOnOrAfter', '2026-04-01', '2026-04-01', true, 'the day is included'],
  ['dateBetween', '2026-12-01', ['2026-12-01', '2027-03-01'], true, 'the first day is included'],
  ['dateBetween', '2027-03-01', ['2026-12-01', '2027-03-01'], false, 'the end is the first day outside'],
  ['isPresent', '', true, true, 'an empty text is a value'],
  ['isPresent', null, true, false, 'nothing is known of an absent fact'],
  ['isPresent', null, false, true, 'its absence was asked for'],
];

describe('an operator', () => {
  it.each(rows)('%s of %j and %j is %s: %s', (operator, fact, value, holds) => {
    expect(compileCondition({ all: [{ fact: 'a.fact', operator, value }] })(() => fact)).toBe(holds);
    expect(operators[operator].impl(fact, value)).toBe(holds);
  });

  it('is in the table if and only if the schema has it', () => {
    expect(Object.keys(operators)).toEqual(bundle.$defs.Operator.enum);
  });

  it('has a row above', () => {
    expect(Object.keys(operators).filter((name) => !rows.some(([operator]) => operator === name))).toEqual([]);
  });
});

describe('the fact dictionary', () => {
  it('has facts that some operator takes, each with words in both languages', () => {
    for (const [id, fact] of factDictionary) {
      expect(
        Object.values(operators).some(({ factTypes }) => factTypes.includes(fact.type)),
        id,
      ).toBe(true);
      expect(
        [fact.label.ja, fact.label.en].every((text) => text.length > 0),
        id,
      ).toBe(true);
      expect(['usage', 'customer', 'account', 'group', 'product'], id).toContain(fact.source);
    }
  });
});
