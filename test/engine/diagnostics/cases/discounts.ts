/** What is an author told of discounts and of what may be granted? */
import { soundSet, type SoundSet } from '../../rulesets/sound-set.ts';
import { joined, untyped, when, type Case } from './provoke.ts';

/** The price of the set leaves its charges open to that discount only. */
const alsoApply =
  (id: string) =>
  ({ bundleDiscount }: SoundSet): void => {
    bundleDiscount.body.allIn!.alsoApply = [id];
  };

export const discounts: readonly Case[] = [
  when(
    'shares of the list price that come to more than all of it',
    'discounts-above-whole',
    '/body/discounts/0/effect',
    { charge: 'base', percent: '110', others: 'tenureDiscount/loyalty, bundleDiscount/set' },
    (set) => {
      // 10 by the ladder’s highest step, 50 for the set, 50 by the campaign.
      set.tenureDiscount.body.base = 'list';
      Object.assign(set.bundleDiscount.body.discounts[0]!, {
        base: 'list',
        effect: { op: 'percentOff', percent: '50' },
      });
      Object.assign(set.campaign.body.discounts[0]!, { base: 'list' });
    },
  ),
  when(
    'more off than a charge costs',
    'discount-above-price',
    '/body/discounts/0/effect',
    // The monthly charge is 3,000.
    { offering: 'voice-basic', price: '3000', off: '3001', others: 'none' },
    (set) => {
      set.bundleDiscount.body.discounts[0]!.effect = { op: 'percentOff', percent: '10' };
      set.campaign.body.discounts[0]!.effect = { op: 'amountOff', amount: '3001' };
    },
  ),
  when(
    'a set and a campaign that come to more than the charge together',
    'discount-above-price',
    '/body/discounts/0/effect',
    { offering: 'voice-basic', price: '3000', off: '3200', others: 'bundleDiscount/set' },
    (set) => {
      set.bundleDiscount.body.discounts[0]!.effect = { op: 'amountOff', amount: '1200' };
      set.campaign.body.discounts[0]!.effect = { op: 'amountOff', amount: '2000' };
    },
  ),
  when(
    'a ladder out of order',
    'steps-not-rising',
    '/body/steps/1/fromYear',
    { fromYear: '2', previous: '2' },
    (set) => (untyped(set.tenureDiscount.body.steps[1])['fromYear'] = 2),
  ),
  when(
    'less for those who stay longer',
    'discount-falls',
    '/body/steps/1/effect',
    { fromYear: '4', discount: '4', previous: '5' },
    (set) => (untyped(set.tenureDiscount.body.steps[1])['effect'] = { op: 'percentOff', percent: '4' }),
  ),
  when(
    'nothing off',
    'discount-without-effect',
    '/body/discounts/0/effect',
    { value: '0.00' },
    ({ campaign }) => (untyped(campaign.body.discounts[0])['effect'] = { op: 'percentOff', percent: '0.00' }),
  ),
  when(
    'limits of a campaign that nobody grants',
    'limits-never-counted',
    '/body/limits',
    {},
    ({ campaign }) => (campaign.body.limits = { inAll: 10 }),
  ),
  when(
    'a code for a campaign that nobody grants',
    'coupon-never-asked',
    '/body/coupon',
    {},
    ({ campaign }) => (campaign.body.coupon = { use: 'single' }),
  ),
  when('grants without a limit', 'grants-unlimited', '/body', {}, ({ campaign }) => {
    Object.assign(campaign.body, { grant: 'required', coupon: { use: 'shared', code: 'HELLO' } });
  }),
  when('a budget for a share of a price', 'budget-without-cost', '/body/limits/budget', {}, ({ campaign }) =>
    Object.assign(campaign.body, { grant: 'required', limits: { budget: { amount: '10000' } } }),
  ),
  when(
    'a grant that costs more than it is said to',
    'grant-costs-more',
    '/body/limits/budget/perGrant',
    { perGrant: '999', takenOff: '1000' },
    ({ campaign }) => {
      campaign.body.discounts[0]!.effect = { op: 'amountOff', amount: '500' };
      Object.assign(campaign.body, { grant: 'required', limits: { budget: { amount: '10000', perGrant: '999' } } });
    },
  ),
  when(
    'a budget that is less than one grant',
    'budget-below-one-grant',
    '/body/limits/budget/amount',
    { amount: '999', cost: '1000' },
    ({ campaign }) =>
      Object.assign(campaign.body, { grant: 'required', limits: { budget: { amount: '999', perGrant: '1000' } } }),
  ),
  joined(
    'a second campaign on the same charge',
    'discounts-without-order',
    '/body/discounts/0/target',
    { other: 'campaign/half-price', charge: 'base' },
    () => [{ ...soundSet().campaign, id: 'welcome' }],
  ),
  when(
    'a price for a set that names itself',
    'also-applies-price',
    '/body/allIn/alsoApply/0',
    { discount: 'all-in', ruleset: 'bundleDiscount/set' },
    alsoApply('all-in'),
  ),
  when(
    'a ladder that is taken before the price of a set is made',
    'discount-before-price',
    '/body/allIn/alsoApply/0',
    { discount: 'loyalty' },
    alsoApply('loyalty'),
  ),
  when(
    'a price for a set beside a discount on other charges',
    'discount-beside-price',
    '/body/allIn/alsoApply/0',
    { discount: 'half', charges: 'calls' },
    (set) => {
      alsoApply('half')(set);
      set.bundleDiscount.body.allIn!.charges = ['calls'];
    },
  ),
  when(
    'a price for a set beside a discount that two rulesets have',
    'discount-ambiguous',
    '/body/allIn/alsoApply/0',
    { discount: 'half', rulesets: 'campaign/half-price, bundleDiscount/set' },
    (set) => {
      alsoApply('half')(set);
      set.bundleDiscount.body.discounts[0]!.id = 'half';
    },
  ),
  when(
    'a group that nothing else is in',
    'stacking-group-alone',
    '/body/stacking/group',
    { group: 'welcom' },
    ({ campaign }) => (campaign.body.stacking = { group: 'welcom', policy: 'exclusive' }),
  ),
  when(
    'a group for a set that has a price and no discounts',
    'setting-without-effect',
    '/body/stacking',
    { setting: 'stacking', needs: 'discounts' },
    (set) => {
      alsoApply('half')(set);
      set.bundleDiscount.body.discounts = [];
      set.bundleDiscount.body.stacking = { group: 'set', policy: 'exclusive' };
    },
  ),
  when(
    'a campaign for telephones that only devices may join',
    'discount-out-of-reach',
    '/body/discounts/0/target',
    { offerings: 'voice-basic' },
    ({ campaign }) => {
      campaign.body.eligibility = { all: [{ fact: 'product.service', operator: 'equal', value: 'device' }] };
    },
  ),
  when(
    'a campaign whose sign-up is over before it is in force',
    'window-never-open',
    '/body/window',
    { from: '2026-04-01', to: 'none', opens: '2026-01-01', closes: '2026-04-01' },
    ({ campaign }) => {
      campaign.body.window = { from: '2026-01-01', to: '2026-04-01' };
      delete campaign.body.eligibility;
    },
  ),
  when(
    'a special price that is the usual one',
    'fixed-price-not-lower',
    '/body/discounts/0/effect',
    { price: '3000' },
    ({ campaign }) => (campaign.body.discounts[0]!.effect = { op: 'fixedPrice', price: '3000' }),
  ),
];
