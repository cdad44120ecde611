/**
 * How does a stretch of time read? By its last day, since that is the day people speak of.
 * Also called: effective period, 有効期間.
 */
import { addDays } from '#engine/calendar/civil-date.ts';
import { dayText } from '#schemas/messages/figures.ts';
import { words } from '#schemas/messages/render.ts';
import type { Locale } from '#schemas/messages/words.ts';

/** From a day on, or until the last day in force; `to` is the first day that no longer belongs to it. */
export function openPeriodText(locale: Locale, from: string, to: string | null): string {
  const start = dayText(locale, from);
  if (to === null) return words(locale).render('screen.value.since', { from: start });
  return words(locale).render('screen.value.fromTo', { from: start, to: dayText(locale, addDays(to, -1)) });
}
