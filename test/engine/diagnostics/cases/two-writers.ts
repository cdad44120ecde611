/** What is an author told where two rules write the same thing? */
import type { CampaignRuleset, Charge, Ruleset } from '#schemas/generated/types.ts';
import { checkRulesets } from '#engine/rulesets/check.ts';
import type { DiagnosticCode } from '#engine/diagnostics/catalogue.ts';
import { bent, soundSet, type SoundSet } from '../../rulesets/sound-set.ts';
import { usage, when, type Case } from './provoke.ts';

/** Both something done to the set, and rulesets beside it. */
const both = (
  [what, code, path, values]: readonly [string, DiagnosticCode, string, Record<string, string>],
  bend: (set: SoundSet) => void,
  ...more: readonly Ruleset[]
): Case => ({ code, when: what, path, values, found: () => checkRulesets(bent(bend, ...more)) });

const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const coupon = { use: 'shared', code: 'SPRING' } as const;
const byCode = (campaign: CampaignRuleset): CampaignRuleset =>
  Object.assign(campaign, {
    body: { ...campaign.body, grant: 'required', limits: { inAll: 10 }, coupon, priority: campaign.id.length },
  });

export const twoWriters: readonly Case[] = [
  when(
    'a call to a domestic number that two charges price',
    'use-charged-twice',
    '/body/charges/6',
    { other: 'calls', use: 'usage.destination = domestic' },
    (set) => delete usage(set, 6).where,
  ),
  when(
    'messages that one charge leaves out and no other takes',
    'use-never-charged',
    '/body/charges/3/where',
    { meter: 'message.count', use: 'usage.destination = abroad' },
    (set) => (usage(set, 3).where = { all: [{ fact: 'usage.destination', operator: 'notEqual', value: 'abroad' }] }),
  ),
  when(
    'a fee that two charges collect',
    'fee-charged-twice',
    '/body/charges/10/fee',
    { fee: 'universal', other: 'universal' },
    ({ ratePlan: { body } }) => body.charges.push({ ...body.charges[8]!, id: 'again' } as Charge),
  ),
  when(
    'a least amount above the most of its product',
    'minimum-above-wider-cap',
    '/body/charges/2/bounds/minimum',
    { minimum: '9001', other: 'all', cap: '9000' },
    (set) => (usage(set, 2).bounds = { minimum: '9001' }),
  ),
  when(
    'a charge that two caps cut, with another each',
    'bounds-share-charge',
    '/body/bounds/1',
    { charge: 'calls', other: 'all' },
    ({ ratePlan: { body } }) => {
      const [first] = body.bounds!;
      first!.charges = ['calls', 'messages'];
      body.bounds!.push({ ...first!, id: 'second', charges: ['calls', 'packets'] });
    },
  ),
  when('a term that is named twice', 'duplicate-entry', '/body/furtherTerms/1', { value: 'two-years' }, (set) => {
    set.offering.body.furtherTerms!.push('two-years');
  }),
  when(
    'two terms with one penalty',
    'penalty-owed-twice',
    '/body/furtherTerms/0',
    { penalty: 'one-month', term: 'one-year', other: 'two-years' },
    ({ oneYear }) => (oneYear.body.penalty = 'one-month'),
  ),
  when(
    'instalments whose rest falls due, and a penalty over it',
    'balance-owed-twice',
    '/body/ratePlan',
    { charge: 'work', penalty: 'one-month' },
    ({ ratePlan, penalty }) => {
      penalty.body.fee = { model: 'remainder', total: '22000', parts: 24 };
      ratePlan.body.charges.push({
        ...{ type: 'instalment', id: 'work', name: { ja: '工事費', en: 'Work' }, total: '22000', parts: 24 },
        ...{ residue: 'first', onEnd: 'balance', taxCategory: 'standard' },
      });
    },
  ),
  when(
    'an offering that must be held and must not',
    'required-and-excluded',
    '/body/excludes/0',
    { offering: 'phone' },
    ({ offering }) => (offering.body.excludes = ['phone']),
  ),
  when(
    'an offering that asks for one which excludes it',
    'required-and-excluded',
    '/body/requires/0',
    { offering: 'phone' },
    ({ offering, phone }) => {
      phone.body.excludes = [offering.id];
      return offering;
    },
  ),
  both(
    ['one code of two campaigns', 'coupon-code-shared', '/body/coupon/code', { code: 'SPRING', other: 'half-price' }],
    ({ campaign }) => void byCode(campaign),
    byCode({ ...soundSet().campaign, id: 'welcome' }),
  ),
  both(
    [
      'a group that cannot agree',
      'stacking-policies-differ',
      '/body/stacking/policy',
      { group: 'one', other: 'bundleDiscount/set' },
    ],
    ({ campaign, bundleDiscount }) => {
      campaign.body.stacking = { group: 'one', policy: 'exclusive' };
      bundleDiscount.body.stacking = { group: 'one', policy: 'bestForCustomer' };
    },
  ),
  both(
    [
      'two prices for all of the same charge',
      'all-in-price-twice',
      '/body/allIn/charges',
      { charge: 'base', other: 'set' },
    ],
    () => undefined,
    ((second) => ({ ...second, id: 'set-two', body: { ...second.body, priority: 1 } }))(soundSet().bundleDiscount),
  ),
  when(
    'two reliefs on the same days, at other rates',
    'tax-reliefs-meet',
    '/body/reliefs/1',
    { first: '1', category: 'standard' },
    ({ tax: { body } }) => body.reliefs!.push({ ...body.reliefs![0]!, rate: '0.05', fixedFrom: '2019-10-31' }),
  ),
  when(
    'a line of a file that is read twice',
    'record-read-twice',
    '/body/records/5',
    { meter: 'voice.seconds', first: '1' },
    ({ fileFormat: { body } }) => {
      const { when: _when, ...always } = copied(body.records[0]!);
      body.records.push(always);
    },
  ),
];

