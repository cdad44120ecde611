/**
 * Which day is it so many days or months later?
 * A day is text, '2026-03-31', and compares as it stands. Whole-number arithmetic only: no clock, no zone.
 * Also called: calendar date, local date, Gregorian calendar, leap year, 暦日, 日付, 末日, うるう年.
 */
import type { CivilDate } from '#schemas/generated/types.ts';

export type { CivilDate };

const textOfDay = /^(?!0000)\d{4}-\d\d-\d\d$/;

/** Is this text a day that exists, written 'YYYY-MM-DD', years 0001 to 9999? '2025-02-29' is not. */
export function isCivilDate(text: string): boolean {
  if (!textOfDay.test(text)) return false;
  const month = monthNumber(text);
  const day = dayOfMonth(text);
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year(text), month);
}

/** The day `n` days later, or earlier when `n` is negative. */
export function addDays(date: CivilDate, n: number): CivilDate {
  const day = dayOfMonth(date) + n;
  // Most steps stay inside the month, where nothing but the day changes. Every month has 28 days.
  if (day >= 1 && day <= 28) return date.slice(0, 8) + twoDigits(day);
  return fromDayNumber(toDayNumber(date) + n);
}

/**
 * The corresponding day `n` months later (応当日), or the last day of that month when it has no such day.
 * Always count from the first day, never from the result: 31 January, 28 February, then 31 March again.
 */
export function addMonths(date: CivilDate, n: number): CivilDate {
  const months = year(date) * 12 + monthNumber(date) - 1 + n;
  const toYear = Math.floor(months / 12);
  const toMonth = months - toYear * 12 + 1;
  return civilDate(toYear, toMonth, Math.min(dayOfMonth(date), daysInMonth(toYear, toMonth)));
}

/** How many days lie from `a` to `b`: one from a day to the next, negative when `b` is the earlier. */
export function daysBetween(a: CivilDate, b: CivilDate): number {
  return toDayNumber(b) - toDayNumber(a);
}

export function firstOfMonth(date: CivilDate): CivilDate {
  return `${date.slice(0, 8)}01`;
}

export function lastDayOfMonth(date: CivilDate): CivilDate {
  return date.slice(0, 8) + twoDigits(daysInMonth(year(date), monthNumber(date)));
}

/** The day of the week as ISO 8601 counts: Monday 1 … Sunday 7. */
export function weekday(date: CivilDate): number {
  // Day 0, 1 January 1970, was a Thursday.
  const sinceMonday = (toDayNumber(date) + 3) % 7;
  return (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1;
}

/** How many days a month has, 28 to 31. Months are counted from 1. */
export function daysInMonth(ofYear: number, month: number): number {
  if (month === 2) return isLeapYear(ofYear) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isLeapYear(ofYear: number): boolean {
  return ofYear % 4 === 0 && (ofYear % 100 !== 0 || ofYear % 400 === 0);
}

/** Days since 1 January 1970. Years are begun in March, so that the leap day comes last (days from civil). */
export function toDayNumber(date: CivilDate): number {
  const month = monthNumber(date);
  const marchYear = month <= 2 ? year(date) - 1 : year(date);
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + dayOfMonth(date) - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - DAYS_TO_1970;
}

/** The day that lies so many days after 1 January 1970. */
export function fromDayNumber(dayNumber: number): CivilDate {
  const days = dayNumber + DAYS_TO_1970;
  const era = Math.floor(days / DAYS_PER_ERA);
  const dayOfEra = days - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return civilDate(era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day);
}

/** The day as text. A day outside the years 0001 to 9999 cannot be written and throws. */
export function civilDate(ofYear: number, month: number, day: number): CivilDate {
  return `${yearMonth(ofYear, month)}-${twoDigits(day)}`;
}

/** The month as text, 'YYYY-MM'. */
export function yearMonth(ofYear: number, month: number): string {
  if (!(ofYear >= 1 && ofYear <= 9999)) throw new RangeError(`the year ${ofYear} is outside the calendar`);
  return `${ofYear >= 1000 ? ofYear : String(ofYear).padStart(4, '0')}-${twoDigits(month)}`;
}

/** The year of a day or of a month. */
export function year(date: string): number {
  return digit(date, 0) * 1000 + digit(date, 1) * 100 + digit(date, 2) * 10 + digit(date, 3);
}

/** The month of a day or of a month, 1 to 12. */
export function monthNumber(date: string): number {
  return digit(date, 5) * 10 + digit(date, 6);
}

/** The day within its month, 1 to 31. */
export function dayOfMonth(date: CivilDate): number {
  return digit(date, 8) * 10 + digit(date, 9);
}

const DAYS_PER_ERA = 146_097;
const DAYS_TO_1970 = 719_468;

function digit(text: string, at: number): number {
  return text.charCodeAt(at) - 48;
}

function twoDigits(n: number): string {
  return n < 10 ? `0${n}` : `${n}`;
}
