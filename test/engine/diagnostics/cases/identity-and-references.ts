/** What is an author told of ids, dates, versions and names of other rulesets? */
import type { Charge, Ruleset } from '#schemas/generated/types.ts';
import { checkRulesets } from '#engine/rulesets/check.ts';
import { bent, soundSet, type SoundSet } from '../../rulesets/sound-set.ts';
import { joined, later, untyped, when, type Case } from './provoke.ts';

/** A second version of the billing cycle that closes otherwise. */
const closing = (otherwise: Partial<SoundSet['billingCycle']['body']>): Ruleset => {
  const { billingCycle } = soundSet();
  return later({ ...billingCycle, body: { ...billingCycle.body, ...otherwise } }, 2, '2026-12-01');
};
const closes31to20 = { before: '31', after: '20' };

export const identity: readonly Case[] = [
  joined('a version that is there already', 'duplicate-version', '/version', { version: '1' }, () => [
    soundSet().rounding,
  ]),
  when(
    'two charges of one name',
    'duplicate-id',
    '/body/charges/10/id',
    { id: 'base', first: '/body/charges/1/id' },
    ({ ratePlan }) => ratePlan.body.charges.push(ratePlan.body.charges[1] as Charge),
  ),
  when(
    'a bound named like a charge',
    'duplicate-id',
    '/body/bounds/0/id',
    { id: 'calls', first: '/body/charges/2/id' },
    ({ ratePlan }) => (untyped(ratePlan.body.bounds?.[0])['id'] = 'calls'),
  ),
  when(
    'an allowance named like a charge',
    'duplicate-id',
    '/body/allowances/0/id',
    { id: 'calls', first: '/body/charges/2/id' },
    ({ ratePlan }) => {
      untyped(ratePlan.body.allowances?.[0])['id'] = 'calls';
    },
  ),
  when(
    'two discounts of one name',
    'duplicate-id',
    '/body/discounts/1/id',
    { id: 'off', first: '/body/discounts/0/id' },
    ({ bundleDiscount: { body } }) => body.discounts.push(...body.discounts),
  ),
  when(
    'an order that names a kind twice',
    'duplicate-entry',
    '/body/discountOrder/2',
    { value: 'campaign' },
    ({ billingCycle }) => (billingCycle.body.discountOrder = ['tenureDiscount', 'campaign', 'campaign']),
  ),
  when(
    'a sign-up window that ends as it begins',
    'period-reversed',
    '/body/window',
    { from: '2026-12-01', to: '2026-12-01' },
    ({ campaign }) => (campaign.body.window.to = '2026-12-01'),
  ),
  joined(
    'a month between two versions',
    'version-gap',
    '/effective/from',
    { from: '2026-05-01', to: '2026-06-01' },
    () => [
      { ...later(soundSet().fileFormat, 1, '2026-04-01', '2026-05-01'), id: 'other' },
      { ...later(soundSet().fileFormat, 2, '2026-06-01'), id: 'other' },
    ],
  ),
  joined('a later version that closes on the 20th', 'closing-day-changed', '/body/closingDay', closes31to20, () => [
    closing({ closingDay: 20 }),
  ]),
  joined(
    'a later version under which each account closes by itself',
    'closing-changed',
    '/body/closing',
    { before: 'common', after: 'own' },
    () => [closing({ closing: 'own' })],
  ),
  joined(
    'a successor before the stated end',
    'version-cut-short',
    '/effective/to',
    { to: '2026-12-01', later: '2', from: '2026-06-01' },
    () => [
      { ...later(soundSet().fileFormat, 1, '2026-04-01', '2026-12-01'), id: 'other' },
      { ...later(soundSet().fileFormat, 2, '2026-06-01'), id: 'other' },
    ],
  ),
  joined('a change brought forward', 'version-never-in-force', '/effective', { version: '2', later: '3' }, () => [
    later(soundSet().fileFormat, 2, '2026-12-01'),
    later(soundSet().fileFormat, 3, '2026-10-01'),
  ]),
];

export const existingCustomers: readonly Case[] = [
  when(
    'a version for those whose term renews, where none does',
    'no-term-renews',
    '/existing/mode',
    { plan: 'voice' },
    ({ ratePlan, term }) => {
      ratePlan.existing = { mode: 'onRenewal' };
      term.body.renewal = 'none';
    },
  ),
  when(
    'a day for existing customers before the version begins',
    'existing-date-too-early',
    '/existing/date',
    { date: '2026-03-31', from: '2026-04-01' },
    ({ ratePlan }) => (ratePlan.existing = { mode: 'fromDate', date: '2026-03-31' }),
  ),
  when(
    'a rounding that customers should keep',
    'existing-without-effect',
    '/existing',
    { kind: 'rounding' },
    ({ rounding }) => (rounding.existing = { mode: 'nextCycle' }),
  ),
  when(
    'a cohort of those who have left for a reason',
    'fact-never-known',
    '/existing/cohort/all/0/not/fact',
    { fact: 'product.endReason' },
    ({ ratePlan }) => {
      const left = { fact: 'product.endReason', operator: 'isPresent', value: true } as const;
      ratePlan.existing = { mode: 'migrate', date: '2026-05-01', cohort: { all: [{ not: left }] } };
    },
  ),
  when(
    'a cohort that asks about use',
    'fact-out-of-place',
    '/existing/cohort/all/0/fact',
    { fact: 'usage.meter' },
    ({ ratePlan }) => {
      const used = { fact: 'usage.meter', operator: 'equal', value: 'voice.seconds' } as const;
      ratePlan.existing = { mode: 'migrate', date: '2026-05-01', cohort: { all: [used] } };
    },
  ),
];

