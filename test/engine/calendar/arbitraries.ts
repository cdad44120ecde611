/** Which days do the laws of the calendar range over? Four centuries, ends of months and leap days more often than by chance. */
import * as fc from 'fast-check';
import { fromDayNumber, lastDayOfMonth, toDayNumber, type CivilDate } from '#engine/calendar/civil-date.ts';

const anyDay = fc.integer({ min: toDayNumber('1900-01-01'), max: toDayNumber('2300-12-31') }).map(fromDayNumber);
const leapDay = fc.integer({ min: 1904 / 4, max: 2296 / 4 }).map((fourth) => lastDayOfMonth(`${fourth * 4}-02-01`));

export const civilDates: fc.Arbitrary<CivilDate> = fc.oneof(anyDay, anyDay.map(lastDayOfMonth), leapDay);
