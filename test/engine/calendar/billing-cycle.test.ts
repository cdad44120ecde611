/** Does every day belong to one month's bill, and to one only, whatever the closing day? */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { addDays, addMonths } from '#engine/calendar/civil-date.ts';
import {
  monthOfDate,
  monthsBetween,
  monthsLater,
  nextMonth,
  periodOfMonth,
  sectionsOfMonth,
  type Closing,
  type ClosingRule,
} from '#engine/calendar/billing-cycle.ts';
import { contains, days } from '#engine/calendar/period.ts';

describe('the period that closes in a month', () => {
  it.each([
    ['2026-11', 20, '2026-10-21', '2026-11-21', '20日締め: 21 October to 20 November'],
    ['2026-11', 31, '2026-11-01', '2026-12-01', '月末締め: the calendar month'],
    ['2026-02', 31, '2026-02-01', '2026-03-01', 'February closes on its last day'],
    ['2026-03', 31, '2026-03-01', '2026-04-01', 'and March begins on its first'],
    ['2026-02', 30, '2026-01-31', '2026-03-01', 'the 30th: 31 January belongs to February'],
    ['2026-03', 30, '2026-03-01', '2026-03-31', 'March closes on the 30th again'],
    ['2024-02', 29, '2024-01-30', '2024-03-01', 'the 29th of a leap year is the end of February'],
    ['2025-02', 29, '2025-01-30', '2025-03-01', 'as is the 28th of another year'],
    ['2026-01', 10, '2025-12-11', '2026-01-11', 'over the turn of the year'],
    ['2026-12', 25, '2026-11-26', '2026-12-26', '25日締め'],
    ['2026-05', 1, '2026-04-02', '2026-05-02', 'closing on the first'],
  ])('%s closing on %i: %s up to %s (%s)', (month, closingDay, start, end) =>
    expect(periodOfMonth(month, closingDay)).toEqual({ start, end }),
  );

  it.each([
    ['2026-11-20', 20, '2026-11', 'the closing day itself'],
    ['2026-11-21', 20, '2026-12', 'the day after'],
    ['2026-12-21', 20, '2027-01', 'over the turn of the year'],
    ['2026-02-28', 31, '2026-02', 'the end of February'],
    ['2026-02-28', 29, '2026-02', 'which closes it where there is no 29th'],
    ['2026-01-31', 30, '2026-02', 'a 31st after closing on the 30th'],
    ['2026-01-31', 31, '2026-01', 'the end of a month'],
  ])('%s, closing on %i, is on the bill of %s: %s', (date, closingDay, month) =>
    expect(monthOfDate(date, closingDay)).toBe(month),
  );
});

describe.each(Array.from({ length: 31 }, (_, index) => index + 1))('closing on day %i', (closingDay) => {
  const months = Array.from({ length: 12 * 9 }, (_, index) => monthsLater('2023-01', index));

  it('tiles the calendar: no gap and no overlap over leap years', () => {
    const torn = months.filter(
      (month) => periodOfMonth(month, closingDay).end !== periodOfMonth(nextMonth(month), closingDay).start,
    );
    expect(torn).toEqual([]);
    const lengths = months.map((month) => days(periodOfMonth(month, closingDay)));
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(28);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(31);
  });

  it('closes inside the month it names, on the closing day or the last day', () => {
    const strayed = months.filter((month) => {
      const lastDay = addDays(periodOfMonth(month, closingDay).end, -1);
      const isClosingDay = Number(lastDay.slice(8)) === closingDay;
      return lastDay.slice(0, 7) !== month || !(isClosingDay || addDays(lastDay, 1).endsWith('-01'));
    });
    expect(strayed).toEqual([]);
  });

  it('puts every day on the bill whose period contains it', () => {
    const misplaced: string[] = [];
    for (let date = '2023-01-01'; date < '2029-01-01'; date = addDays(date, 1)) {
      const month = monthOfDate(date, closingDay);
      const homes = [monthsLater(month, -1), month, nextMonth(month)].filter((candidate) =>
        contains(periodOfMonth(candidate, closingDay), date),
      );
      if (homes.join() !== month) misplaced.push(date);
    }
    expect(misplaced).toEqual([]);
  });
});

