/** Where may whole numbers of a machine stand for amounts, and what happens where they may not? */
import { describe, expect, it } from 'vitest';
import { BillingProblem } from '#engine/billing/problem.ts';
import { toText } from '#engine/money/exact.ts';
import { columnsOf, type UsageColumns } from '#engine/rating/columns.ts';
import { rateColumns, ratingOf } from '#engine/rating/rate.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import type { Condition, UsageCharge, UsagePrice } from '#schemas/generated/types.ts';
import { plan, usage } from '../billing/build.ts';

function columns(quantities: readonly string[], attributes: Record<string, string> = {}): UsageColumns {
  const made = columnsOf(
    quantities.map((quantity, index) => ({
      plan: 'plan',
      use: {
        id: `U-${String(index)}`,
        product: 'P-1',
        meter: 'voice.seconds',
        startedAt: `2026-04-1${String(index)}T10:00:00`,
        quantity,
        attributes,
      },
    })),
  );
  if ('notWhole' in made) throw new Error(`${made.notWhole.quantity} is not whole`);
  return made;
}

const ratedBy = (charge: Partial<UsageCharge>, of: UsageColumns) => {
  const rating = ratingOf(new Map([['plan', plan([usage(charge)])]]), of, evaluateSource);
  return { rating, rated: rateColumns(rating, of) };
};

const each = { size: '1', rounding: 'up', per: 'event' } as const;
const perUnit = (unitPrice: string): UsagePrice => ({ model: 'perUnit', unitPrice });

describe('uses', () => {
  it('are rated in whole numbers at the scale that the prices need: 0.0825 yen at four places', () => {
    const { rating, rated } = ratedBy({ unit: each, price: perUnit('0.0825') }, columns(['3', '1']));
    expect(rating.tables.places).toBe(4);
    expect([...rated.amounts]).toEqual([2_475, 825]);
    expect([toText(rated.total), rated.scaledUses, rated.exactUses]).toEqual(['0.33', 2, 0]);
  });

  it.each<[because: string, charge: Partial<UsageCharge>, quantity: string, reason: string, total: string]>([
    [
      'amounts may grow past 2^53',
      { unit: each, price: perUnit('1000000.5') },
      '99999999999',
      'too large',
      '100000049998999999.5',
    ],
    [
      'a price has more decimals than nine',
      { unit: each, price: perUnit('0.0000000001') },
      '3',
      'decimals',
      '0.0000000003',
    ],
    [
      'parts of a unit count',
      { unit: { size: '3', rounding: 'exact', per: 'event' }, price: perUnit('1') },
      '1',
      'parts of units',
      '1/3',
    ],
  ])('go by fractions where %s', (_because, charge, quantity, reason, total) => {
    const { rating, rated } = ratedBy(charge, columns([quantity]));
    expect([...rating.left.values()]).toEqual([reason]);
    expect([toText(rated.total), rated.scaledUses, rated.exactUses]).toEqual([total, 0, 1]);
  });

  it('that no row answers for are named, as the bill names them', () => {
    const price: UsagePrice = {
      model: 'matrix',
      hit: 'first',
      columns: [{ fact: 'usage.destination', match: 'equal' }],
      rows: [{ id: 'near', when: ['near'], unitPrice: '1' }],
    };
    expect(() => ratedBy({ price }, columns(['30'], { destination: 'far' }))).toThrow('usage-unrated');
    expect(toText(ratedBy({ price }, columns(['30'], { destination: 'near' })).rated.total)).toBe('1');
  });

  it.each<[Partial<UsageCharge>, string]>([
    [{ aggregate: 'highest' }, 'aggregate'],
    [{ bounds: { minimum: '500' } }, 'minimum'],
    [{ bounds: { cap: '500', judgedOn: 'net' } }, 'cap'],
  ])('are not rated by themselves where only the month can say: %j', (charge, what) => {
    try {
      ratedBy(charge, columns(['30']));
      expect.fail('it was rated');
    } catch (problem) {
      expect(problem instanceof BillingProblem && problem.diagnostic).toMatchObject({
        code: 'rating-not-use-by-use',
        values: { plan: 'plan', what },
      });
    }
  });

  it('run through the same loop whatever their plan, charge and places are called', () => {
    const price = (place: string): UsagePrice => ({
      model: 'matrix',
      hit: 'first',
      columns: [{ fact: 'usage.destination', match: 'equal' }],
      rows: [{ id: place, when: [place], unitPrice: '1' }],
    });
    const source = (id: string, place: string): string =>
      ratedBy({ id, price: price(place) }, columns(['30'], { destination: place })).rating.source;
    expect(source("'];process.exit()//", '`${alert(1)}`')).toBe(source('call', 'near'));
  });

  it('of two charges on one meter are told apart by where they went, in whole numbers', () => {
    const to = (value: string): Condition => ({
      all: [{ fact: 'usage.destination', operator: 'equal', value }],
    });
    const charges = [
      usage({ id: 'near', unit: each, price: perUnit('1'), where: to('near') }),
      usage({ id: 'far', unit: each, price: perUnit('7'), where: to('far') }),
    ];
    const of = columns(['3'], { destination: 'far' });
    const rated = rateColumns(ratingOf(new Map([['plan', plan(charges)]]), of, evaluateSource), of);
    expect([toText(rated.total), rated.scaledUses]).toEqual(['21', 1]);
  });
});
