/** What is the least and the most to pay, for a charge, a product, an account? */
import { describe, expect, it } from 'vitest';
import type { AccountBounds, LineBounds, Product, ProductBound, Ruleset } from '#schemas/generated/types.ts';
import { account, billFor, cycle, linesOf, offering, plan, product, usage } from '../billing/build.ts';

const named = { ja: '試し', en: 'Trial' };
type Limits = Omit<LineBounds, 'judgedOn' | 'prorated'>;

/** One yen a second, and half of it taken off for ever. */
const half: Ruleset = {
  ...offering(),
  kind: 'campaign',
  id: 'half',
  body: {
    triggers: ['new'],
    window: { from: '2026-01-01', to: null },
    duration: { months: null, countedFrom: 'start' },
    discounts: [
      { id: 'half', name: named, effect: { op: 'percentOff', percent: '50' }, target: { charges: ['call'] } },
    ],
  },
};
const charge = (bounds?: LineBounds) =>
  usage({
    unit: { size: '1', rounding: 'exact', per: 'period' },
    price: { model: 'perUnit', unitPrice: '1' },
    ...(bounds && { bounds }),
  });

type Level = 'line' | 'product' | 'account';

/** The rulesets with the limits at one level. */
function bounded(level: Level, limits: LineBounds): Ruleset[] {
  const ofProduct: ProductBound = { id: 'of-product', name: named, taxCategory: 'standard', ...limits };
  const ofAccount: AccountBounds = { taxCategory: 'standard', ...limits };
  return [
    offering(),
    plan([charge()], {
      body: {
        charges: [charge(level === 'line' ? limits : undefined)],
        ...(level === 'product' && { bounds: [ofProduct] }),
      },
    }),
    half,
    ...(level === 'account' ? [cycle({ bounds: ofAccount })] : []),
  ];
}

const netFor = (level: Level, limits: LineBounds, used: string, held: Partial<Product> = {}) =>
  billFor(
    account('2026-04', [product(held)], {
      usage: [{ id: 'U-1', product: 'P-1', meter: 'voice.seconds', startedAt: '2026-04-20T10:00:00', quantity: used }],
    }),
    bounded(level, limits),
  );

const levels: readonly Level[] = ['line', 'product', 'account'];

describe.each(levels)('at the level of the %s', (level) => {
  it.each<[because: string, limits: Limits, judgedOn: 'list' | 'net', used: string, net: string]>([
    ['4,800 are capped at 4,200 before half is taken off', { cap: '4200' }, 'list', '4800', '2100'],
    ['half of 4,800 is below the cap of 4,200', { cap: '4200' }, 'net', '4800', '2400'],
    ['half of 10,000 is above it', { cap: '4200' }, 'net', '10000', '4200'],
    ['half of 720 is raised to 1,000', { minimum: '1000' }, 'net', '720', '1000'],
  ])('%s', (_because, limits, judgedOn, used, net) => {
    expect(netFor(level, { ...limits, judgedOn }, used).net).toBe(net);
  });

  // A top-up of a charge is part of it and is halved with it; that of a product or an account stands by itself.
  const topped = { line: '500', product: '640', account: '640' }[level];
  it(`720 are raised to 1,000 before half is taken off: ${topped}`, () => {
    expect(netFor(level, { minimum: '1000', judgedOn: 'list' }, '720').net).toBe(topped);
  });

  it('goes with the days of service where it is prorated: 15 of 30', () => {
    const from = { startsOn: '2026-04-16' };
    expect(netFor(level, { minimum: '1000', judgedOn: 'net', prorated: true }, '720', from).net).toBe('500');
    expect(netFor(level, { cap: '4200', judgedOn: 'net', prorated: true }, '10000', from).net).toBe('2100');
  });

  it('is whole in a part month where it is not', () => {
    const from = { startsOn: '2026-04-16' };
    expect(netFor(level, { minimum: '1000', judgedOn: 'net' }, '720', from).net).toBe('1000');
  });

  it('shows what it adds and what it takes off in lines of their own', () => {
    const [minimum, cap] = {
      line: ['call-minimum', 'call-cap'],
      product: ['of-product', 'of-product'],
      account: ['account-minimum', 'account-cap'],
    }[level];
    expect(linesOf(netFor(level, { minimum: '1000', judgedOn: 'net' }, '720')).at(-1)).toEqual([minimum, '640']);
    expect(linesOf(netFor(level, { cap: '4200', judgedOn: 'net' }, '10000')).at(-1)).toEqual([cap, '-800']);
  });
});

describe('the days of an account', () => {
  it('are those on which it holds any product, each of them once', () => {
    const limits: LineBounds = { minimum: '3000', judgedOn: 'net', prorated: true };
    const held = [
      product({ startsOn: '2026-04-06', endsOn: '2026-04-16' }),
      product({ id: 'P-2', startsOn: '2026-04-11', endsOn: '2026-04-21' }),
      product({ id: 'P-3', startsOn: '2026-04-30' }),
    ];
    // 6 to 20 April and the 30th: 16 of 30.
    expect(billFor(account('2026-04', held), bounded('account', limits)).net).toBe('1600');
  });
});
