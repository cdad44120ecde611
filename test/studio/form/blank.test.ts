/** Does a new thing say as little as it must, and does a thing that changes its kind keep what it can? */
import { describe, expect, it } from 'vitest';
import { definition } from '#lib/rulesets/schema-walk.ts';
import { asBranch, blankOf, newId } from '#lib/form/blank.ts';
import { shapeOf, type Branch, type Shape } from '#lib/form/field-shape.ts';

const charge = shapeOf({ $ref: '#/$defs/Charge' }, 'charges') as Extract<Shape, { is: 'variant' }>;
const price = shapeOf({ $ref: '#/$defs/UsagePrice' }, 'price') as Extract<Shape, { is: 'variant' }>;

function branch(shape: Extract<Shape, { is: 'variant' }>, value: string): Branch {
  const found = shape.branches.find((each) => each.value === value);
  if (found === undefined) throw new Error(value);
  return found;
}

describe('what becomes of existing customers', () => {
  const existing = shapeOf({ $ref: '#/$defs/ExistingCustomers' }, 'existing') as Extract<Shape, { is: 'variant' }>;

  it('asks for what the mode needs, and keeps the day from one that has it to another', () => {
    expect(blankOf({ $ref: '#/$defs/ExistingCustomers' }, 'existing')).toEqual({ mode: 'grandfather' });
    const onDate = { mode: 'fromDate', date: '2026-07-01' };
    expect(asBranch(existing, onDate, branch(existing, 'migrate'))).toEqual({
      mode: 'migrate',
      date: '2026-07-01',
      cohort: { all: [{ fact: 'customer.type', operator: 'equal', value: 'individual' }] },
    });
    expect(asBranch(existing, onDate, branch(existing, 'onRenewal'))).toEqual({ mode: 'onRenewal' });
  });
});

describe('a new thing', () => {
  it('has what it must have: choices at their first, figures still to be filled in, no amount by itself', () => {
    expect(blankOf({ $ref: '#/$defs/Tier' })).toEqual({ upTo: null, unitPrice: '' });
    expect(blankOf({ $ref: '#/$defs/OpenPeriod' })).toEqual({ from: '', to: null });
    expect(blankOf({ $ref: '#/$defs/Discount' }, 'discounts', [{ id: 'half' }])).toEqual({
      id: 'half-2',
      name: { ja: '', en: '' },
      effect: { op: 'percentOff', percent: '' },
      target: { charges: [] },
    });
  });

  it('has one thing where a list must not be empty', () => {
    expect(blankOf({ $ref: '#/$defs/GraduatedPrice' })).toEqual({
      model: 'graduated',
      tiers: [{ upTo: null, unitPrice: '' }],
    });
  });

  it('has a name that no sibling has', () => {
    expect(newId([{ id: 'base' }, { id: 'base-2' }])).toBe('base-3');
    expect(newId([], definition('MatrixRow') as never)).toBe('row-1');
  });
});

describe('a thing that becomes another kind of thing', () => {
  it('keeps what both kinds ask for', () => {
    const recurring = {
      ...{ type: 'recurring', id: 'base', name: { ja: '基本料', en: 'Basic fee' }, price: '2980' },
      ...{ taxCategory: 'standard', proration: { start: 'byDay', end: 'full', change: 'byDay' }, perUnit: true },
    };
    expect(asBranch(charge, recurring, branch(charge, 'oneTime'))).toEqual({
      ...{ type: 'oneTime', id: 'base', name: { ja: '基本料', en: 'Basic fee' } },
      ...{ on: 'start', price: '2980', taxCategory: 'standard' },
    });
  });

  it('keeps its tiers from one tiered price to the other, and drops them where there are none', () => {
    const volume = { model: 'volume', tiers: [{ upTo: '100', unitPrice: '20' }], bestOf: true };
    expect(asBranch(price, volume, branch(price, 'graduated'))).toEqual({ model: 'graduated', tiers: volume.tiers });
    expect(asBranch(price, volume, branch(price, 'perUnit'))).toEqual({ model: 'perUnit', unitPrice: '' });
  });

  it('does not take a text for something else of the same name', () => {
    const usage = {
      type: 'usage',
      id: 'calls',
      price: { model: 'perUnit', unitPrice: '10' },
      name: { ja: '', en: '' },
    };
    expect(asBranch(charge, usage, branch(charge, 'recurring'))).toMatchObject({
      type: 'recurring',
      id: 'calls',
      price: '',
    });
  });
});
