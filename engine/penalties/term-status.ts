/**
 * Where in its minimum term does a product stand when it ends? Also called: lock-in, renewal, 年縛り, 2年縛り, 自動更新, 更新月.
 */
import type { Product, TermBody } from '#schemas/generated/types.ts';
import { addMonths, daysBetween, firstOfMonth, type CivilDate } from '#engine/calendar/civil-date.ts';
import { completeMonths, termEnd } from '#engine/calendar/term.ts';
import type { Stretch } from '#engine/facts/timeline.ts';
import type { Release } from '#engine/rulesets/release.ts';
import { termIdsOf } from '#engine/rulesets/terms-of-offering.ts';

export type TermStatus =
  | { readonly in: 'term'; readonly termStart: CivilDate; readonly termEnd: CivilDate; readonly renewals: number }
  | { readonly in: 'grace'; readonly termEnd: CivilDate; readonly graceEnd: CivilDate }
  | { readonly in: 'free'; readonly termEnd: CivilDate };

/**
 * The standing of a term begun on `startedOn` when service ends on `endsOn` (the first day without service).
 * Begun 2024-04-01 for 24 months: to end on 2026-04-01 is free, a day earlier is within the term. A contract that
 * renews does so for another whole term at the end of its grace months, if there is service on the day after them.
 */
export function termStatus(term: TermBody, startedOn: CivilDate, endsOn: CivilDate): TermStatus {
  const begunOn = countedFrom(term, startedOn);
  const cycleMonths = term.months + term.graceMonths;
  let renewals = 0;
  if (term.renewal === 'sameTerm') {
    // Counted from the first day, never from the last renewal: month ends would drift otherwise.
    while (addMonths(begunOn, cycleMonths * (renewals + 1)) < endsOn) renewals += 1;
  }
  const termStart = addMonths(begunOn, cycleMonths * renewals);
  const end = termEnd(termStart, term.months);
  if (endsOn < end) return { in: 'term', termStart, termEnd: end, renewals };
  const graceEnd = addMonths(end, term.graceMonths);
  return end < endsOn && endsOn <= graceEnd ? { in: 'grace', termEnd: end, graceEnd } : { in: 'free', termEnd: end };
}

/**
 * The first day of the first renewed term on or after `from`; null for a term that does not renew. Begun 2024-04-01 for
 * 24 months with two of grace: 2026-06-01, then 2028-08-01.
 */
export function firstRenewal(term: TermBody, startedOn: CivilDate, from: CivilDate): CivilDate | null {
  if (term.renewal !== 'sameTerm') return null;
  const begunOn = countedFrom(term, startedOn);
  const renewal = (number: number): CivilDate => addMonths(begunOn, (term.months + term.graceMonths) * number);
  let number = 1;
  while (renewal(number) < from) number += 1;
  return renewal(number);
}

/** The day from which the product has been held under the term without interruption, as of `on` where that is given. */
export function heldUnderTermSince(
  release: Release,
  product: Product,
  timeline: readonly Stretch[],
  term: string,
  on?: CivilDate,
): CivilDate {
  let since = product.startsOn;
  for (const stretch of timeline) {
    if (on !== undefined && stretch.from > on) break;
    const offering = release.inForce('offering', stretch.offering, stretch.from);
    if (offering === undefined || !termIdsOf(offering).includes(term)) since = stretch.to ?? since;
  }
  return since;
}

/** From 2024-04-15, 24 months end with 2026-04-14 by the day, 2026-03-31 with April counted, 2026-04-30 without it. */
function countedFrom(term: TermBody, startedOn: CivilDate): CivilDate {
  switch (term.counted ?? 'byDay') {
    case 'byDay':
      return startedOn;
    case 'startMonth':
      return firstOfMonth(startedOn);
    case 'nextMonth':
      return addMonths(firstOfMonth(startedOn), 1);
  }
}

/** Months from `start` to `end`, a started month counting whole. */
export function monthsStarted(start: CivilDate, end: CivilDate): number {
  const whole = completeMonths(start, end);
  return daysBetween(addMonths(start, whole), end) > 0 ? whole + 1 : whole;
}
