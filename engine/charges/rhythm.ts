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
}

const skipped = (charge: CyclicCharge): number => (charge.first === 'afterOneInterval' ? 1 : 0);

/** From the charge's own anchor, or from the day charging starts; the first interval begins in service. */
export function rhythmFrom(charge: CyclicCharge, startsOn: CivilDate): Rhythm {
  const anchor = charge.anchor ?? startsOn;
  return { charge, anchor, first: firstInService(charge, anchor, startsOn) + skipped(charge) };
}

/** From a day on, whatever the charge's own anchor is. */
export const rhythmSince = (charge: CyclicCharge, anchor: CivilDate): Rhythm => ({
  charge,
  anchor,
  first: skipped(charge),
});

/** Counted from the anchor each time, so that month ends come back after short months. */
export function intervalAt({ charge: { every }, anchor }: Pick<Rhythm, 'charge' | 'anchor'>, n: number): Period {
  const { count, unit } = every;
  const at = (number: number): CivilDate =>
    unit === 'month' ? addMonths(anchor, count * number) : addDays(anchor, count * number * (unit === 'week' ? 7 : 1));
  return { start: at(n), end: at(n + 1) };
}

export const isAfterLast = ({ charge, first }: Rhythm, n: number): boolean =>
  charge.times !== undefined && n - first >= charge.times;

/** The last interval charged that begins before the day; undefined where none does. */
export function lastBefore(rhythm: Rhythm, day: CivilDate): Period | undefined {
  let last: Period | undefined;
  for (let n = rhythm.first; !isAfterLast(rhythm, n); n += 1) {
    const interval = intervalAt(rhythm, n);
    if (interval.start >= day) break;
    last = interval;
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
