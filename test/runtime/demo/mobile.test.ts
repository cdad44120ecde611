/** Are the demo carrier's customers and files the same every time, and does everything that can befall a customer befall one? */
import { describe, expect, it } from 'vitest';
import { addDays, isCivilDate } from '#engine/calendar/civil-date.ts';
import { currentMonth, populationOf, SEED } from '#runtime/demo/kanade-mobile.ts';
import { filesOf } from '#runtime/demo/mobile-files.ts';
import { heldStretches } from '#runtime/demo/population.ts';
import { randomFrom } from '#runtime/demo/random.ts';
import { fullSize, type DemoSize } from '#runtime/demo/seed.ts';
import { toShiftJis } from '#runtime/demo/shift-jis.ts';

const today = '2026-11-25';
const { customers } = fullSize;
const filesOn = (day: string, size: Pick<DemoSize, 'customers' | 'records'>) => {
  const population = populationOf(day, size.customers);
  return currentMonth(day, size.records).files.flatMap((days) => filesOf(SEED, population, days));
};
const small = { customers: 60, records: 2_000 };
const linesOf = (content: Buffer): string[] => content.toString('latin1').trim().split('\n').slice(1);

describe('the customers of the demo carrier', () => {
  const population = populationOf(today, customers);
  const products = population.customers.flatMap((customer) => customer.products);
  const everKnown = products.flatMap(({ history }) => history);

  it('are the same for the same day, and others on another', () => {
    expect(populationOf(today, customers)).toEqual(population);
    expect(populationOf('2026-10-25', customers)).not.toEqual(population);
  });

  it('have histories without a gap, of real days', () => {
    for (const product of products) {
      const held = heldStretches(product);
      expect(held.every(({ from, to }) => isCivilDate(from) && (to === null || (isCivilDate(to) && from < to)))).toBe(
        true,
      );
      expect(held.slice(1).map(({ from }) => from)).toEqual(held.slice(0, -1).map(({ to }) => to));
    }
  });

  it('are known of by today, and nothing is known no longer before it was known', () => {
    const broken = everKnown.filter(
      ({ knownOn, knownUntil }) =>
        knownOn > today || (knownUntil !== null && (knownUntil > today || knownUntil <= knownOn)),
    );
    expect(broken).toEqual([]);
  });

  it.each([
    ['entered late', everKnown.filter(({ knownOn, from }) => knownOn > from)],
    ['entered for a day to come', everKnown.filter(({ from }) => from > today)],
    ['put right', everKnown.filter(({ knownUntil }) => knownUntil !== null)],
    ['at an old price', everKnown.filter(({ boundBy }) => boundBy === 'grandfather')],
    ['suspended', everKnown.filter(({ status }) => status === 'suspended')],
    ['ended', everKnown.filter(({ endReason }) => endReason === 'moving-to-another-carrier')],
    ['in instalments', everKnown.filter(({ offering }) => offering === 'device-instalment')],
    ['with a two-year term', everKnown.filter(({ offering }) => offering === 'smartphone-m-two-year')],
    [
      'put right after a bill',
      everKnown.filter(
        ({ from, knownOn, knownUntil }) => from < '2026-10-01' && knownOn >= '2026-11-01' && knownUntil === null,
      ),
    ],
    ['with a bonus from a shop', products.filter(({ grants }) => grants.includes('switch-and-save'))],
  ])('hold contracts %s', (_, found) => expect(found.length).toBeGreaterThan(0));
});

describe('the usage files of the demo carrier', () => {
  it('are the same to the byte for the same day, and others on another', () => {
    expect(filesOn(today, small)).toEqual(filesOn(today, small));
    expect(filesOn('2026-11-24', small)).not.toEqual(filesOn(today, small));
  });

  it('hold 300,000 records of 1,000 customers up to yesterday, and a hundredth of their lines twice', () => {
    const lines = filesOn(today, fullSize).flatMap(({ content }) => linesOf(content));
    const once = new Set(lines);
    expect(customers).toBe(1_000);
    expect(once.size).toBeGreaterThanOrEqual(300_000);
    expect((lines.length - once.size) / lines.length).toBeCloseTo(0.01, 3);
    expect(lines.filter((line) => line.includes(`${today} `) || line.includes(addDays(today, 1)))).toEqual([]);
  });

  it('come from the grid company in Shift_JIS', () => {
    const readings = filesOn(today, small).find(({ format }) => format === 'electricity-readings')!.content;
    expect(new TextDecoder('shift_jis', { fatal: true }).decode(readings).split('\r\n')[0]).toBe(
      '供給地点特定番号,お客さま名,検針日,使用量kWh',
    );
  });

  it.each(['2026-11-01', '2026-12-31', '2028-02-29', '2027-03-01'])('can be made on %s', (day) => {
    expect(filesOn(day, small).every(({ content }) => content.length > 100)).toBe(true);
  });
});

it('chance from a seed stays within its bounds and reaches both', () => {
  const random = randomFrom(7);
  expect([...new Set(Array.from({ length: 500 }, () => random.between(3, 6)))].sort()).toEqual([3, 4, 5, 6]);
});

it('Shift_JIS is read back as it was written, and refuses what it has no bytes for', () => {
  const text = '供給地点特定番号 佐々木 Ａｱ1\r\n髙﨑';
  expect(new TextDecoder('shift_jis').decode(toShiftJis(text))).toBe(text);
  expect(() => toShiftJis('🙂')).toThrow('Shift_JIS');
});
