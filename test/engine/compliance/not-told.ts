/** Benefits that no plan tells in yen: what the author is warned of, and what beside it is known and lawful. */
import type { Effect } from '#schemas/generated/types.ts';
import { offering, type Bend, type Limit } from './limits.ts';

/** The tenure discount on a charge of which use, or a tier, may decide. */
const offCalls =
  (effect: Effect, charge = 'calls'): Bend =>
  ({ tenureDiscount }) => {
    tenureDiscount.body.target = { charges: [charge], offerings: [offering] };
    tenureDiscount.body.steps[0]!.effect = effect;
  };

export const notTold: readonly Limit[] = [
  {
    rule: 'R4: an amount off calls is known, a part of them is not, and the author is warned',
    lawful: offCalls({ op: 'amountOff', amount: '250' }),
    beyond: offCalls({ op: 'percentOff', percent: '5' }),
    code: 'law-tenure-benefit-not-told',
    at: 'tenureDiscount/loyalty@1 /body/steps/0/effect',
    values: { offering, charges: 'calls', limit: '3000' },
    severity: 'warning',
  },
  {
    rule: 'R4: nor is a discount on a price by tier known, whatever it is',
    lawful: offCalls({ op: 'percentOff', percent: '5' }, 'base'),
    beyond: offCalls({ op: 'amountOff', amount: '1' }, 'licences'),
    code: 'law-tenure-benefit-not-told',
    at: 'tenureDiscount/loyalty@1 /body/steps/0/effect',
    values: { offering, charges: 'licences', limit: '3000' },
    severity: 'warning',
  },
  {
    rule: 'R5: what free calls for signing up come to is not known either',
    lawful: ({ campaign }) => (campaign.body.duration.months = 6),
    beyond: ({ campaign }) => {
      campaign.body.discounts[0]!.effect = { op: 'free' };
      campaign.body.discounts[0]!.target = { charges: ['calls'], offerings: [offering] };
    },
    code: 'law-sign-up-not-told',
    at: 'campaign/half-price@1 /body/discounts',
    values: { offering, charges: 'calls', limit: '20000' },
    severity: 'warning',
  },
];
