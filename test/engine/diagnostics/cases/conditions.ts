/** What is an author told of a condition that cannot be answered as meant? */
import type { ConditionNode } from '#schemas/generated/types.ts';
import { nested, untyped, waive, when, type Case } from './provoke.ts';

export const conditions: readonly Case[] = [
  when(
    '33 levels',
    'condition-too-deep',
    '/body/waivedWhen',
    { limit: '32' },
    ({ penalty }) =>
      (penalty.body.waivedWhen = nested(32, { fact: 'product.endReason', operator: 'isPresent', value: true })),
  ),
  when(
    'twenty thousand comparisons and one',
    'condition-too-large',
    '/body/waivedWhen',
    { nodes: '20001', limit: '20000' },
    ({ penalty }) => {
      const nodes = Array.from({ length: 1000 }, (): ConditionNode => ({
        fact: 'product.endReason',
        operator: 'isPresent',
        value: true,
      }));
      const any = Array.from({ length: 20 }, (): ConditionNode => ({ any: nodes.slice(0, 998) }));
      penalty.body.waivedWhen = { any: [...any, ...nodes.slice(0, 20)] };
    },
  ),
  when('a fact that does not exist', 'unknown-fact', '/body/waivedWhen/all/0/fact', { fact: 'product.colour' }, (set) =>
    waive(set, { fact: 'product.colour', operator: 'equal', value: 'red' }),
  ),
  when(
    'usage asked of a penalty',
    'fact-out-of-place',
    '/body/waivedWhen/all/0/fact',
    { fact: 'usage.quantity' },
    (set) => waive(set, { fact: 'usage.quantity', operator: 'decimalEqual', value: '0' }),
  ),
  when(
    'a decimal compared as text',
    'operator-not-for-fact',
    '/body/waivedWhen/all/0/operator',
    {
      operator: 'equal',
      fact: 'product.quantity',
      type: 'decimal',
      allowed:
        'decimalEqual, decimalLessThan, decimalLessThanInclusive, decimalGreaterThan, decimalGreaterThanInclusive, decimalBetween, isPresent',
    },
    (set) => waive(set, { fact: 'product.quantity', operator: 'equal', value: '1' }),
  ),
  when(
    'one value where a list is asked for',
    'value-not-for-operator',
    '/body/waivedWhen/all/0/value',
    { operator: 'in', expected: 'list' },
    (set) => waive(set, { fact: 'product.event', operator: 'in', value: 'new' }),
  ),
  when(
    'three ends of a range',
    'value-not-for-operator',
    '/body/waivedWhen/all/0/value',
    { operator: 'decimalBetween', expected: 'decimalRange' },
    (set) => waive(set, { fact: 'product.quantity', operator: 'decimalBetween', value: ['1', '2', '3'] }),
  ),
  when(
    'text where yes or no is asked for',
    'value-not-for-operator',
    '/body/waivedWhen/all/0/value',
    { operator: 'isPresent', expected: 'boolean' },
    (set) => waive(set, { fact: 'product.endReason', operator: 'isPresent', value: 'true' }),
  ),
  when('a decimal that is none', 'not-a-decimal', '/body/waivedWhen/all/0/value/1', { value: 'ten' }, (set) =>
    waive(set, { fact: 'product.quantity', operator: 'decimalBetween', value: ['1', 'ten'] }),
  ),
  when(
    'a day that does not exist, compared',
    'not-a-date',
    '/body/waivedWhen/all/0/value',
    { value: '2026-02-29' },
    (set) => waive(set, { fact: 'product.endsOn', operator: 'dateBefore', value: '2026-02-29' }),
  ),
  when(
    'a value that the fact never has',
    'value-not-allowed',
    '/body/waivedWhen/all/0/value/1',
    { value: 'renewal', allowed: 'new, serviceChange, planChange, simultaneous' },
    (set) => waive(set, { fact: 'product.event', operator: 'in', value: ['new', 'renewal'] }),
  ),
  when(
    'a service that is not sold, compared',
    'unknown-service',
    '/body/waivedWhen/all/0/value',
    { service: 'water' },
    (set) => waive(set, { fact: 'group.services', operator: 'contains', value: 'water' }),
  ),
  when(
    'a cycle that does not exist, compared',
    'unknown-reference',
    '/body/waivedWhen/all/0/value/0',
    { kind: 'billingCycle', id: 'mid-month' },
    (set) => waive(set, { fact: 'account.billingCycle', operator: 'in', value: ['mid-month'] }),
  ),
  when('a range turned round', 'range-reversed', '/body/waivedWhen/all/0/value', { from: '10', to: '9' }, (set) =>
    waive(set, { fact: 'product.quantity', operator: 'decimalBetween', value: ['10', '9'] }),
  ),
  when(
    '`not` around a fact that may be absent',
    'absent-fact-negated',
    '/body/waivedWhen/all/0/not',
    { fact: 'customer.segment' },
    (set) => waive(set, { not: { fact: 'customer.segment', operator: 'equal', value: 'vip' } }),
  ),
  when(
    'an allowance drawn under a fact that does not exist',
    'unknown-fact',
    '/body/allowances/0/where/all/0/fact',
    { fact: 'usage.colour' },
    ({ ratePlan }) => {
      untyped(ratePlan.body.allowances?.[0])['where'] = {
        all: [{ fact: 'usage.colour', operator: 'equal', value: 'red' }],
      };
    },
  ),
  when(
    'a charge passed through under a fact that does not exist',
    'unknown-fact',
    '/body/charges/9/where/all/0/fact',
    { fact: 'usage.colour' },
    ({ ratePlan, fileFormat }) => {
      untyped(ratePlan.body.charges[9])['where'] = { all: [{ fact: 'usage.colour', operator: 'equal', value: 'red' }] };
      delete fileFormat.body.records[0]!.attributes;
    },
  ),
  when('an age below twenty and above sixty', 'condition-never-holds', '/body/waivedWhen', {}, ({ penalty }) => {
    penalty.body.waivedWhen = {
      all: [
        { fact: 'customer.age', operator: 'decimalLessThan', value: '20' },
        { fact: 'customer.age', operator: 'decimalGreaterThan', value: '60' },
      ],
    };
  }),
  when('an individual or a firm', 'condition-always-holds', '/body/waivedWhen', {}, (set) =>
    waive(set, { fact: 'customer.type', operator: 'in', value: ['individual', 'corporate'] }),
  ),
  when(
    'a currency that nobody is billed in',
    'currency-not-billed',
    '/body/waivedWhen/all/0/value/1',
    { currency: 'USD', billed: 'JPY' },
    (set) => waive(set, { fact: 'account.currency', operator: 'in', value: ['JPY', 'USD'] }),
  ),
  when('a branch of an `any` that nobody can meet', 'condition-never-holds', '/body/waivedWhen/any/1', {}, (set) => {
    set.penalty.body.waivedWhen = {
      any: [
        { fact: 'product.endReason', operator: 'equal', value: 'death' },
        {
          all: [
            { fact: 'customer.age', operator: 'decimalLessThan', value: '20' },
            { fact: 'customer.age', operator: 'decimalGreaterThanInclusive', value: '20' },
          ],
        },
      ],
    };
  }),
  when('a part of an `all` that everybody meets', 'condition-always-holds', '/body/waivedWhen/all/1', {}, (set) => {
    set.penalty.body.waivedWhen = {
      all: [
        { fact: 'product.endReason', operator: 'equal', value: 'death' },
        { fact: 'product.quantity', operator: 'decimalGreaterThanInclusive', value: '0' },
      ],
    };
  }),
  ...(
    [
      ['an hour after the last of the day', { fact: 'usage.hour', operator: 'decimalGreaterThan', value: '23' }],
      ['half an hour of the clock', { fact: 'usage.hour', operator: 'decimalEqual', value: '8.5' }],
      ['calls asked for the meter of another', { fact: 'usage.meter', operator: 'equal', value: 'message.count' }],
    ] as const
  ).map(([what, comparison]) =>
    when(what, 'condition-never-holds', '/body/allowances/0/where', {}, ({ ratePlan }) => {
      untyped(ratePlan.body.allowances?.[0])['where'] = { all: [comparison] };
    }),
  ),
];
