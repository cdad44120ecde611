/** May a campaign be granted once more (付与の上限・予算)? The figures are sums by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costOfGrant, limitsReached, spelledCoupon } from '#engine/discounts/grant-limits.ts';
import type { CampaignBody, Effect, GrantLimits } from '#schemas/generated/types.ts';

const campaign = (effects: readonly Effect[], months: number | null, limits: GrantLimits): CampaignBody => ({
  triggers: ['new'],
  window: { from: '2026-11-01', to: null },
  grant: 'required',
  limits,
  duration: { months, countedFrom: 'start' },
  discounts: effects.map((effect, index) => ({
    id: `off-${index}`,
    name: { ja: '割引', en: 'Off' },
    effect,
    target: { charges: ['base'] },
  })),
});
const off = (amount: string): Effect => ({ op: 'amountOff', amount });
const half: Effect = { op: 'percentOff', percent: '50' };

describe('one grant costs at most', () => {
  // effects                 months  said     costs      because
  const rows: readonly [readonly Effect[], number | null, string | undefined, string | undefined, string][] = [
    [[off('500')], 6, undefined, '3000', '500 in each of six months'],
    [[off('500'), off('0.5')], 2, undefined, '1001', 'each discount in each month'],
    [[half], 6, '12600', '12600', 'a share of a price is what its author says it is'],
    [[half], 6, undefined, undefined, 'a share of a price is not known'],
    [[off('500'), half], 6, undefined, undefined, 'one part is not known'],
    [[off('500')], null, undefined, undefined, 'it never ends'],
    [[off('500')], 6, '4000', '4000', 'what is said counts'],
  ];
  it.each(rows)('%j for %s months, said to be %s: %s, since %5$s', (effects, months, perGrant, cost) => {
    const budget = { amount: '100000', ...(perGrant !== undefined && { perGrant }) };
    expect(costOfGrant(campaign(effects, months, { budget }))).toBe(cost);
  });
});

describe('a grant is given', () => {
  const limits = { inAll: 100, perCustomer: 2, budget: { amount: '10000' } };
  const body = campaign([off('500')], 6, limits);
  // in all  of the customer  promised   in its way                because
  it.each([
    [0, 0, '0', [], 'nothing was granted'],
    [99, 1, '7000', [], 'this is the last of all three: 7,000 + 3,000 = 10,000'],
    [100, 0, '0', ['inAll'], 'a hundred were granted'],
    [5, 2, '0', ['perCustomer'], 'the customer has two'],
    [5, 0, '7001', ['budget'], '2,999 are left of the budget'],
    [100, 2, '10000', ['inAll', 'perCustomer', 'budget'], 'every limit is told at once'],
  ])('after %d in all, %d of the customer and %s promised: %j, since %s', (inAll, ofCustomer, promised, found) => {
    expect(limitsReached(body, { inAll, ofCustomer, promised }).map(({ limit }) => limit)).toEqual(found);
  });

  it('without end where no limit is stated', () => {
    const { limits: _, ...open } = body;
    expect(limitsReached(open, { inAll: 1e9, ofCustomer: 1e9, promised: '1000000000' })).toEqual([]);
  });

  it('as often as the budget has room, never once more', () => {
    const amounts = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(
        amounts,
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 0, max: 1_000_000_000 }),
        (each, months, spare) => {
          const cost = each * months;
          const rich = campaign([off(String(each))], months, { budget: { amount: String(cost + spare) } });
          const most = Math.floor((cost + spare) / cost);
          const after = (grants: number): number =>
            limitsReached(rich, { inAll: grants, ofCustomer: 0, promised: String(grants * cost) }).length;
          expect([after(most - 1), after(most)]).toEqual([0, 1]);
        },
      ),
    );
  });
});

it.each(['abcd-efgh', 'ＡＢＣＤ　ＥＦＧＨ', ' ABCD‐EFGH '])('a code is the same however it is typed: %s', (typed) => {
  expect(spelledCoupon(typed)).toBe('ABCDEFGH');
});