describe('counted from the anchor (応当日)', () => {
  it.each([
    ['2026-02', 31, '2026-01-31', '2026-02-28', 'from the 31st to the day before the last of February'],
    ['2026-03', 31, '2026-02-28', '2026-03-31', 'from that last day, and back again'],
    ['2026-04', 31, '2026-03-31', '2026-04-30', 'April has no 31st'],
    ['2028-02', 31, '2028-01-31', '2028-02-29', 'nor has a leap February'],
    ['2025-02', 29, '2025-01-29', '2025-02-28', 'one who began on 29 February, a year later'],
    ['2025-03', 29, '2025-02-28', '2025-03-29', 'and back to the 29th'],
    ['2028-02', 29, '2028-01-29', '2028-02-29', 'until there is a 29th of February again'],
    ['2026-02', 30, '2026-01-30', '2026-02-28', 'the 30th'],
    ['2026-11', 15, '2026-10-15', '2026-11-15', 'a day that every month has'],
    ['2026-11', 1, '2026-11-01', '2026-12-01', 'from the 1st: the calendar month'],
    ['2026-11', 2, '2026-10-02', '2026-11-02', 'from the 2nd: it closes on the 1st'],
  ])('%s from the %i: %s up to %s (%s)', (month, anniversary, start, end) =>
    expect(periodOfMonth(month, { anniversary })).toEqual({ start, end }),
  );

  it('every period begins so many months after the anchor, over years', () => {
    for (const anchor of Array.from({ length: 31 }, (_, index) => addDays('2024-01-01', index)).concat('2024-02-29')) {
      const anniversary = Number(anchor.slice(8));
      const first = monthOfDate(anchor, { anniversary });
      for (let n = 0; n < 12 * 9; n += 1) {
        const period = periodOfMonth(monthsLater(first, n), { anniversary });
        expect(period).toEqual({ start: addMonths(anchor, n), end: addMonths(anchor, n + 1) });
      }
    }
  });
});

describe('closing days that change', () => {
  const fromMonthEnd: Closing = { first: 31, changes: [{ from: '2026-11', to: 20 }] };
  const fromTwentieth: Closing = { first: 20, changes: [{ from: '2026-12', to: 31 }] };

  it.each([
    [fromMonthEnd, '2026-10', [['2026-10-01', '2026-11-01', '2026-10-01', '2026-11-01']], 'the last of the old'],
    [fromMonthEnd, '2026-11', [['2026-11-01', '2026-11-21', '2026-10-21', '2026-11-21']], 'shorter'],
    [fromMonthEnd, '2026-12', [['2026-11-21', '2026-12-21', '2026-11-21', '2026-12-21']], 'regular again'],
    [
      fromTwentieth,
      '2026-12',
      [
        ['2026-11-21', '2026-12-01', '2026-11-01', '2026-12-01'],
        ['2026-12-01', '2027-01-01', '2026-12-01', '2027-01-01'],
      ],
      'longer: the rest of a month, and a month',
    ],
  ])('%j: %s is %j (%s)', (closing, month, sections) =>
    expect(
      sectionsOfMonth(month, closing).map(({ period, of }) => [period.start, period.end, of.start, of.end]),
    ).toEqual(sections),
  );

  const day = fc.integer({ min: 1, max: 31 });
  const rule: fc.Arbitrary<ClosingRule> = fc.oneof(
    day,
    day.map((anniversary) => ({ anniversary })),
  );
  const months = Array.from({ length: 30 }, (_, index) => monthsLater('2027-06', index));
  const closings = fc
    .record({
      first: rule,
      at: fc.subarray(months, { maxLength: 8 }),
      to: fc.array(rule, { minLength: 8, maxLength: 8 }),
    })
    .map(({ first, at, to }): Closing => ({ first, changes: at.map((from, index) => ({ from, to: to[index]! })) }));

  it('months tile the days, none is empty, each closes within itself; sections tile the period within regular ones', () => {
    fc.assert(
      fc.property(closings, (closing) => {
        for (const month of months) {
          const { start, end } = periodOfMonth(month, closing);
          expect(periodOfMonth(nextMonth(month), closing).start).toBe(end);
          expect(days({ start, end })).toBeGreaterThan(0);
          expect(addDays(end, -1).slice(0, 7)).toBe(month);
          expect([monthOfDate(start, closing), monthOfDate(addDays(end, -1), closing)]).toEqual([month, month]);
          let next = start;
          for (const { period, of } of sectionsOfMonth(month, closing)) {
            expect(period.start).toBe(next);
            expect(of.start <= period.start && period.end <= of.end).toBe(true);
            next = period.end;
          }
          expect(next).toBe(end);
        }
      }),
    );
  });
});

describe('months', () => {
  it.each([
    ['2026-11', 1, '2026-12'],
    ['2026-12', 1, '2027-01'],
    ['2026-01', -1, '2025-12'],
    ['2026-01', -13, '2024-12'],
    ['2026-06', 30, '2028-12'],
    ['2026-06', 0, '2026-06'],
  ])('%s and %i is %s', (month, n, later) => {
    expect(monthsLater(month, n)).toBe(later);
    expect(monthsBetween(month, later)).toBe(n);
  });
});
