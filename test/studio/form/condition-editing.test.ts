/** Does a condition stay one that the engine understands, whatever part of it somebody changes? */
import { describe, expect, it } from 'vitest';
import type { Comparison, Operator } from '#schemas/generated/types.ts';
import { stepsOf, type Command } from '#lib/document/commands.ts';
import { applied } from '#lib/document/text-edits.ts';
import { valueAt } from '#lib/document/pointer.ts';
import {
  addCommand,
  joinCommand,
  newComparison,
  operatorsFor,
  removeCommand,
  withFact,
  withOperator,
} from '#lib/form/condition-editing.ts';

const service: Comparison = { fact: 'product.service', operator: 'equal', value: 'mobile' };
const tenure: Comparison = { fact: 'product.tenureMonths', operator: 'decimalGreaterThan', value: '12' };

/** The condition at '/c' after the command. */
function after(condition: unknown, command: Command): unknown {
  const text = JSON.stringify({ c: condition }, null, 2);
  return valueAt(JSON.parse(stepsOf(text, [command]).reduce(applied, text)), '/c');
}

describe('another fact', () => {
  it('keeps operator and value where they mean the same', () => {
    expect(withFact(service, 'product.ratePlan')).toEqual({ ...service, fact: 'product.ratePlan' });
  });

  it('brings an operator that it can be asked with, and the first of its few values', () => {
    expect(withFact(service, 'customer.type')).toEqual({
      fact: 'customer.type',
      operator: 'equal',
      value: 'individual',
    });
    expect(withFact(service, 'product.tenureMonths')).toEqual({
      fact: 'product.tenureMonths',
      operator: 'decimalEqual',
      value: '',
    });
  });
});

describe('another operator', () => {
  it.each<[Comparison, Operator, Comparison['value'], string]>([
    [service, 'in', ['mobile'], 'one value becomes a list of it'],
    [{ ...service, operator: 'in', value: ['mobile', 'internet'] }, 'equal', 'mobile', 'a list becomes its first'],
    [tenure, 'decimalBetween', ['12', ''], 'a bound becomes the beginning of a range'],
    [
      { ...tenure, operator: 'decimalBetween', value: ['12', '24'] },
      'decimalLessThan',
      '12',
      'a range becomes its beginning',
    ],
    [service, 'isPresent', true, 'whether it is there is yes or no'],
    [{ ...service, operator: 'isPresent', value: true }, 'equal', '', 'and yes is no value of the fact'],
  ])('%o %s', (before, operator, value, _because) => {
    expect(withOperator(before, operator)).toEqual({ fact: before.fact, operator, value });
  });

  it('is offered only where the fact can be asked so', () => {
    expect(operatorsFor('product.startsOn')).toEqual([
      ...['equal', 'notEqual', 'in', 'notIn', 'dateBefore', 'dateOnOrBefore', 'dateAfter', 'dateOnOrAfter'],
      ...['dateBetween', 'isPresent'],
    ]);
    expect(operatorsFor('group.services')).toEqual(['contains', 'doesNotContain', 'isPresent']);
  });
});

describe('the parts of a condition', () => {
  it('are joined another way as they are', () => {
    expect(after({ all: [service, tenure] }, joinCommand('/c', { all: [service, tenure] }, 'any'))).toEqual({
      any: [service, tenure],
    });
    expect(after({ all: [service, tenure] }, joinCommand('/c', { all: [service, tenure] }, 'not'))).toEqual({
      not: { any: [service, tenure] },
    });
    expect(after({ all: [service] }, joinCommand('/c', { all: [service] }, 'not'))).toEqual({ not: service });
  });

  it('come and go', () => {
    const one = { all: [service] };
    expect(after(one, addCommand('/c', one, newComparison))).toEqual({ all: [service, newComparison] });
    const not = { not: service };
    expect(after(not, addCommand('/c', not, tenure))).toEqual({ all: [not, tenure] });
    const two = { all: [service, tenure] };
    expect(after(two, removeCommand('/c', '/c/all/0', two))).toEqual({ all: [tenure] });
  });

  it('take what held them along when the last one goes', () => {
    const nested = { all: [service, { any: [tenure] }] };
    expect(after(nested, removeCommand('/c', '/c/all/1/any/0', { any: [tenure] }))).toEqual({ all: [service] });
    expect(after({ all: [service] }, removeCommand('/c', '/c/all/0', { all: [service] }))).toBeUndefined();
  });
});
