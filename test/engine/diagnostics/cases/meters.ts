/** What is an author told of units, meters and currencies that do not fit one another? */
import type { BillingCycleRuleset, Charge } from '#schemas/generated/types.ts';
import { bent, soundSet } from '../../rulesets/sound-set.ts';
import { checkRulesets } from '#engine/rulesets/check.ts';
import { joined, later, recurring, usage, when, type Case } from './provoke.ts';

const dollars = (): BillingCycleRuleset => {
  const { billingCycle } = soundSet();
  return { ...billingCycle, id: 'dollars', body: { ...billingCycle.body, currency: 'USD' } };
};

/** The eleventh charge, like the sixth. */
const data = (set: ReturnType<typeof soundSet>, meter: string): void => {
  set.ratePlan.body.charges.push({ ...usage(set, 5), id: 'more', meter } as Charge);
};

export const meters: readonly Case[] = [
  when(
    'data charged in megabytes where it comes in kilobytes',
    'meter-in-other-unit',
    '/body/charges/10/meter',
    { meter: 'data.megabytes', other: 'data.kilobytes' },
    (set) => data(set, 'data.megabytes'),
  ),
  when(
    'minutes that are free where seconds are charged',
    'meter-in-other-unit',
    '/body/allowances/0/meter',
    { meter: 'voice.minutes', other: 'voice.seconds' },
    (set) => (set.ratePlan.body.allowances![0]!.meter = 'voice.minutes'),
  ),
  when(
    'usage that no file delivers',
    'meter-never-delivered',
    '/body/charges/10/meter',
    { meter: 'fax.pages' },
    (set) => data(set, 'fax.pages'),
  ),
  when(
    'minutes that are passed on as if they were money',
    'meter-not-money',
    '/body/charges/9/meter',
    { meter: 'partner.minutes', unit: 'minutes' },
    (set) => {
      Object.assign(set.ratePlan.body.charges[9]!, { meter: 'partner.minutes' });
      set.fileFormat.body.records[4]!.meter = 'partner.minutes';
    },
  ),
  when(
    'an allowance of what the plan does not count',
    'allowance-never-drawn',
    '/body/allowances/0/meter',
    { meter: 'fax.pages' },
    (set) => (set.ratePlan.body.allowances![0]!.meter = 'fax.pages'),
  ),
];

export const currencies: readonly Case[] = [
  {
    ...{ code: 'currency-not-asked', when: 'an offering that two currencies bill', path: '/body/eligibility' },
    values: { currencies: 'JPY, USD' },
    found: () =>
      checkRulesets(
        bent(({ phone, tablet }) => {
          for (const { body } of [phone, tablet])
            body.eligibility = { all: [{ fact: 'account.currency', operator: 'equal', value: 'JPY' }] };
        }, dollars()),
      ),
  },
  joined(
    'a billing cycle that goes over to another currency',
    'currency-changed',
    '/body/currency',
    { before: 'JPY', after: 'USD' },
    () => [later({ ...dollars(), id: 'month-end' }, 2, '2026-12-01')],
  ),
  when(
    'half a yen',
    'amount-not-payable',
    '/body/charges/1/price',
    { amount: '3000.5', currency: 'JPY' },
    (set) => (recurring(set).price = '3000.5'),
  ),
  when(
    'a charge that is rounded to a tenth of a yen',
    'rounding-step-not-payable',
    '/body/charges/1/rounding/step',
    { step: '0.1', currency: 'JPY' },
    (set) => (recurring(set).rounding = { mode: 'down', step: '0.1' }),
  ),
];