export const inversions: readonly Case[] = [
  when(
    'a flat step that costs less for more',
    'price-inversion',
    '/body/charges/7/price/steps/1',
    { counted: 'exact', quantity: '10', amount: '1000', more: '10', moreAmount: '999' },
    (set) =>
      Object.assign(set.ratePlan.body.charges[7]!, {
        price: {
          model: 'steppedFlat',
          steps: [
            { upTo: '10', price: '1000' },
            { upTo: null, price: '999' },
          ],
        },
      }),
  ),
  when(
    'a penalty that rises with the months',
    'penalty-rises',
    '/body/fee/rows/1/amount',
    { month: '12', amount: '9500', previous: '5000' },
    ({ penalty }) => {
      penalty.body.fee = {
        model: 'table',
        rows: [
          { beforeMonth: 12, amount: '5000' },
          { beforeMonth: null, amount: '9500' },
        ],
      };
    },
  ),
  when(
    'a fixed price that rises with the years',
    'fixed-price-rises',
    '/body/steps/1/effect',
    { fromYear: '4', price: '2500', previous: '2000' },
    ({ tenureDiscount: { body } }) => {
      body.steps[0]!.effect = { op: 'fixedPrice', price: '2000' };
      body.steps[1]!.effect = { op: 'fixedPrice', price: '2500' };
    },
  ),
  when(
    'a fifth off for those who had all of it',
    'discount-falls',
    '/body/steps/1/effect',
    { fromYear: '4', discount: '20', previous: '100' },
    ({ tenureDiscount: { body } }) => {
      body.steps[0]!.effect = { op: 'free' };
      body.steps[1]!.effect = { op: 'percentOff', percent: '20' };
    },
  ),
  when(
    'a most that no use comes to',
    'setting-without-effect',
    '/body/charges/4/price/ceiling',
    { setting: 'ceiling', needs: 'unitPrice > 0' },
    (set) => Object.assign(usage(set, 4).price, { unitPrice: '0' }),
  ),
];

export const takenOff: readonly Case[] = [
  // 3,000 less 10 % is 2,700; 2,800 more comes to 3,100.
  when(
    'an amount beyond what a percentage leaves',
    'discount-above-price',
    '/body/discounts/0/effect',
    { offering: 'voice-basic', price: '3000', off: '3100', others: 'tenureDiscount/loyalty' },
    ({ bundleDiscount: { body } }) => {
      body.discounts[0]!.effect = { op: 'amountOff', amount: '2800' };
      body.discounts[0]!.target = { charges: ['base'], offerings: ['voice-basic'] };
    },
  ),
  when(
    'a share of the list price beyond what an amount leaves',
    'discount-above-price',
    '/body/discounts/0/effect',
    { offering: 'voice-basic', price: '3000', off: '3300', others: 'tenureDiscount/loyalty, bundleDiscount/set' },
    (set) => {
      // 10 % are 300, the set takes 1,500, and half of the list price is 1,500 more.
      set.bundleDiscount.body.discounts[0]!.effect = { op: 'amountOff', amount: '1500' };
      set.campaign.body.discounts[0]!.base = 'list';
      set.campaign.body.discounts[0]!.target = { charges: ['base'], offerings: ['voice-basic'] };
    },
  ),
  when('a campaign that never ends', 'campaign-open-ended', '/body/window/to', {}, ({ campaign }) => {
    campaign.body.window.to = null;
  }),
];
