/** Is every day followed by the right one, over leap years, centuries and short months? */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  daysBetween,
  firstOfMonth,
  fromDayNumber,
  isCivilDate,
  lastDayOfMonth,
  toDayNumber,
  weekday,
} from '#engine/calendar/civil-date.ts';
import { civilDates } from './arbitraries.ts';

describe('a day that exists', () => {
  it.each([
    ['2024-02-29', 'a leap year'],
    ['2000-02-29', 'a century that divides by 400'],
    ['2026-12-31', 'the last of the year'],
    ['0001-01-01', 'the first'],
    ['9999-12-31', 'the last'],
  ])('%s: %s', (text) => expect(isCivilDate(text)).toBe(true));

  it.each([
    ['2025-02-29', 'no leap year'],
    ['1900-02-29', 'a century'],
    ['2100-02-29', 'a century'],
    ['2026-04-31', 'April has 30 days'],
    ['2026-00-10', 'no month'],
    ['2026-13-01', 'no month'],
    ['2026-01-00', 'no day'],
    ['2026-01-32', 'no day'],
    ['0000-01-01', 'no year'],
    ['2026-1-1', 'digits missing'],
    ['20260101', 'lines missing'],
    ['2026/01/01', 'not the line'],
    ['2026-01-01T00:00:00', 'a time is not a day'],
    [' 2026-01-01', 'a space'],
    ['2026-01-01\n', 'a line end'],
    ['２０２６-01-01', 'wide digits'],
    ['-026-01-01', 'a sign'],
    ['', 'nothing'],
  ])('%j is none: %s', (text) => expect(isCivilDate(text)).toBe(false));
});

describe('days later and earlier', () => {
  it.each([
    ['2024-02-28', 1, '2024-02-29', 'a leap day'],
    ['2024-02-28', 2, '2024-03-01', 'and past it'],
    ['2025-02-28', 1, '2025-03-01', 'no leap day'],
    ['1900-02-28', 1, '1900-03-01', 'no leap day in 1900'],
    ['2000-02-28', 1, '2000-02-29', 'but in 2000'],
    ['2025-12-31', 1, '2026-01-01', 'a new year'],
    ['2026-01-01', -1, '2025-12-31', 'the year before'],
    ['2026-03-01', -1, '2026-02-28', 'a month before'],
    ['2026-04-15', 0, '2026-04-15', 'no step'],
    ['2026-04-27', 1, '2026-04-28', 'inside the month'],
    ['2026-04-28', 1, '2026-04-29', 'on to the days that not every month has'],
    ['2026-04-30', 1, '2026-05-01', 'a month of 30'],
    ['2024-01-01', 366, '2025-01-01', 'a leap year has 366'],
    ['2000-01-01', 146_097, '2400-01-01', 'four hundred years'],
    ['1970-01-01', -1, '1969-12-31', 'before the count begins'],
  ])('%s and %i is %s: %s', (date, days, later) => {
    expect(addDays(date, days)).toBe(later);
    expect(daysBetween(date, later)).toBe(days);
    expect(daysBetween(later, date)).toBe(0 - days);
  });

  it('every day from 1600 to 2400 is the one that Date says', () => {
    const wrong: string[] = [];
    let date = '1600-01-01';
    for (let n = Date.UTC(1600, 0, 1) / 86_400_000; date < '2400-12-31'; n += 1) {
      const known = new Date(n * 86_400_000);
      const isRight =
        known.toISOString().startsWith(date) &&
        toDayNumber(date) === n &&
        fromDayNumber(n) === date &&
        weekday(date) % 7 === known.getUTCDay() &&
        isCivilDate(date);
      if (!isRight) wrong.push(date);
      date = addDays(date, 1);
    }
    expect(wrong).toEqual([]);
  });

  it('comes back, and counts what it stepped', () => {
    fc.assert(
      fc.property(civilDates, fc.integer({ min: -80_000, max: 80_000 }), (date, n) => {
        const later = addDays(date, n);
        expect(isCivilDate(later)).toBe(true);
        expect(addDays(later, -n)).toBe(date);
        expect(daysBetween(date, later)).toBe(n);
        expect(Math.sign(n)).toBe(later > date ? 1 : later < date ? -1 : 0);
      }),
    );
  });

  it('does not leave the calendar', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow('outside the calendar');
    expect(() => addDays('0001-01-01', -1)).toThrow('outside the calendar');
    expect(() => addMonths('9999-12-01', 1)).toThrow('outside the calendar');
    expect(() => addDays('no day at all', 40)).toThrow('outside the calendar');
  });
});

