/**
 * Are days taken as the DMN Technology Compatibility Kit has them (github.com/dmn-tck/tck, Apache-2.0, level 3)? Restated:
 * 0095 day of the year, 0096 day of the week, 0097 month of the year, 1115 which texts are days, 1121 whole months between two.
 */
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  daysBetween,
  isCivilDate,
  monthNumber,
  weekday,
  year,
} from '#engine/calendar/civil-date.ts';
import { completeMonths } from '#engine/calendar/term.ts';

describe('a day', () => {
  it.each([
    ['1970-01-01', 1],
    ['2019-12-31', 365],
    ['2020-12-31', 366],
    ['2019-09-17', 260],
    ['2019-09-17', 260],
  ])('0095: %s is day %i of its year', (day, expected) => {
    expect(daysBetween(`${String(year(day))}-01-01`, day) + 1).toBe(expected);
  });

  it('0096: from 11 January 2021 on it is Monday to Sunday; 17 September 2019 was a Tuesday', () => {
    expect([0, 1, 2, 3, 4, 5, 6].map((later) => weekday(addDays('2021-01-11', later)))).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(weekday('2019-09-17')).toBe(2);
  });

  it('0097: from 1 January 2021 on it is January to December; 17 September is in September', () => {
    const months = Array.from({ length: 12 }, (_, later) => monthNumber(addMonths('2021-01-01', later)));
    expect(months).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(monthNumber('2019-09-17')).toBe(9);
  });

  it.each(['2017-12-31', '2017-01-01'])('1115: %s is one', (text) => {
    expect(isCivilDate(text)).toBe(true);
  });

  it.each([
    ['2012-12-25T', 'a moment without its time'],
    ['', 'nothing'],
    ['2012/12/25', 'written with strokes'],
    ['0000-12-25T', 'a year nought'],
    ['9999999999-12-25', 'a year that far off'],
    ['2017-13-10', 'a thirteenth month'],
    ['2017-12-32', 'a thirty-second day'],
    ['998-12-31', 'a year of three digits'],
    ['01211-12-31', 'a year with a nought in front'],
    ['2012T-12-2511:00:00Z', 'a moment with its parts mixed up'],
    ['+2012-12-02', 'a year with its sign'],
  ])('1115: %j is none: %s', (text) => {
    expect(isCivilDate(text)).toBe(false);
  });

  it.each([
    ['2011-12-22', '2013-08-24', 20],
    ['2015-01-21', '2016-01-21', 12],
    ['2016-01-21', '2015-01-21', -12],
    ['2016-01-01', '2016-01-01', 0],
    ['2011-12-22', '2013-08-24', 20],
    ['2016-01-21', '2015-01-21', -12],
  ])('1121: from %s to %s are %i whole months', (from, to, months) => {
    expect(completeMonths(from, to)).toBe(months);
  });
});
