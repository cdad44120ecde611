/** What does a charge cost where another price has been agreed on with the customer? */
import { describe, expect, it } from 'vitest';
import type { AccountDocument, Charge, UsagePrice } from '#schemas/generated/types.ts';
import { account, billFor, linesOf, monthly, offering, plan, product, usage } from '../billing/build.ts';

const none = { start: 'full', end: 'full', change: 'byDay' } as const;

/** The lines of April 2026, as '<charge> <amount>'. */
const april = (charges: Charge[], more: Partial<AccountDocument>): string[] =>
  linesOf(billFor(account('2026-04', [product()], more), [offering(), plan(charges)])).map((line) => line.join(' '));

describe('a negotiated price', () => {
  const agree = (more: object) => ({
    negotiatedPrices: [
      { id: 'N-1', charge: 'base', valid: { from: '2026-01-01', to: null }, price: { pinned: '3000' }, ...more },
    ],
  });
  const base = [monthly('4200', { proration: none })];

  it.each([
    ['pinned', { price: { pinned: '3000' } }, ['base 3000']],
    ['a percentage of the list price', { price: { percentOfList: '80' } }, ['base 3360']],
    ['so much off the list price', { price: { offList: '500' } }, ['base 3700']],
    ['never below zero', { price: { offList: '5000' } }, ['base 0']],
    ['for another product', { product: 'P-2' }, ['base 4200']],
    ['over', { valid: { from: '2026-01-01', to: '2026-04-01' } }, ['base 4200']],
    [
      'from the middle of the month: 4,200 × 15/30 and 3,000 × 15/30',
      { valid: { from: '2026-04-16', to: null } },
      ['base 2100', 'base 1500'],
    ],
  ])('%s', (_because, more, lines) => {
    expect(april(base, agree(more))).toEqual(lines);
  });

  const calls = [usage({ id: 'base', unit: { size: '1', rounding: 'exact', per: 'period' } })];
  const tiers: UsagePrice = {
    model: 'graduated',
    tiers: [
      { upTo: '10', unitPrice: '20' },
      { upTo: null, unitPrice: '10' },
    ],
  };
  const inTiers = [usage({ id: 'base', unit: { size: '1', rounding: 'exact', per: 'period' }, price: tiers })];
  const used = (quantity: string) => ({
    usage: [{ id: 'U-1', product: 'P-1', meter: 'voice.seconds', startedAt: '2026-04-20T10:00:00', quantity }],
  });

  it.each<[string, Charge[], object, string]>([
    ['pinned: 30 × 12', calls, { price: { pinned: '12' } }, '360'],
    ['a percentage of the list: 30 × 20 × 80 %', calls, { price: { percentOfList: '80' } }, '480'],
    ['so much off each: 30 × (20 − 5)', calls, { price: { offList: '5' } }, '450'],
    ['of what its tiers come to: (10 × 20 + 20 × 10) × 90 %', inTiers, { price: { percentOfList: '90' } }, '360'],
    ['pinned whatever the tiers: 30 × 12', inTiers, { price: { pinned: '12' } }, '360'],
    [
      'from the middle of the month holds for usage from the next on',
      calls,
      { valid: { from: '2026-04-16', to: null } },
      '600',
    ],
    ['from the first day', calls, { valid: { from: '2026-04-01', to: null }, price: { pinned: '12' } }, '360'],
  ])('on usage, %s', (_because, charges, more, amount) => {
    expect(april(charges, { ...agree(more), ...used('30') })).toEqual([`base ${amount}`]);
  });

  it('on usage that was not used changes nothing', () => {
    const floor = [
      usage({ id: 'base', price: { model: 'doubleFlat', floor: '1000', unitPrice: '1', ceiling: '2000' } }),
    ];
    expect(april(floor, agree({}))).toEqual(['base 1000']);
  });
});
