/**
 * Is this text a moment in the file's pattern, and which one?
 * Local time in the operator's zone, as the file says it. Also called: timestamp, start time, 利用開始日時, 日時書式.
 */
import { isCivilDate } from '#engine/calendar/civil-date.ts';

const places: Readonly<Record<string, string>> = {
  YYYY: '(?<year>[0-9]{4})',
  MM: '(?<month>[0-9]{2})',
  DD: '(?<day>[0-9]{2})',
  HH: '(?<hour>[01][0-9]|2[0-3])',
  mm: '(?<minute>[0-5][0-9])',
  ss: '(?<second>[0-5][0-9])',
};

/** A reader of one pattern, such as 'YYYY/MM/DD HH:mm:ss': gives '2026-11-01T09:30:00', midnight where there is no time. */
export function momentReader(pattern: string): (text: string) => string | undefined {
  const expected = new RegExp(`^${pattern.replace(/YYYY|MM|DD|HH|mm|ss/g, (place) => places[place]!)}$`);
  return (text) => {
    const found = expected.exec(text)?.groups;
    if (found === undefined) return undefined;
    const { year, month, day, hour = '00', minute = '00', second = '00' } = found;
    const date = `${year}-${month}-${day}`;
    return isCivilDate(date) ? `${date}T${hour}:${minute}:${second}` : undefined;
  };
}
