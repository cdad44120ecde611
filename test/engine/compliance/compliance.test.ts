/** Is every limit of law kept to the yen and to the day, for those whom it concerns and for nobody else? */
import { describe, expect, it } from 'vitest';
import { addDays } from '#engine/calendar/civil-date.ts';
import { said, since, told, type LawfulSet } from './lawful-set.ts';
import { limits, type Bend } from './limits.ts';
import { notTold } from './not-told.ts';

describe.each([...limits, ...notTold])('$rule', ({ lawful, beyond, code, at, values, severity = 'error' }) => {
  it('and up to there nothing is said', () => {
    expect(told(lawful)).toEqual([]);
  });

  it('and beyond it the author is told, with the provision and its day', () => {
    const found = told(beyond);
    expect(found.map((one) => [one.code, `${one.ruleset} ${one.path}`, one.severity])).toEqual([[code, at, severity]]);
    expect(found[0]?.values).toEqual({ ...values, ...said });
  });

  it('and it holds from its day on: contracts that can only be made before it are left alone', () => {
    const lastSold =
      (day: string): Bend =>
      (set) => {
        beyond(set);
        // Offerings are sold, and cycles and campaigns in force, until the day.
        for (const each of [set.offering, set.free, set.phone]) each.body.sales.to = day;
        set.billingCycle.effective.to = day;
      };
    expect(told(lastSold(since))).toEqual([]);
    expect(told(lastSold(addDays(since, 1))).map((one) => one.code)).toEqual([code]);
  });
});

describe('a profile', () => {
  const beyond: Bend = ({ term }) => (term.body.months = 25);

  it('leaves contracts alone that are made when a limit is over', () => {
    expect(told((set) => (beyond(set), (set.profile.body.rules[0]!.to = '2029-04-01')))).toHaveLength(1);
    expect(
      told((set) => {
        beyond(set);
        set.offering.body.sales.from = '2029-04-01';
        set.profile.body.rules[0]!.to = '2029-04-01';
      }),
    ).toEqual([]);
  });

  it('only warns where its rule says so', () => {
    const found = told((set) => (beyond(set), (set.profile.body.rules[0]!.severity = 'warning')));
    expect(found.map(({ severity }) => severity)).toEqual(['warning']);
  });

  it('for consumers leaves offerings alone that only firms can have', () => {
    const forFirms: Bend = (set) => {
      beyond(set);
      set.offering.body.eligibility = { all: [{ fact: 'customer.type', operator: 'equal', value: 'corporate' }] };
    };
    expect(told(forFirms)).toEqual([]);
    expect(told((set) => (forFirms(set), (set.profile.body.customers = 'everyone')))).toHaveLength(1);
  });

  it('watches the services and the offerings that it names', () => {
    expect(told((set) => (beyond(set), (set.profile.body.services = ['device'])))).toEqual([]);
    expect(told((set) => (beyond(set), (set.profile.body.offerings = ['voice-free'])))).toEqual([]);
    expect(told((set) => (beyond(set), (set.profile.body.offerings = ['voice-basic'])))).toHaveLength(1);
  });

  it('adds up what several campaigns take off one device, unless only one of them may be had', () => {
    const second = (set: LawfulSet): LawfulSet['deal'] => {
      set.campaign.body.triggers = ['simultaneous'];
      set.campaign.body.discounts = [
        { ...set.deal.body.discounts[0]!, id: 'half', effect: { op: 'amountOff', amount: '1' } },
      ];
      set.campaign.body.priority = 50;
      return set.deal;
    };
    expect(told((set) => void second(set)).map((one) => [one.ruleset, one.values['total']])).toEqual([
      ['campaign/half-price@1', '40001'],
      ['campaign/handset-deal@1', '40001'],
    ]);
    const rivals = { group: 'device', policy: 'bestForCustomer' } as const;
    expect(
      told((set) => {
        second(set).body.stacking = rivals;
        set.campaign.body.stacking = rivals;
      }),
    ).toEqual([]);
  });
});
