/** How far does an allowance reach, and what is left of it next month? */
import { describe, expect, it } from 'vitest';
import type { AccountDocument, Allowance, Product, Ruleset, Usage } from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { account, linesOf, offering, plan, product, releaseOf, usage } from '../billing/build.ts';

const named = { ja: '試し', en: 'Trial' };
const data = (more: Partial<Allowance> = {}): Allowance => ({
  id: 'data',
  name: named,
  meter: 'voice.seconds',
  amount: '100',
  granted: 'monthly',
  sharedBy: 'product',
  partMonth: 'whole',
  ...more,
});
const charge = usage({
  unit: { size: '1', rounding: 'exact', per: 'period' },
  price: { model: 'perUnit', unitPrice: '1' },
});
const sold = (allowances: Allowance[]): Ruleset[] => [
  offering(),
  plan([charge], { body: { charges: [charge], allowances } }),
];

let key = 0;
const use = (day: string, quantity: string, more: Partial<Usage> = {}): Usage => ({
  id: `U-${String((key += 1)).padStart(3, '0')}`,
  product: 'P-1',
  meter: 'voice.seconds',
  startedAt: `${day}T12:00:00`,
  quantity,
  ...more,
});

/** What is charged each month. */
function charged(rulesets: Ruleset[], uses: Usage[], last: string, more: Partial<AccountDocument> = {}): string[] {
  const products: Product[] = more.products ?? [product()];
  const document = account('2026-01', products, { usage: uses, ...more, periods: { first: '2026-01', last } });
  return bill(document, releaseOf(rulesets)).bills.map((one) => one.net);
}

