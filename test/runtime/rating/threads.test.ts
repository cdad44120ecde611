/** Do threads rate as one does, and can the release change under them? */
import { afterAll, describe, expect, it } from 'vitest';
import { toText } from '#engine/money/exact.ts';
import { columnsOf, type UsageColumns } from '#engine/rating/columns.ts';
import { rateColumns, ratingOf, type Rating } from '#engine/rating/rate.ts';
import { rateInThreads, ratingThreads, slicesOf } from '#runtime/rating/rate-in-threads.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import type { UsageCharge } from '#schemas/generated/types.ts';
import { plan, usage } from '../../engine/billing/build.ts';

const pool = ratingThreads(2);
afterAll(() => pool.destroy());

const PRODUCTS = 300;

/** Three hundred products with 1, 2, 3, … 12 calls each, and data. */
const columns = ((): UsageColumns => {
  const made = columnsOf(
    Array.from({ length: PRODUCTS }, (_, index) => index).flatMap((index) =>
      Array.from({ length: (index % 12) + 1 }, (_use, number) => ({
        plan: `plan-${String(index % 2)}`,
        use: {
          id: `U-${String(number).padStart(2, '0')}`,
          product: `P-${String(index).padStart(3, '0')}`,
          meter: number % 3 === 0 ? 'data.kilobytes' : 'voice.seconds',
          startedAt: `2026-04-${String(number + 10)}T10:00:00`,
          quantity: String(37 * (index + 1) * (number + 1)),
        },
      })),
    ),
  );
  if ('notWhole' in made) throw new Error('quantities are whole');
  return made;
})();

const tiers = [
  { upTo: '100', unitPrice: '0.5' },
  { upTo: null, unitPrice: '0.25' },
];

const release = (voice: string, data: UsageCharge['price']): Rating => {
  const body = {
    charges: [
      usage({ price: { model: 'perUnit', unitPrice: voice }, bounds: { cap: '5500' } }),
      usage({ id: 'data', meter: 'data.kilobytes', price: data, unit: { size: '128', rounding: 'up', per: 'event' } }),
    ],
  };
  const plans = ['plan-0', 'plan-1'].map((id) => plan(body.charges, { id, body }));
  return ratingOf(new Map(plans.map((each) => [each.id, each])), columns, evaluateSource);
};

const first = release('20', { model: 'graduated', tiers });
const second = release('22', { model: 'volume', tiers, bestOf: true });

describe('threads', () => {
  it('are given whole products', () => {
    const slices = slicesOf(columns, 7);
    expect(slices[0]?.from).toBe(0);
    expect(slices.at(-1)?.to).toBe(columns.count);
    for (const { from } of slices.slice(1)) expect(columns.product[from]).not.toBe(columns.product[from - 1]);
  });

  it.each([1, 50, 1_000_000])('come to the same amounts with %i uses a task', async (usesATask) => {
    const alone = rateColumns(first, columns);
    const together = await rateInThreads(pool, first, columns, usesATask);
    expect(Buffer.from(together.amounts.buffer).equals(Buffer.from(alone.amounts.buffer))).toBe(true);
    expect(toText(together.total)).toBe(toText(alone.total));
    expect([together.scaledUses, together.exactUses]).toEqual([columns.count, 0]);
  });

  it('take up another release from the next task on, and the first one again', async () => {
    const totals = [first, second, first].map((rating) => toText(rateColumns(rating, columns).total));
    expect(totals[0]).not.toBe(totals[1]);
    const done = await Promise.all([first, second, first].map((rating) => rateInThreads(pool, rating, columns, 100)));
    expect(done.map(({ total }) => toText(total))).toEqual(totals);
    // The best of several tiers is left to fractions, and counted.
    expect(done[1]?.exactUses).toBe(
      columns.meter.codes.filter((code) => columns.meter.words[code] === 'data.kilobytes').length,
    );
  });
});
