/** Sets at one price, rivals that exclude each other, discounts for one customer, and discounts claimed back. */
import { describe, expect, it } from 'vitest';
import type {
  AccountDocument,
  BundleDiscountRuleset,
  CampaignRuleset,
  Discount,
  Product,
  Ruleset,
} from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { account, billFor, linesOf, monthly, offering, plan, product, releaseOf } from '../billing/build.ts';

const named = { ja: '試し', en: 'Trial' };
const whole = { start: 'full', end: 'full', change: 'byDay' } as const;
const byDay = { start: 'byDay', end: 'full', change: 'byDay' } as const;

const sold = (
  id: string,
  price: string,
  service: string,
  proration: typeof whole | typeof byDay = whole,
): Ruleset[] => [offering({ service }, id), plan([monthly(price, { id, proration })], { id })];
const held = (id: string, more: Partial<Product> = {}): Product => product({ id: `P-${id}`, offering: id, ...more });

const off = (id: string, effect: Discount['effect'], charges: string[]): Discount => ({
  id,
  name: named,
  effect,
  target: { charges },
});

const campaign = (id: string, discount: Discount, more: Partial<CampaignRuleset['body']> = {}): CampaignRuleset => ({
  ...offering(),
  kind: 'campaign',
  id,
  body: {
    triggers: ['new'],
    window: { from: '2026-01-01', to: null },
    duration: { months: null, countedFrom: 'start' },
    discounts: [discount],
    ...more,
  },
});

describe('a set at one price', () => {
  const set = (more: Partial<NonNullable<BundleDiscountRuleset['body']['allIn']>> = {}): BundleDiscountRuleset => ({
    ...offering(),
    kind: 'bundleDiscount',
    id: 'set',
    body: {
      requires: { services: ['internet', 'tv', 'ip-phone'] },
      onBreak: 'endOfPeriod',
      discounts: [],
      allIn: { id: 'all-in', name: named, price: '6000', charges: ['internet', 'tv', 'ip-phone'], ...more },
    },
  });
  const services = (proration: typeof whole | typeof byDay = whole) => [
    ...sold('internet', '4000', 'internet', proration),
    ...sold('tv', '3000', 'tv', proration),
    ...sold('ip-phone', '500', 'ip-phone', proration),
  ];
  const products = [held('internet'), held('ip-phone'), held('tv')];

  it('AX-06: 6,000 are shared 3,200, 2,400 and 400', () => {
    const bill = billFor(account('2026-04', products), [...services(), set()]);
    const left = ['internet', 'tv', 'ip-phone'].map((charge) => {
      const line = bill.lines.find((one) => one.charge === charge);
      const change = bill.lines.find((one) => one.target === line?.id);
      return BigInt(line?.amount ?? 0) + BigInt(change?.amount ?? 0);
    });
    expect([left, bill.net]).toEqual([[3200n, 2400n, 400n], '6000']);
  });

  it('costs the same part of its price in a part month: 15 of 30 days are 3,000', () => {
    const since = products.map((one) => ({ ...one, startsOn: '2026-04-16' }));
    expect(billFor(account('2026-04', since), [...services(byDay), set()]).net).toBe('3000');
  });

  it('is never dearer than its members', () => {
    expect(billFor(account('2026-04', products), [...services(), set({ price: '9000' })]).net).toBe('7500');
  });

  it('is closed to other discounts but those it names', () => {
    const tenPercent = campaign('ten', off('ten-off', { op: 'percentOff', percent: '10' }, ['internet']));
    expect(billFor(account('2026-04', products), [...services(), set(), tenPercent]).net).toBe('6000');
    expect(
      billFor(account('2026-04', products), [...services(), set({ alsoApply: ['ten-off'] }), tenPercent]).net,
    ).toBe('5680');
  });
});

