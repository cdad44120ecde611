/**
 * What time is it, and which day is it where the operator is?
 * Also called: now, today, time zone, 現在時刻, 営業日, タイムゾーン.
 * Nothing else in Kanade asks the machine for the time.
 */

export type Clock = {
  /** This moment. */
  now(): Date;
  /** The civil day in `zone` ('Asia/Tokyo'), such as '2026-04-01'. */
  today(zone: string): string;
};

/** The civil day that `moment` lies in, in `zone`: 2026-03-31T15:00:00Z is 2026-04-01 in Asia/Tokyo. */
export function civilDayOf(moment: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const found = Object.fromEntries(parts.formatToParts(moment).map(({ type, value }) => [type, value]));
  return `${found['year']}-${found['month']}-${found['day']}`;
}

/** A clock that asks `tell` for the moment; by default the machine's. */
export function clockOf(tell: () => Date = () => new Date()): Clock {
  return { now: tell, today: (zone) => civilDayOf(tell(), zone) };
}
