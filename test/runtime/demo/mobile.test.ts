/** Are the demo carrier's customers the same every time, and does everything that can befall a customer befall one? */
import { describe, expect, it } from 'vitest';
import { addDays, isCivilDate } from '#engine/calendar/civil-date.ts';
import { mobileFiles } from '#runtime/demo/mobile-files.ts';
import { mobilePopulation } from '#runtime/demo/mobile-population.ts';
import { mobileUsage } from '#runtime/demo/mobile-usage.ts';
import { randomFrom } from '#runtime/demo/random.ts';
import { toShiftJis } from '#runtime/demo/shift-jis.ts';

const today = '2026-11-25';
const filesOf = (seed: number, day: string) => {
  const population = mobilePopulation(seed, day);
  return mobileFiles(seed, population, mobileUsage(seed, population, day), day);
};
const linesOf = (content: Buffer): string[] => content.toString('latin1').trim().split('\n').slice(1);

describe('the customers of the demo carrier', () => {
  const population = mobilePopulation(1, today);
  const products = population.customers.flatMap((customer) => customer.products);

  it('are the same for the same seed and day, and others for another seed', () => {
    expect(mobilePopulation(1, today)).toEqual(population);
    expect(mobilePopulation(2, today)).not.toEqual(population);
  });

  it('have histories without a gap, of real days', () => {
    for (const { history } of products) {
      expect(
        history.every(({ from, to }) => isCivilDate(from) && (to === null || (isCivilDate(to) && from < to))),
      ).toBe(true);
      expect(history.slice(1).map(({ from }) => from)).toEqual(history.slice(0, -1).map(({ to }) => to));
    }
  });

  it('have numbers of their own', () => {
    const numbers = products.flatMap(({ identifier }) => identifier ?? []);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.filter((number) => !/^(0700\d{7}|0300\d{18})$/.test(number))).toEqual([]);
  });

  it.each([
    ['a change of plan', products.filter(({ history }) => new Set(history.map(({ offering }) => offering)).size > 1)],
    ['a suspension', products.filter(({ history }) => history.some(({ status }) => status === 'suspended'))],
    ['an end within this month', products.filter(({ history }) => history.at(-1)!.to?.startsWith('2026-11'))],
    ['a correction of what was believed', products.filter(({ believedBefore }) => believedBefore !== undefined)],
    ['an old price kept', products.filter(({ history }) => history.some(({ boundBy }) => boundBy === 'grandfather'))],
    ['a campaign granted', products.filter(({ grants }) => grants.length > 0)],
    ['a start within this month', products.filter(({ history }) => history[0]!.from >= '2026-11-01')],
    ['tenure from before', products.filter(({ tenureFrom, history }) => tenureFrom < history[0]!.from)],
  ])('know %s', (_, found) => {
    expect(found.length).toBeGreaterThan(0);
  });

  it('can be made on any day, the first of a month and a leap day among them', () => {
    for (const day of ['2026-11-01', '2026-12-31', '2028-02-29', '2027-03-01']) {
      const made = mobilePopulation(3, day);
      expect(made.customers).toHaveLength(300);
      expect(filesOf(3, day).map(({ content }) => content.length > 100)).toEqual([true, true, true]);
    }
  });
});

describe('the usage files of the demo carrier', () => {
  const files = filesOf(1, today);

  it('are the same to the byte for the same seed and day', () => {
    expect(filesOf(1, today)).toEqual(files);
  });

  it('hold some 30,000 records of the month up to yesterday', () => {
    const lines = files.flatMap(({ content }) => linesOf(content));
    expect(lines.length).toBeGreaterThan(28_000);
    expect(lines.length).toBeLessThan(32_000);
    expect(lines.filter((line) => line.includes(`${today} `) || line.includes(addDays(today, 1)))).toEqual([]);
  });

  it('come from the grid company in Shift_JIS', () => {
    const readings = files.find(({ format }) => format === 'electricity-readings')!.content;
    expect(new TextDecoder('shift_jis', { fatal: true }).decode(readings).split('\r\n')[0]).toBe(
      '供給地点特定番号,お客さま名,検針日,使用量kWh',
    );
  });
});

describe('chance from a seed', () => {
  it('stays within its bounds and reaches both', () => {
    const random = randomFrom(7);
    const drawn = new Set(Array.from({ length: 500 }, () => random.between(3, 6)));
    expect([...drawn].sort()).toEqual([3, 4, 5, 6]);
  });

  it('gives weights their share', () => {
    const random = randomFrom(7);
    const often = Array.from({ length: 10_000 }, () =>
      random.weighted([
        [9, 'often'],
        [1, 'seldom'],
        [0, 'never'],
      ]),
    ).filter((value) => value === 'often');
    expect(often.length).toBeGreaterThan(8_800);
    expect(often.length).toBeLessThan(9_200);
  });
});

describe('Shift_JIS', () => {
  it('is read back as it was written', () => {
    const text = '供給地点特定番号 佐々木 Ａｱ1\r\n髙﨑';
    expect(new TextDecoder('shift_jis').decode(toShiftJis(text))).toBe(text);
  });

  it('refuses what it has no bytes for', () => {
    expect(() => toShiftJis('🙂')).toThrow('Shift_JIS');
  });
});