describe('a discount for holding a set', () => {
  const together = (more: Partial<BundleDiscountRuleset['body']> = {}): BundleDiscountRuleset => ({
    ...offering(),
    kind: 'bundleDiscount',
    id: 'together',
    body: {
      requires: { services: ['mobile', 'internet'] },
      onBreak: 'endOfPeriod',
      discounts: [off('together', { op: 'amountOff', amount: '500' }, ['mobile'])],
      ...more,
    },
  });
  const services = [...sold('mobile', '4200', 'mobile'), ...sold('internet', '3000', 'internet')];
  const resting = (from: string): Partial<Product> => ({ history: [{ from, status: 'suspended' }] });

  it.each<[because: string, mobile: Partial<Product>, internet: Partial<Product>, set: object, off: string]>([
    ['both held all month', {}, {}, {}, '-500'],
    ['the internet ends on the 10th: kept for that month', {}, { endsOn: '2026-04-11' }, {}, '-500'],
    ['or not, where it is lost at once', {}, { endsOn: '2026-04-11' }, { onBreak: 'immediately' }, '0'],
    ['begun on the 20th: complete from then on', {}, { startsOn: '2026-04-20' }, { onBreak: 'immediately' }, '-500'],
    [
      'never together: one ends on the 10th, the other begins on the 20th',
      { startsOn: '2026-04-20' },
      { endsOn: '2026-04-11' },
      {},
      '0',
    ],
    ['together for a day: the 20th', { startsOn: '2026-04-20' }, { endsOn: '2026-04-21' }, {}, '-500'],
    ['a member at rest still counts', {}, resting('2026-03-01'), {}, '-500'],
    ['or breaks the set', {}, resting('2026-03-01'), { whileSuspended: 'broken' }, '0'],
    ['at rest from the 11th: kept for that month', {}, resting('2026-04-11'), { whileSuspended: 'broken' }, '-500'],
    ['or not', {}, resting('2026-04-11'), { whileSuspended: 'broken', onBreak: 'immediately' }, '0'],
  ])('%s', (_because, mobile, internet, set, amount) => {
    const both = [held('mobile', mobile), held('internet', internet)];
    const lines = billFor(account('2026-04', both), [...services, together(set)]).lines;
    expect(lines.find(({ charge }) => charge === 'together')?.amount ?? '0').toBe(amount);
  });
});

describe('campaigns that exclude each other', () => {
  const base = sold('plan', '4200', 'mobile');
  const one = (id: string, amount: string, policy: 'exclusive' | 'bestForCustomer', priority: number) =>
    campaign(id, off(`${id}-off`, { op: 'amountOff', amount }, ['plan']), {
      stacking: { group: 'join', policy },
      priority,
    });
  const chargesFor = (rulesets: Ruleset[]) =>
    linesOf(billFor(account('2026-04', [held('plan')]), [...base, ...rulesets])).slice(1);

  it('leave the first by priority', () => {
    expect(chargesFor([one('small', '300', 'exclusive', 1), one('big', '500', 'exclusive', 2)])).toEqual([
      ['small-off', '-300'],
    ]);
  });

  it('or the best for the customer', () => {
    expect(chargesFor([one('small', '300', 'bestForCustomer', 1), one('big', '500', 'bestForCustomer', 2)])).toEqual([
      ['big-off', '-500'],
    ]);
  });

  it.each([
    // of 4,200, the set first: the campaign takes more, or comes first by priority, and only one of the two is taken
    ['bestForCustomer', { set: '300', join: '500' }, { set: 1, join: 2 }, ['join-off', '-500']],
    ['bestForCustomer', { set: '600', join: '500' }, { set: 2, join: 1 }, ['set-off', '-600']],
    ['exclusive', { set: '600', join: '500' }, { set: 2, join: 1 }, ['join-off', '-500']],
    ['exclusive', { set: '300', join: '500' }, { set: 1, join: 2 }, ['set-off', '-300']],
    ['exclusive', { set: '300', join: '500' }, { set: 1, join: 1 }, ['set-off', '-300']],
  ] as const)(
    'hold as well for a set and a campaign of one name and one group: %s %o',
    (policy, yen, priority, expected) => {
      const stacking = { group: 'one', policy };
      const set: BundleDiscountRuleset = {
        ...offering(),
        kind: 'bundleDiscount',
        id: 'same',
        body: {
          ...{ requires: { services: ['mobile'] }, onBreak: 'endOfPeriod', stacking, priority: priority.set },
          discounts: [off('set-off', { op: 'amountOff', amount: yen.set }, ['plan'])],
        },
      };
      const joined = campaign('same', off('join-off', { op: 'amountOff', amount: yen.join }, ['plan']), {
        stacking,
        priority: priority.join,
      });
      expect(chargesFor([set, joined])).toEqual([expected]);
    },
  );

  it('add to discounts outside their group', () => {
    const free = campaign('other', off('other-off', { op: 'amountOff', amount: '100' }, ['plan']));
    expect(chargesFor([one('small', '300', 'exclusive', 1), one('big', '500', 'exclusive', 2), free])).toEqual([
      ['small-off', '-300'],
      ['other-off', '-100'],
    ]);
  });
});