describe('months later and earlier', () => {
  it.each([
    ['2026-01-15', 1, '2026-02-15', 'the corresponding day'],
    ['2026-01-31', 1, '2026-02-28', 'clamped to the last day'],
    ['2024-01-31', 1, '2024-02-29', 'of a leap year, too'],
    ['2026-01-31', 2, '2026-03-31', 'and back, counted from the first day'],
    ['2026-01-30', 1, '2026-02-28', 'the 30th'],
    ['2026-01-29', 1, '2026-02-28', 'the 29th'],
    ['2028-01-29', 1, '2028-02-29', 'which a leap year has'],
    ['2024-02-29', 12, '2025-02-28', 'a leap-day anniversary'],
    ['2024-02-29', 48, '2028-02-29', 'and back on the leap day'],
    ['2026-03-31', -1, '2026-02-28', 'backwards'],
    ['2026-01-31', -2, '2025-11-30', 'over the year'],
    ['2026-12-31', 1, '2027-01-31', 'a new year'],
    ['2026-05-31', 0, '2026-05-31', 'no step'],
    ['2024-04-01', 24, '2026-04-01', 'two years'],
  ])('%s and %i is %s: %s', (date, months, later) => expect(addMonths(date, months)).toBe(later));

  it('comes back where every month has the day', () => {
    fc.assert(
      fc.property(civilDates, fc.integer({ min: -1_200, max: 1_200 }), (date, n) => {
        const upTo28 = date.slice(8) > '28' ? `${date.slice(0, 8)}28` : date;
        expect(addMonths(addMonths(upTo28, n), -n)).toBe(upTo28);
      }),
    );
  });

  it('reaches the month meant, on the day meant or the last that there is', () => {
    fc.assert(
      fc.property(civilDates, fc.integer({ min: -1_200, max: 1_200 }), (date, n) => {
        const later = addMonths(date, n);
        const known = new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1 + n, 1));
        expect(later.slice(0, 7)).toBe(known.toISOString().slice(0, 7));
        expect(isCivilDate(later)).toBe(true);
        expect(
          later.slice(8) === date.slice(8) ||
            (later < `${later.slice(0, 8)}${date.slice(8)}` && later === lastDayOfMonth(later)),
        ).toBe(true);
      }),
    );
  });
});

describe('within a month', () => {
  it.each([
    ['2024-02-10', '2024-02-01', '2024-02-29'],
    ['2025-02-28', '2025-02-01', '2025-02-28'],
    ['2026-04-01', '2026-04-01', '2026-04-30'],
    ['2026-12-31', '2026-12-01', '2026-12-31'],
  ])('%s lies between %s and %s', (date, first, last) => {
    expect(firstOfMonth(date)).toBe(first);
    expect(lastDayOfMonth(date)).toBe(last);
  });

  it.each([
    ['2025-09-27', 6, 'Saturday'],
    ['2016-03-27', 7, 'Sunday'],
    ['2026-02-28', 6, 'Saturday'],
    ['2025-12-31', 3, 'Wednesday'],
    ['2026-05-04', 1, 'Monday'],
    ['1969-12-28', 7, 'a Sunday before the count begins'],
  ])('%s is day %i of the week, a %s', (date, day) => expect(weekday(date)).toBe(day));
});
