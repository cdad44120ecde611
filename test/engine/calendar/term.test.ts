/** When is a term over, and which contract year is it? Rows from the Civil Code and by hand. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths } from '#engine/calendar/civil-date.ts';
import { completeMonths, contractYear, termEnd } from '#engine/calendar/term.ts';
import { civilDates } from './arbitraries.ts';

describe('the end of a term, by Civil Code 143', () => {
  it.each([
    // started on  months  last day      because
    ['2024-04-15', 24, '2026-04-14', 'the day before the corresponding day'],
    ['2024-04-01', 24, '2026-03-31', 'AX-01: a two-year contract'],
    ['2024-02-29', 12, '2025-02-28', 'no 29th: the last day of the month, not the day before it'],
    ['2024-02-29', 24, '2026-02-28', 'likewise after two years'],
    ['2024-02-29', 48, '2028-02-28', 'a 29th again: the day before it'],
    ['2025-01-31', 1, '2025-02-28', 'no 31st'],
    ['2024-01-31', 1, '2024-02-29', 'the last day of a leap February'],
    ['2025-01-31', 2, '2025-03-30', 'a 31st again'],
    ['2025-08-31', 6, '2026-02-28', 'half a year into February'],
    ['2025-08-31', 1, '2025-09-30', 'a month of 30'],
    ['2023-03-01', 12, '2024-02-29', 'the day before 1 March'],
    ['2025-01-30', 1, '2025-02-28', 'no 30th'],
    ['2025-01-29', 1, '2025-02-28', 'no 29th'],
    ['2025-01-28', 1, '2025-02-27', 'a 28th'],
  ])('started on %s for %i months ends with %s: %s', (start, months, lastDay) =>
    expect(termEnd(start, months)).toBe(addDays(lastDay, 1)),
  );

  it('is the anniversary, or the day after where the month is too short for one', () => {
    fc.assert(
      fc.property(civilDates, fc.integer({ min: 1, max: 240 }), (start, months) => {
        const [end, anniversary] = [termEnd(start, months), addMonths(start, months)];
        const hasCorrespondingDay = anniversary.slice(8) === start.slice(8);
        expect(end).toBe(hasCorrespondingDay ? anniversary : addDays(anniversary, 1));
        expect(hasCorrespondingDay || end.endsWith('-01')).toBe(true);
        expect(termEnd(start, months) < termEnd(start, months + 1)).toBe(true);
      }),
    );
  });
});

describe('complete months', () => {
  it.each([
    ['2024-04-15', '2024-04-15', 0, 'the first day'],
    ['2024-04-15', '2024-05-14', 0, 'a month less a day'],
    ['2024-04-15', '2024-05-15', 1, 'the corresponding day'],
    ['2024-04-15', '2026-04-15', 24, 'two years'],
    ['2026-01-31', '2026-02-27', 0, 'not yet'],
    ['2026-01-31', '2026-02-28', 1, 'clamped to the end of February'],
    ['2026-01-31', '2026-03-30', 1, 'and back to the 31st in March'],
    ['2026-01-31', '2026-03-31', 2, 'which is the second'],
    ['2024-02-29', '2025-02-28', 12, 'a leap-day anniversary'],
    ['2024-02-29', '2028-02-28', 47, 'a leap year has the 29th'],
    ['2024-04-15', '2024-04-14', -1, 'before the start'],
  ])('from %s to %s are %i: %s', (start, on, months) => expect(completeMonths(start, on)).toBe(months));

  it('are the most months whose anniversary has come', () => {
    fc.assert(
      fc.property(civilDates, fc.integer({ min: -2_000, max: 20_000 }), (start, n) => {
        const on = addDays(start, n);
        const months = completeMonths(start, on);
        expect(addMonths(start, months) <= on).toBe(true);
        expect(addMonths(start, months + 1) > on).toBe(true);
      }),
    );
  });
});

describe('contract years', () => {
  it.each([
    ['2024-04-01', '2024-04-01', 1, 'the first day'],
    ['2024-04-01', '2025-03-31', 1, 'the last day of the first year'],
    ['2024-04-01', '2025-04-01', 2, 'AX-02a: year 2 starts in month 13'],
    ['2024-04-01', '2028-04-01', 5, 'and year 5 in month 49'],
    ['2011-04-01', '2026-03-31', 15, 'fifteen years, less a day'],
    ['2024-02-29', '2025-02-27', 1, 'a leap-day start'],
    ['2024-02-29', '2025-02-28', 2, 'has its anniversary on the 28th'],
    ['2024-02-29', '2028-02-28', 4, 'except in a leap year'],
    ['2024-02-29', '2028-02-29', 5, 'when it is the 29th'],
    ['2024-04-01', '2024-03-31', 0, 'before the start'],
  ])('started on %s, %s lies in year %i: %s', (start, on, year) => expect(contractYear(start, on)).toBe(year));
});
