/** Do periods meet without a gap and without an overlap? */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#engine/calendar/civil-date.ts';
import { contains, days, monthOf, overlap, type Period } from '#engine/calendar/period.ts';
import { civilDates } from './arbitraries.ts';

const april: Period = { start: '2026-04-01', end: '2026-05-01' };

describe('a half-open period', () => {
  it.each([
    ['2026-03-31', false, 'the day before'],
    ['2026-04-01', true, 'its first day'],
    ['2026-04-30', true, 'its last day'],
    ['2026-05-01', false, 'its end is the first day after'],
  ])('April 2026 and %s: %s, %s', (date, belongs) => expect(contains(april, date)).toBe(belongs));

  it.each<[string, string, Period | undefined, string]>([
    ['2026-04-15', '2026-06-01', { start: '2026-04-15', end: '2026-05-01' }, 'from the middle on'],
    ['2026-01-01', '2026-04-11', { start: '2026-04-01', end: '2026-04-11' }, 'its first ten days'],
    ['2026-04-10', '2026-04-11', { start: '2026-04-10', end: '2026-04-11' }, 'one day inside'],
    ['2026-01-01', '2027-01-01', april, 'all of it'],
    ['2026-05-01', '2026-06-01', undefined, 'neighbours share no day'],
    ['2026-03-01', '2026-04-01', undefined, 'on either side'],
    ['2026-04-10', '2026-04-10', undefined, 'an empty period has no day to share'],
  ])('April 2026 and %s to %s', (start, end, shared) => {
    expect(overlap(april, { start, end })).toEqual(shared);
    expect(overlap({ start, end }, april)).toEqual(shared);
  });

  it.each([
    ['2026-04-18', 30],
    ['2026-02-28', 28],
    ['2024-02-29', 29],
    ['2026-12-31', 31],
  ])('the month of %s has %i days', (date, length) => {
    expect(days(monthOf(date))).toBe(length);
    expect(contains(monthOf(date), date)).toBe(true);
  });

  it('shares exactly the days that lie in both', () => {
    const period = fc.tuple(civilDates, fc.nat({ max: 60 })).map(([start, n]) => ({ start, end: addDays(start, n) }));
    const neighbour = fc.tuple(period, fc.integer({ min: -70, max: 70 }), fc.nat({ max: 60 }));
    fc.assert(
      fc.property(neighbour, ([a, offset, length]) => {
        const start = addDays(a.start, offset);
        const b = { start, end: addDays(start, length) };
        const shared = overlap(a, b);
        const inBoth = eachDay(a).filter((date) => contains(b, date));
        expect(shared === undefined ? [] : eachDay(shared)).toEqual(inBoth);
        expect(shared === undefined ? 0 : days(shared)).toBe(inBoth.length);
      }),
    );
  });
});

function eachDay(period: Period): string[] {
  return Array.from({ length: days(period) }, (_, index) => addDays(period.start, index));
}
