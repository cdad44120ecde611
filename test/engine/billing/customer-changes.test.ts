/** Does a rule that asks what the customer is see the value of the day (個人・法人、区分の変更)? */
import { describe, expect, it } from 'vitest';
import { customerOn } from '#engine/facts/customer-on.ts';
import type { CampaignRuleset, CustomerFacts, Ruleset, TenureDiscountRuleset } from '#schemas/generated/types.ts';
import { account, billFor, linesOf, monthly, offering, plan, product } from './build.ts';

/** Of the public until 14 November 2026, staff from the 15th on, of no segment from 2027 on. */
const customer: CustomerFacts = {
  id: 'C-1',
  type: 'individual',
  segment: 'public',
  history: [
    { from: '2026-11-15', type: 'individual', segment: 'staff' },
    { from: '2027-01-01', type: 'corporate', segment: null },
  ],
};
const isStaff = { all: [{ fact: 'customer.segment', operator: 'equal', value: 'staff' }] } as const;
const named = { ja: '社員割', en: 'Staff' };
const envelope = { version: 1, name: named, effective: { from: '2020-01-01', to: null }, reason: 'For a test.' };
const tenth: TenureDiscountRuleset = {
  kind: 'tenureDiscount',
  id: 'staff',
  ...envelope,
  body: {
    ...{ countedFrom: 'startDay', judgedOn: 'periodStart', eligibility: structuredClone(isStaff) as never },
    target: { charges: ['base'] },
    steps: [{ fromYear: 1, effect: { op: 'percentOff', percent: '10' } }],
  },
};
const half: CampaignRuleset = {
  kind: 'campaign',
  id: 'staff-offer',
  ...envelope,
  body: {
    ...{ triggers: ['new'], window: { from: '2020-01-01', to: null }, eligibility: structuredClone(isStaff) as never },
    duration: { months: 3, countedFrom: 'start' },
    discounts: [
      { id: 'half', name: named, effect: { op: 'percentOff', percent: '50' }, target: { charges: ['base'] } },
    ],
  },
};
const sold: readonly Ruleset[] = [
  offering(),
  plan([monthly('4200', { proration: { start: 'full', end: 'full', change: 'byDay' } })]),
];
const billed = (month: string, startsOn: string, rules: readonly Ruleset[]): [string, string][] =>
  linesOf(billFor(account(month, [product({ startsOn, appliedOn: startsOn })], { customer }), [...sold, ...rules]));

describe('a month', () => {
  it.each<[string, [string, string][], string]>([
    ['2026-11', [], 'the 1st is before the change'],
    ['2026-12', [['staff', '-420']], '10 % of 4,200'],
    ['2027-01', [], 'the segment is left'],
  ])('of %s has %j off, since %s', (month, off) => {
    expect(billed(month, '2026-04-01', [tenth]).filter(([charge]) => charge === 'staff')).toEqual(off);
  });
});

describe('a campaign', () => {
  it.each<[string, [string, string][], string]>([
    ['2026-11-14', [], 'they signed up the day before'],
    ['2026-11-15', [['half', '-2100']], 'they signed up on the day'],
  ])('for who starts on %s takes %j off December, since %s', (startsOn, off) => {
    expect(billed('2026-12', startsOn, [half]).filter(([charge]) => charge === 'half')).toEqual(off);
  });

  it('is kept by who has joined it, whatever becomes of them', () => {
    expect(billed('2027-01', '2026-11-15', [half])).toContainEqual(['half', '-2100']);
  });
});

it('a customer of whom nothing has changed is the very same on every day', () => {
  const { history: _, ...plain } = customer;
  expect(customerOn(plain, '2026-11-15')).toBe(plain);
  expect(customerOn(customer, '2026-11-14')).toBe(customer);
  expect(customerOn(customer, '2027-01-01')).toMatchObject({ type: 'corporate' });
  expect(customerOn(customer, '2027-01-01').segment).toBeUndefined();
});
