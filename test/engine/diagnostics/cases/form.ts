/** What is an author told of a document that does not have the form of its schema? */
import { formErrors } from '#engine/rulesets/check.ts';
import { document, recurring, tiersOf, untyped, usage, when, type Case } from './provoke.ts';

/** The schema has a label for the field, and says no more. */
const withoutHelp = { helpJa: 'none', helpEn: 'none' };

export const form: readonly Case[] = [
  when(
    'no reason',
    'required-field-missing',
    '',
    {
      field: 'reason',
      example: '"reason": "…"',
      helpJa: '承認者と監査人が読みます。',
      helpEn: 'Read by the approver and the auditor.',
    },
    ({ term }) => {
      delete untyped(term)['reason'];
    },
  ),
  when(
    'no period end',
    'required-field-missing',
    '/effective',
    { field: 'to', example: '"to": null', ...withoutHelp },
    ({ rounding }) => {
      delete untyped(untyped(rounding)['effective'])['to'];
    },
  ),
  when(
    'a field that does not exist',
    'unknown-field',
    '/body/month',
    { field: 'month', allowed: 'months, renewal, graceMonths, penalty, counted' },
    ({ term }) => (untyped(term.body)['month'] = 24),
  ),
  when(
    'text for a whole number',
    'wrong-type',
    '/body/months',
    { expected: 'integer', found: 'string', example: '1', ...withoutHelp },
    ({ term }) => (untyped(term.body)['months'] = '24'),
  ),
  when(
    'a kind that does not exist',
    'value-not-allowed',
    '/kind',
    {
      value: 'discount',
      allowed:
        'offering, ratePlan, campaign, tenureDiscount, bundleDiscount, term, penalty, statutoryFee, tax, rounding, billingCycle, fileFormat, invoiceTemplate, complianceProfile',
    },
    ({ rounding }) => (untyped(rounding)['kind'] = 'discount'),
  ),
  when(
    'a comparison without all, any or not around it',
    'choice-missing',
    '/body/waivedWhen',
    { choices: 'all, any, not' },
    ({ penalty }) =>
      (untyped(penalty.body)['waivedWhen'] = { fact: 'product.endReason', operator: 'equal', value: 'death' }),
  ),
  when(
    'all and any side by side',
    'choice-ambiguous',
    '/body/waivedWhen',
    { choices: 'all, any, not', found: 'all, any' },
    ({ penalty }) => (untyped(penalty.body.waivedWhen)['all'] = []),
  ),
  when(
    'bounds with nothing in them',
    'nothing-set',
    '/body/charges/1/bounds',
    { allowed: 'minimum, cap, judgedOn, prorated' },
    (set) => (recurring(set).bounds = {}),
  ),
  when(
    'a price as a number',
    'decimal-as-number',
    '/body/charges/1/price',
    { value: '3000.5' },
    (set) => (untyped(recurring(set))['price'] = 3000.5),
  ),
  when(
    'the end of a tier as a number',
    'decimal-as-number',
    '/body/charges/5/price/tiers/0/upTo',
    { value: '100' },
    (set) => (untyped(tiersOf(set)[0])['upTo'] = 100),
  ),
  when(
    'a thousands separator',
    'not-a-decimal',
    '/body/charges/1/price',
    { value: '3,000' },
    (set) => (recurring(set).price = '3,000'),
  ),
  when(
    'a price below zero',
    'below-zero',
    '/body/charges/1/price',
    { value: '-1' },
    (set) => (recurring(set).price = '-1'),
  ),
  when(
    'a unit of nothing',
    'not-above-zero',
    '/body/charges/2/unit/size',
    { value: '0' },
    (set) => (usage(set, 2).unit.size = '0'),
  ),
  when(
    'more than the whole off',
    'not-a-percentage',
    '/body/steps/0/effect/percent',
    { value: '105' },
    ({ tenureDiscount }) =>
      (tenureDiscount.body.steps = [{ fromYear: 2, effect: { op: 'percentOff', percent: '105' } }]),
  ),
  when(
    'a day that does not exist',
    'not-a-date',
    '/effective/from',
    { value: '2026-02-29' },
    ({ term }) => (term.effective.from = '2026-02-29'),
  ),
  when(
    'a day in another order',
    'not-a-date',
    '/effective/to',
    { value: '31/12/2026' },
    ({ term }) => (term.effective.to = '31/12/2026'),
  ),
  document('the time left out', 'not-a-date-time', '/startedAt', { value: '2026-11-03' }, { startedAt: '2026-11-03' }),
  {
    code: 'not-a-month',
    when: 'a day for a month',
    path: '/periods/first',
    values: { value: '2026-11-01' },
    found: () =>
      formErrors('AccountDocument', {
        customer: { id: 'c', type: 'individual' },
        accounts: [{ id: 'a', billingCycle: 'm' }],
        products: [],
        periods: { first: '2026-11-01', last: '2026-11' },
      }),
  },
  when(
    'a currency in small letters',
    'not-a-currency',
    '/body/currency',
    { value: 'yen' },
    ({ billingCycle }) => (billingCycle.body.currency = 'yen'),
  ),
  when(
    'an identifier with a capital',
    'not-an-identifier',
    '/id',
    { value: 'Down' },
    ({ invoiceTemplate }) => (untyped(invoiceTemplate)['id'] = 'Down'),
  ),
  document('a space in a meter', 'malformed-name', '/meter', { value: 'voice seconds' }, { meter: 'voice seconds' }),
  when(
    'a closing day that no month has',
    'out-of-range',
    '/body/closingDay',
    { value: '32', minimum: '1', maximum: '31' },
    ({ billingCycle }) => (billingCycle.body.closingDay = 32),
  ),
  when('an empty reason', 'text-empty', '/reason', {}, ({ term }) => (term.reason = '')),
  when(
    'a name of a thousand letters',
    'text-too-long',
    '/name/en',
    { length: '1000', limit: '500' },
    ({ term }) => (term.name.en = 'a'.repeat(1000)),
  ),
  when(
    'a condition of nothing',
    'too-few-entries',
    '/body/waivedWhen/any',
    { count: '0', minimum: '1' },
    ({ penalty }) => (penalty.body.waivedWhen = { any: [] }),
  ),
  when(
    'five triggers',
    'too-many-entries',
    '/body/triggers',
    { count: '5', limit: '4' },
    ({ campaign }) => (campaign.body.triggers = Array.from({ length: 5 }, () => 'new' as const)),
  ),
];