export const references: readonly Case[] = [
  {
    ...{ code: 'bill-needs', when: 'an operator without a billing cycle', path: '' },
    values: {
      kind: 'billingCycle',
      file: 'billingCycle/month-end/v1.json',
      example: JSON.stringify({
        ...{ kind: 'billingCycle', id: 'month-end', name: { ja: '月末締め', en: 'Closing at month end' }, version: 1 },
        ...{ effective: { from: '2026-04-01', to: null }, reason: '…' },
        body: {
          currency: 'JPY',
          closingDay: 31,
          tax: 'consumption',
          rounding: 'down',
          due: { monthsAfter: 1, day: 27 },
        },
      }),
    },
    found: () =>
      checkRulesets(bent(() => undefined).filter(({ document }) => (document as Ruleset).kind !== 'billingCycle')),
  },
  {
    // Each of the two is told; here is one of them.
    ...{ when: 'two offerings that require each other', code: 'reference-cycle', path: '/body/requires/0' },
    values: { id: 'voice-basic', way: 'phone → voice-basic' },
    found: () =>
      checkRulesets(bent(({ phone }) => (phone.body.requires = ['voice-basic']))).filter(
        ({ ruleset }) => ruleset === 'offering/voice-basic@1',
      ),
  },
  when(
    'a plan that does not exist',
    'unknown-reference',
    '/body/ratePlan',
    { kind: 'ratePlan', id: 'voices' },
    ({ phone }) => (phone.body.ratePlan = 'voices'),
  ),
  when(
    'an offering that does not exist, as a target',
    'unknown-reference',
    '/body/target/offerings/0',
    { kind: 'offering', id: 'voice-gold' },
    ({ tenureDiscount }) => (tenureDiscount.body.target.offerings = ['voice-gold', 'phone']),
  ),
  when(
    'a tax that begins later than the cycle',
    'reference-not-in-force',
    '/body/tax',
    { kind: 'tax', id: 'consumption', from: '2026-04-01' },
    ({ tax }) => (tax.effective.from = '2026-05-01'),
  ),
  when(
    'a penalty that ends before the term',
    'reference-not-in-force',
    '/body/penalty',
    { kind: 'penalty', id: 'one-month', from: '2030-01-01' },
    ({ penalty }) => (penalty.effective.to = '2030-01-01'),
  ),
  when(
    'an offering that needs itself',
    'reference-to-itself',
    '/body/requires/0',
    { id: 'phone' },
    ({ phone }) => (phone.body.requires = ['phone']),
  ),
  when(
    'a charge that no plan has',
    'unknown-charge',
    '/body/target/charges/0',
    { charge: 'fee' },
    ({ tenureDiscount }) => (tenureDiscount.body.target.charges = ['fee']),
  ),
  when(
    'a bound on a charge of another plan',
    'unknown-charge',
    '/body/bounds/0/charges/0',
    { charge: 'fee' },
    ({ ratePlan }) => (untyped(ratePlan.body.bounds?.[0])['charges'] = ['fee']),
  ),
  when(
    'a penalty of a charge that no plan has',
    'unknown-charge',
    '/body/fee/charges/0',
    { charge: 'fee' },
    ({ penalty }) => (penalty.body.fee = { model: 'oneMonthsCharge', charges: ['fee'] }),
  ),
  when(
    'a bundle with a service that is not sold',
    'unknown-service',
    '/body/requires/services/0',
    { service: 'water' },
    ({ bundleDiscount }) => (bundleDiscount.body.requires = { services: ['water'] }),
  ),
  when(
    'a target of a service that is not sold',
    'unknown-service',
    '/body/target/services/1',
    { service: 'water' },
    ({ tenureDiscount }) => (tenureDiscount.body.target.services = ['mobile', 'water']),
  ),
  when(
    'a fee that does not exist',
    'unknown-reference',
    '/body/charges/8/fee',
    { kind: 'statutoryFee', id: 'relay' },
    ({ ratePlan }) => {
      untyped(ratePlan.body.charges[8])['fee'] = 'relay';
    },
  ),
  when(
    'a further term that does not exist',
    'unknown-reference',
    '/body/furtherTerms/1',
    { kind: 'term', id: 'three-years' },
    ({ offering }) => {
      offering.body.furtherTerms?.push('three-years');
    },
  ),
  when(
    'a price for a set of a charge that no plan has',
    'unknown-charge',
    '/body/allIn/charges/0',
    { charge: 'fee' },
    ({ bundleDiscount }) => {
      untyped(bundleDiscount.body.allIn)['charges'] = ['fee'];
    },
  ),
  when(
    'a price for a set beside a discount that does not exist',
    'unknown-discount',
    '/body/allIn/alsoApply/0',
    { discount: 'third' },
    ({ bundleDiscount }) => {
      untyped(bundleDiscount.body.allIn)['alsoApply'] = ['third'];
    },
  ),
  when(
    'a relief for a service that is not sold',
    'unknown-service',
    '/body/reliefs/0/services/0',
    { service: 'water' },
    ({ tax }) => {
      untyped(tax.body.reliefs?.[0])['services'] = ['water'];
    },
  ),
];
