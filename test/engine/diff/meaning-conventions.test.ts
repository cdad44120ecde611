/** What does a change of a setting mean in which billing systems differ? */
import { describe, expect, it } from 'vitest';
import type { Ruleset } from '#schemas/generated/types.ts';
import { changed, read } from './edited.ts';

describe('a change means', () => {
  const rows: [string, [Ruleset, Ruleset], string[]][] = [
    [
      'a first band that is due in a month without use',
      changed('ratePlan', 'meter-graduated', { '/body/charges/0/price/withoutUse': undefined }),
      ['cheaper price: “Use”, price changes: 0 kilowatt hours: ¥500 → ¥0.'],
    ],
    [
      'more free payments, and no end by their amount',
      changed('ratePlan', 'first-payments-free', {
        '/body/charges/0/price/freeUses': 5,
        '/body/charges/0/price/freeAmount': undefined,
      }),
      [
        'either price: “Payments”, price, free uses a month: 3 becomes 5.',
        'either price: “Payments”, price, free amount a month: 10,000 becomes None.',
      ],
    ],
    [
      'a higher percentage with the same free payments',
      changed('ratePlan', 'first-payments-free', { '/body/charges/0/price/percent': '3' }),
      [
        'dearer price: “Payments”, price changes: ¥1: ¥0.02 → ¥0.03, ¥5,000: ¥100 → ¥150, ¥10,001: ¥200.02 → ¥300.03, ¥30,000: ¥600 → ¥900.',
      ],
    ],
    [
      'a dearer limit of a payment',
      changed('ratePlan', 'card-payments', { '/body/charges/0/eachUse/maximum': '600' }),
      ['dearer price: “Payments”, each use by itself, maximum of a use: ¥500 becomes ¥600 (¥100 more).'],
    ],
    [
      'no least price of a payment any more',
      changed('ratePlan', 'card-payments', { '/body/charges/0/eachUse/minimum': undefined }),
      ['cheaper price: “Payments”, each use by itself, minimum of a use: ¥10 becomes None.'],
    ],
    [
      'the day of a change that goes to the new plan, spelled out',
      changed('ratePlan', 'premium-next-day', { '/body/charges/0/proration/dayOfChange': undefined }),
      [
        'proration: “Monthly fee”, part periods, day of the change: To the old plan or quantity becomes To the new plan or quantity.',
      ],
    ],
    [
      'days before the anchor that are free',
      changed('ratePlan', 'pass-april', { '/body/charges/0/first': 'atStart' }),
      ['cheaper price: “Membership”, first time: By the day up to the anchor becomes From the start.'],
    ],
    [
      'an amount off that is whole in a part month, too',
      changed('campaign', 'welcome-by-day', { '/body/discounts/0/effect/prorated': false }),
      ['cheaper price: “500 off a month, by the day”, effect: ¥500 off a month, by the day becomes ¥500 off.'],
    ],
    [
      'an amount off that goes from line to line',
      changed('campaign', 'shared-out', { '/body/discounts/0/effect/spread': 'inOrder' }),
      ['either price: “1,000 off”, effect: ¥1,000 off (shared out by what is left) becomes ¥1,000 off.'],
    ],
  ];
  it.each(rows)('%s', (_because, versions, told) => {
    expect(read(versions)).toEqual(told);
  });
});
