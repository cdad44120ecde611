/**
 * Which intervals does a cyclic charge have, counted from which day? Also called: billing interval, anchor, 周期、起点日.
 */
import type { CyclicCharge } from '#schemas/generated/types.ts';
import { addDays, addMonths, daysBetween, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { Period } from '#engine/calendar/period.ts';

/** Intervals counted from `anchor`, whose own is number 0; the first that is charged is number `first`. */
export interface Rhythm {
  readonly charge: CyclicCharge;
  readonly anchor: CivilDate;
  readonly first: number;
  /** The first day of the first interval that is charged, where service began within it; null where it is a whole one. */
  readonly partFrom: CivilDate | null;
}

const skipped = (charge: CyclicCharge): number => (charge.first === 'afterOneInterval' ? 1 : 0);

/**
 * From the charge's own anchor, or from the day charging starts; the first interval begins in service, unless the days before
 * it are charged as a part of the one that runs: from 10 November with a year from each 1 April, 142 of 365 days.
 */
export function rhythmFrom(charge: CyclicCharge, startsOn: CivilDate): Rhythm {
  const anchor = charge.anchor ?? startsOn;
  if (charge.first === 'partUpToAnchor') return rhythmWithPart(charge, anchor, startsOn);
  const first = firstInService(charge, anchor, startsOn) + skipped(charge);
  return { charge, anchor, first, partFrom: null };
}

/** The anchor says the day only: intervals before its own are counted too. */
function rhythmWithPart(charge: CyclicCharge, anchor: CivilDate, startsOn: CivilDate): Rhythm {
  let first = firstInService(charge, anchor, startsOn);
  while (intervalAt({ charge, anchor }, first).start > startsOn) first -= 1;
  const isWhole = intervalAt({ charge, anchor }, first).start === startsOn;
  return { charge, anchor, first, partFrom: isWhole ? null : startsOn };
}

/** From a day on, whatever the charge's own anchor is. */
export const rhythmSince = (charge: CyclicCharge, anchor: CivilDate): Rhythm => ({
  charge,
  anchor,
  first: skipped(charge),
  partFrom: null,
});

/** Counted from the anchor each time, so that month ends come back after short months. */
export function intervalAt({ charge: { every }, anchor }: Pick<Rhythm, 'charge' | 'anchor'>, n: number): Period {
  const { count, unit } = every;
  const at = (number: number): CivilDate =>
    unit === 'month' ? addMonths(anchor, count * number) : addDays(anchor, count * number * (unit === 'week' ? 7 : 1));
  return { start: at(n), end: at(n + 1) };
}

/** An interval, and the days of it from which it is charged: all of them, or those after service began. */
export interface Begun {
  readonly interval: Period;
  readonly begun: Period;
}

export function begunAt(rhythm: Rhythm, n: number): Begun {
  const interval = intervalAt(rhythm, n);
  const { first, partFrom } = rhythm;
  return { interval, begun: n === first && partFrom !== null ? { start: partFrom, end: interval.end } : interval };
}

/** A part at the beginning is none of the times. */
export const isAfterLast = ({ charge, first, partFrom }: Rhythm, n: number): boolean =>
  charge.times !== undefined && n - first - (partFrom === null ? 0 : 1) >= charge.times;

/** The last interval charged that begins before the day; undefined where none does. */
export function lastBefore(rhythm: Rhythm, day: CivilDate): Begun | undefined {
  let last: Begun | undefined;
  for (let n = rhythm.first; !isAfterLast(rhythm, n); n += 1) {
    const next = begunAt(rhythm, n);
    if (next.begun.start >= day) break;
    last = next;
  }
  return last;
}

/** The number of the first interval that begins in service, counted from the anchor's own, 0. */
function firstInService(charge: CyclicCharge, anchor: CivilDate, startsOn: CivilDate): number {
  if (anchor >= startsOn) return 0;
  const { count, unit } = charge.every;
  const atMost = count * (unit === 'month' ? 31 : unit === 'week' ? 7 : 1);
  // Never too far: no interval is longer. The rest is walked.
  let n = Math.floor(daysBetween(anchor, startsOn) / atMost);
  while (intervalAt({ charge, anchor }, n).start < startsOn) n += 1;
  return n;
}
