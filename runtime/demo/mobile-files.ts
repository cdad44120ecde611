/**
 * How do the demo carrier's usage files come in from outside? As an exchange writes them: some days a file, and of their lines a
 * hundredth twice, some late, some broken. Also called: exchange export, sample usage files, 交換機データ, 取込ファイル.
 */
import { addDays, firstOfMonth, type CivilDate } from '#engine/calendar/civil-date.ts';
import { brokenLines, nothingBroken, stoppedNumbers } from './broken-lines.ts';
import { usageOf, type Call, type Days, type Reading, type Session } from './mobile-usage.ts';
import type { Population } from './population.ts';
import { randomFrom, type Random } from './random.ts';
import { toShiftJis } from './shift-jis.ts';

export type DemoFile = { readonly name: string; readonly format: string; readonly content: Buffer };

/** The files of some days within a month. Where every record is wanted, some lines are broken. */
export function filesOf(seed: number, population: Population, days: Days): DemoFile[] {
  const { from, through, records } = days;
  const random = randomFrom(seed + 7 * Number(from.replaceAll('-', '')));
  const calendar = calendarFrom(from);
  const usage = usageOf(seed, population, days);
  const calls = usage.calls.map((call) => callLine(calendar, call));
  const sessions = usage.sessions.map((session, index) => sessionLine(calendar, session, index));
  const late = lateLines(seed, population, days, [calls.length / 400, sessions.length / 400]);
  const broken = records === null ? nothingBroken : brokenLines(from, stoppedNumbers(population, from), sessions);
  const month = from.slice(0, 7);
  const span = records === null ? month : `${month}-${from.slice(8)}-${through.slice(8)}`;
  return [
    {
      name: `exchange-calls-${span}.csv`,
      format: 'exchange-calls',
      content: Buffer.concat([
        text([
          'caller,callee,started_at,seconds,destination,switch',
          ...withFaults(random, calls, [...late.calls, ...broken.calls]),
        ]),
        ...broken.bytes,
      ]),
    },
    {
      name: `packet-and-sms-${span}.csv`,
      format: 'packet-and-sms',
      content: text([
        'record_id,msisdn,type,amount,started_at',
        ...withFaults(random, sessions, [...late.sessions, ...broken.sessions]),
      ]),
    },
    ...(usage.readings.length === 0
      ? []
      : [
          {
            name: `electricity-readings-${span}.csv`,
            format: 'electricity-readings',
            content: readingsFile([...usage.readings.map(readingLine), ...broken.readings]),
          },
        ]),
  ];
}

/** Lines of the days before, delivered only now: so many calls and so many sessions. */
function lateLines(
  seed: number,
  population: Population,
  { from }: Days,
  [calls, sessions]: readonly [number, number],
): { readonly calls: readonly string[]; readonly sessions: readonly string[] } {
  const before = { from: firstOfMonth(addDays(from, -1)), through: addDays(from, -1), records: null };
  const usage = usageOf(seed + 1, population, before);
  const calendar = calendarFrom(before.from);
  return {
    calls: someOf(usage.calls, calls).map((call) => callLine(calendar, call)),
    sessions: someOf(usage.sessions, sessions).map((session, index) => sessionLine(calendar, session, 900_000 + index)),
  };
}

const text = (lines: readonly string[]): Buffer => Buffer.from(`${lines.join('\n')}\n`);

/** About `n` of the rows, spread over all of them. */
function someOf<T>(rows: readonly T[], n: number): T[] {
  const step = Math.max(Math.floor(rows.length / Math.max(n, 1)), 1);
  return rows.filter((_, index) => index % step === step - 1);
}

const two: readonly string[] = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
const clock = (at: number, between: string): string =>
  `${two[Math.floor((at % 86_400) / 3_600)]!}${between}${two[Math.floor((at % 3_600) / 60)]!}${between}${two[at % 60]!}`;

/** The days from one on. */
const calendarFrom = (from: CivilDate): CivilDate[] => Array.from({ length: 31 }, (_, index) => addDays(from, index));
const dayOf = (days: readonly CivilDate[], at: number): CivilDate => days[Math.floor(at / 86_400)]!;

const callLine = (days: readonly CivilDate[], { at, caller, callee, seconds, destination, exchange }: Call): string =>
  `${caller},${callee},${dayOf(days, at)} ${clock(at, ':')},${seconds},${destination},${exchange}`;

function sessionLine(days: readonly CivilDate[], { at, msisdn, type, amount }: Session, index: number): string {
  const day = dayOf(days, at).replaceAll('-', '');
  return `${day}-${String(index).padStart(6, '0')},${msisdn},${type},${amount},${day}${clock(at, '')}`;
}

const readingLine = ({ point, customer, on, kwh }: Reading): string =>
  [point, customer, on.replaceAll('-', '/'), kwh].join(',');

const readingsFile = (lines: readonly string[]): Buffer =>
  toShiftJis(['供給地点特定番号,お客さま名,検針日,使用量kWh', ...lines].map((line) => `${line}\r\n`).join(''));

/** Every hundredth line is delivered again further down, and the strays are strewn in. */
function withFaults(random: Random, lines: readonly string[], strays: readonly string[]): string[] {
  const again = Map.groupBy(
    Array.from({ length: Math.ceil(lines.length / 100) }, () => random.below(lines.length)),
    (index) => Math.min(index + random.between(1, 400), lines.length - 1),
  );
  const between = Map.groupBy(strays, () => random.below(Math.max(lines.length, 1)));
  if (lines.length === 0) return [...strays];
  return lines.flatMap((line, index) => {
    const [copies, stray] = [again.get(index), between.get(index)];
    if (copies === undefined && stray === undefined) return line;
    return [line, ...(copies ?? []).map((of) => lines[of]!), ...(stray ?? [])];
  });
}
