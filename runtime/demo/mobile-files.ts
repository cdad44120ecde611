/**
 * How do the demo carrier's usage files come in from outside? As files do: a hundredth of their lines comes twice, late, or broken.
 * Also called: exchange export, sample usage files, 交換機データ, 取込ファイル.
 */
import { firstOfMonth, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { Call, MobileUsage, Reading, Session } from './mobile-usage.ts';
import { isActiveOn, type Population } from './population.ts';
import { randomFrom, type Random } from './random.ts';
import { toShiftJis } from './shift-jis.ts';

export type DemoFile = { readonly name: string; readonly format: string; readonly content: Buffer };

export function mobileFiles(seed: number, population: Population, usage: MobileUsage, today: CivilDate): DemoFile[] {
  const random = randomFrom(seed + 2);
  const month = today.slice(0, 7);
  const stopped = stoppedNumbers(population, today);
  return [
    {
      name: `exchange-calls-${month}.csv`,
      format: 'exchange-calls',
      content: Buffer.concat([
        text([
          'caller,callee,started_at,seconds,destination,switch',
          ...withFaults(random, usage.calls, callLine, 60, brokenCalls(month, stopped)),
        ]),
        // A line that is no text at all, as after a fault of the disk, and one whose quote never closes.
        Buffer.from([0x30, 0x37, 0x30, 0xff, 0xfe, 0x2c, 0x2c, 0x0a]),
        text([`"07000000019,0900000${month.slice(5)}01,${month}-01 08:00:00,60,mobile,TK1`]),
      ]),
    },
    {
      name: `packet-and-sms-${month}.csv`,
      format: 'packet-and-sms',
      content: text([
        'record_id,msisdn,type,amount,started_at',
        ...withFaults(random, usage.sessions, sessionLine, 90, brokenSessions(month, usage.sessions)),
      ]),
    },
    {
      name: `electricity-readings-${month}.csv`,
      format: 'electricity-readings',
      content: toShiftJis(
        [
          '供給地点特定番号,お客さま名,検針日,使用量kWh',
          ...withFaults(random, usage.readings, readingLine, 1, brokenReadings(month)),
        ]
          .map((line) => `${line}\r\n`)
          .join(''),
      ),
    },
  ];
}

const text = (lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''));

const callLine = ({ caller, callee, at, seconds, destination, exchange }: Call): string =>
  [caller, callee, at, seconds, destination, exchange].join(',');
const sessionLine = ({ recordId, msisdn, type, amount, at }: Session): string =>
  [recordId, msisdn, type, amount, at.replaceAll(/[- :]/g, '')].join(',');
const readingLine = ({ point, customer, on, kwh }: Reading): string =>
  [point, customer, on.replaceAll('-', '/'), kwh].join(',');

/** The rows as lines, some of them delivered again further down, with the broken ones strewn in. */
function withFaults<T>(
  random: Random,
  rows: readonly T[],
  line: (row: T) => string,
  again: number,
  broken: readonly string[],
): string[] {
  const lines = rows.map(line);
  if (lines.length === 0) return [...broken];
  const twice = Array.from({ length: again }, () => random.below(lines.length)).sort((a, b) => b - a);
  for (const index of twice) lines.splice(Math.min(index + random.between(1, 400), lines.length), 0, lines[index]!);
  for (const each of broken) lines.splice(random.below(lines.length + 1), 0, each);
  return lines;
}

/** Numbers of lines that are suspended or gone, and a day of this month on which they are. */
function stoppedNumbers({ customers }: Population, today: CivilDate): readonly (readonly [string, CivilDate])[] {
  const day = firstOfMonth(today);
  return customers
    .flatMap(({ products }) => products)
    .filter(
      (product) =>
        product.identifier?.startsWith('070') === true && product.history[0]!.from < day && !isActiveOn(product, day),
    )
    .slice(0, 12)
    .map((product) => [product.identifier!, day] as const);
}

function brokenCalls(month: string, stopped: readonly (readonly [string, CivilDate])[]): string[] {
  const numbers = (n: number, line: (index: number) => string): string[] =>
    Array.from({ length: n }, (_, index) => line(index));
  return [
    ...numbers(
      14,
      (index) =>
        `0700999${String(index).padStart(4, '0')},09000001234,${month}-01 12:00:${String(index + 10)},75,mobile,TK1`,
    ),
    ...numbers(
      8,
      (index) => `07000000011,09000001234,${month}-01 13:00:${String(index + 10)},-${String(index + 5)},mobile,TK2`,
    ),
    ...numbers(
      5,
      (index) => `07000000011,09000001234,${month}-01 14:00:${String(index + 10)},1e${String(index + 1)},mobile,TK2`,
    ),
    ...numbers(6, (index) => `07000000021,09000004321,${month}-00 10:00:${String(index + 10)},42,mobile,OS1`),
    ...numbers(5, (index) => `07000000031,09000004321,${month}-01 15:00:${String(index + 10)}`),
    `,09000004321,${month}-01 16:00:00,42,mobile,OS1`,
    ...stopped.map(([caller, day], index) => `${caller},09000007777,${day} 09:30:${String(index + 10)},120,mobile,TK1`),
  ];
}

function brokenSessions(month: string, sessions: readonly Session[]): string[] {
  const compact = month.replace('-', '');
  // The same record again, with another amount: neither a duplicate nor new.
  const disputed = sessions.slice(100, 108).map((row) => sessionLine({ ...row, amount: row.amount + 1 }));
  return [
    ...disputed,
    ...Array.from({ length: 6 }, (_, index) => `X-${String(index)},07000000011,MMS,1,${compact}01120000`),
    ...Array.from({ length: 9 }, (_, index) => `Y-${String(index)},07009990000,DATA,1200,${compact}01120000`),
    ...Array.from({ length: 5 }, (_, index) => `Z-${String(index)},07000000021,DATA,12 MB,${compact}01120000`),
  ];
}

const brokenReadings = (month: string): string[] => [
  `0399999999999999999999,不明,${month.replace('-', '/')}/01,210`,
  `0399999999999999999998,不明,${month.replace('-', '/')}/02,２１０`,
];