describe('a campaign', () => {
  const base = sold('plan', '4200', 'mobile');
  const monthsOf = (rulesets: Ruleset[], document: AccountDocument) =>
    bill(document, releaseOf([...base, ...rulesets])).bills.map((one) =>
      linesOf(one)
        .slice(1)
        .map(([charge, amount]) => `${charge} ${amount}`)
        .join(', '),
    );
  const granted = campaign('vip', off('vip-off', { op: 'percentOff', percent: '10' }, ['plan']), {
    grant: 'required',
    duration: { months: 2, countedFrom: 'start' },
  });
  const spanning = { periods: { first: '2026-04', last: '2026-07' } };

  it('granted to one product counts from its grant', () => {
    const grants = [{ campaign: 'vip', product: 'P-plan', grantedOn: '2026-05-10' }];
    expect(monthsOf([granted], account('2026-04', [held('plan')], { ...spanning, grants }))).toEqual([
      '',
      'vip-off -420',
      'vip-off -420',
      '',
    ]);
  });

  it('may have an effect of its own for one customer, and an end', () => {
    const own = {
      campaign: 'vip',
      product: 'P-plan',
      grantedOn: '2026-05-10',
      effect: { op: 'amountOff' as const, amount: '700' },
      until: '2026-06-01',
    };
    expect(monthsOf([granted], account('2026-04', [held('plan')], { ...spanning, grants: [own] }))).toEqual([
      '',
      'vip-off -700',
      '',
      '',
    ]);
  });

  it('may be triggered by a change of plan', () => {
    const upgrade = campaign('upgrade', off('upgrade-off', { op: 'amountOff', amount: '500' }, ['plan']), {
      triggers: ['planChange'],
      duration: { months: 1, countedFrom: 'start' },
    });
    const changed = held('plan', { history: [{ from: '2026-05-01', quantity: '1', event: 'planChange' }] });
    expect(monthsOf([upgrade], account('2026-04', [changed], spanning))).toEqual(['', 'upgrade-off -500', '', '']);
  });

  it.each([
    ['simultaneous', ['simultaneous'], '-500'],
    ['serviceChange', ['new', 'serviceChange'], '-500'],
    ['simultaneous', ['new', 'planChange'], ''],
  ] as const)('is joined by an order that is %s where its triggers are %j: %s', (event, triggers, amount) => {
    const together = campaign('together', off('together-off', { op: 'amountOff', amount: '500' }, ['plan']), {
      triggers: [...triggers],
    });
    const bill = billFor(account('2026-04', [held('plan', { event })]), [...base, together]);
    expect(bill.lines.slice(1).map((line) => line.amount)).toEqual(amount === '' ? [] : [amount]);
  });

  it.each([
    ['all', '2026-07-11', 'new-clawback 8400'],
    ['proportion', '2026-07-11', 'new-clawback 4200'],
    ['all', '2026-10-11', ''],
  ] as const)('claims back %s when service ends on %s: %s', (recover, endsOn, last) => {
    // Half of 4,200 off for six months from April. Left with 10 July, after 3 complete months: 4 × 2,100 = 8,400.
    const half = campaign('new', off('new-off', { op: 'percentOff', percent: '50' }, ['plan']), {
      duration: { months: 6, countedFrom: 'start' },
      clawback: { withinMonths: 6, recover, taxCategory: 'outOfScope' },
    });
    const left = held('plan', { startsOn: '2026-04-01', appliedOn: '2026-04-01', endsOn });
    const bills = bill(
      account('2026-04', [left], { periods: { first: '2026-04', last: '2026-10' } }),
      releaseOf([...base, half]),
    );
    const claims = bills.bills
      .flatMap((one) => linesOf(one))
      .filter(([charge]) => charge === 'new-clawback')
      .map(([charge, amount]) => `${charge} ${amount}`);
    expect(claims.join(', ')).toBe(last);
    expect(bills.nextState.clawbacks).toBeUndefined();
  });
});