describe('an allowance', () => {
  it('covers use until it is used up; the use that straddles its end is charged for the rest', () => {
    expect(charged(sold([data()]), [use('2026-01-05', '70'), use('2026-01-06', '70')], '2026-01')).toEqual(['40']);
  });

  it('is the same where the version of the plan changes within the month: given once, as the version held last says', () => {
    const later = (amount: string): Ruleset =>
      plan([charge], {
        version: 2,
        effective: { from: '2026-01-16', to: null },
        body: { charges: [charge], allowances: [data({ amount })] },
      });
    const uses = [use('2026-01-05', '70'), use('2026-01-20', '70')];
    expect(charged([...sold([data()]), later('100')], uses, '2026-01')).toEqual(['40']);
    expect(charged([...sold([data()]), later('120')], uses, '2026-01')).toEqual(['20']);
    // By the day each version gives what its days are worth: 100 × 15/31 and 100 × 16/31.
    const byDay = data({ partMonth: 'byDay' });
    const again = plan([charge], {
      version: 2,
      effective: { from: '2026-01-16', to: null },
      body: { charges: [charge], allowances: [byDay] },
    });
    expect(charged([...sold([byDay]), again], [use('2026-01-20', '140')], '2026-01')).toEqual(['40']);
  });

  it('does not last beyond its month where it does not roll over', () => {
    expect(charged(sold([data()]), [use('2026-01-05', '40'), use('2026-02-06', '150')], '2026-02')).toEqual([
      '0',
      '50',
    ]);
  });

  it('rolls over what is left, which goes first, for as long as the ruleset says', () => {
    const rolling = sold([data({ rollover: { months: 1 } })]);
    // 60 left of January reach February; what is left of them does not reach March.
    expect(charged(rolling, [use('2026-01-05', '40'), use('2026-02-06', '170')], '2026-02')).toEqual(['0', '10']);
    expect(
      charged(rolling, [use('2026-01-05', '40'), use('2026-02-06', '10'), use('2026-03-06', '210')], '2026-03'),
    ).toEqual(['0', '0', '10']);
  });

  it('carries no more than its maximum', () => {
    const capped = sold([data({ rollover: { months: 3, maximum: '50' } })]);
    expect(charged(capped, [use('2026-02-06', '160')], '2026-02')).toEqual(['0', '10']);
  });

  it('is prorated in a part month, or whole', () => {
    const held = { products: [product({ startsOn: '2026-01-22' })] };
    // Ten of 31 days: 1000/31 are covered, and 200 − 1000/31 = 167.7 charged.
    expect(charged(sold([data({ partMonth: 'byDay' })]), [use('2026-01-25', '200')], '2026-01', held)).toEqual(['167']);
    expect(charged(sold([data()]), [use('2026-01-25', '200')], '2026-01', held)).toEqual(['100']);
  });

  it('leaves excluded classes to be charged', () => {
    const mobile = data({ where: { all: [{ fact: 'usage.destination', operator: 'equal', value: 'mobile' }] } });
    expect(
      charged(
        sold([mobile]),
        [
          use('2026-01-05', '70', { attributes: { destination: 'navi-dial' } }),
          use('2026-01-06', '70', { attributes: { destination: 'mobile' } }),
        ],
        '2026-01',
      ),
    ).toEqual(['70']);
  });

  it('goes down in whole increments: 61 take 120 of it', () => {
    expect(
      charged(
        sold([data({ increment: '60', amount: '120' })]),
        [use('2026-01-05', '61'), use('2026-01-06', '30')],
        '2026-01',
      ),
    ).toEqual(['30']);
  });

  it('is shared by all products of the account, in the order of use', () => {
    const family = sold([data({ sharedBy: 'account', amount: '50' })]);
    const products = [product(), product({ id: 'P-2' })];
    const uses = [use('2026-01-05', '80', { product: 'P-2' }), use('2026-01-06', '30')];
    const document = account('2026-01', products, { usage: uses });
    const [one] = bill(document, releaseOf(family)).bills;
    expect(one?.lines.map((line) => [line.product, line.amount])).toEqual([
      ['P-1', '10'],
      ['P-2', '0'],
    ]);
    const turned = bill({ ...document, usage: uses.toReversed(), products: products.toReversed() }, releaseOf(family))
      .bills[0];
    expect(turned).toEqual(one);
  });

  it('is shared by a group over its accounts, each with its own bill', () => {
    const company = sold([data({ sharedBy: 'group', amount: '50' })]);
    const document: AccountDocument = {
      ...account('2026-01', [product(), product({ id: 'P-2', account: 'A-2' })]),
      accounts: [
        { id: 'A-1', billingCycle: 'month-end' },
        { id: 'A-2', billingCycle: 'month-end' },
      ],
      usage: [use('2026-01-05', '80', { product: 'P-2' }), use('2026-01-06', '30')],
    };
    expect(bill(document, releaseOf(company)).bills.map((one) => linesOf(one))).toEqual([
      [['call', '10']],
      [['call', '0']],
    ]);
  });

  it('that is bought on top lasts until used up or over, after the month’s own', () => {
    const topUp = plan([], {
      id: 'top-up',
      body: {
        charges: [{ type: 'oneTime', id: 'top-up', name: named, on: 'start', price: '500', taxCategory: 'outOfScope' }],
        allowances: [data({ granted: 'once', sharedBy: 'account', amount: '30', validMonths: 2 })],
      },
    });
    const rulesets = [...sold([data()]), offering({}, 'top-up'), topUp];
    const bought = product({ id: 'P-9', offering: 'top-up', startsOn: '2026-01-10', endsOn: '2026-01-11' });
    const products = [product(), bought];
    const uses = [use('2026-01-20', '110'), use('2026-02-20', '125'), use('2026-03-20', '105')];
    // January: 100 + 10 of the top-up. February: 100 + 20. March: the top-up is over.
    expect(charged(rulesets, uses, '2026-03', { products })).toEqual(['500', '5', '5']);
  });

  it('is the same billed month by month with its state', () => {
    const rolling = releaseOf(sold([data({ rollover: { months: 2 }, sharedBy: 'account' })]));
    const uses = [use('2026-01-05', '40'), use('2026-02-06', '130'), use('2026-03-06', '190')];
    const whole = bill(
      account('2026-01', [product()], { usage: uses, periods: { first: '2026-01', last: '2026-03' } }),
      rolling,
    );
    let previousState: AccountDocument['previousState'];
    for (const [index, month] of ['2026-01', '2026-02', '2026-03'].entries()) {
      const result = bill(
        account(month, [product()], {
          usage: uses.filter((one) => one.startedAt.startsWith(month)),
          ...(previousState && { previousState }),
        }),
        rolling,
      );
      expect(result.bills[0]).toEqual(whole.bills[index]);
      previousState = result.nextState;
    }
    expect(previousState).toEqual(whole.nextState);
    expect(whole.bills.map((one) => one.net)).toEqual(['0', '0', '60']);
  });
});
