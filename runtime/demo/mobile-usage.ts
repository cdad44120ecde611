/**
 * What did the demo carrier's customers use this month, up to yesterday? Calls, messages, data sessions, meter readings.
 * Also called: sample CDR, traffic generator, 利用実績, 通話明細.
 */
import { addDays, daysBetween, firstOfMonth, type CivilDate } from '#engine/calendar/civil-date.ts';
import { isActiveOn, type DemoProduct, type Population } from './population.ts';
import { randomFrom, type Random } from './random.ts';

export type Call = {
  readonly caller: string;
  readonly callee: string;
  readonly at: string;
  readonly seconds: number;
  readonly destination: string;
  readonly exchange: string;
};
export type Session = {
  readonly recordId: string;
  readonly msisdn: string;
  readonly type: 'SMS' | 'DATA';
  readonly amount: number;
  readonly at: string;
};
export type Reading = {
  readonly point: string;
  readonly customer: string;
  readonly on: CivilDate;
  readonly kwh: number;
};

export type MobileUsage = {
  readonly calls: readonly Call[];
  readonly sessions: readonly Session[];
  readonly readings: readonly Reading[];
};

const CALLS = 14_500;
const SESSIONS = 20_500;
/** Of the previous month, delivered only now. */
const LATE_CALLS = 90;

export function mobileUsage(seed: number, population: Population, today: CivilDate): MobileUsage {
  const random = randomFrom(seed + 1);
  const month = firstOfMonth(today);
  const days = Math.max(daysBetween(month, today), 1);
  const lines = busyLines(random, population);
  const inMonth = (): CivilDate => addDays(month, random.below(days));
  const before = (): CivilDate => addDays(month, -random.between(1, 4));
  const calls = [
    ...times(CALLS, () => call(random, lines, inMonth())),
    ...times(LATE_CALLS, () => call(random, lines, before())),
  ];
  const sessions = times(SESSIONS, (index) => session(random, lines, inMonth(), index));
  return {
    calls: calls.flat().sort((a, b) => compare(a.at + a.caller, b.at + b.caller)),
    sessions: sessions.flat().sort((a, b) => compare(a.at + a.recordId, b.at + b.recordId)),
    readings: readings(random, population, today),
  };
}

const times = <T>(n: number, make: (index: number) => T): T[] => Array.from({ length: n }, (_, index) => make(index));
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Every mobile line, the busy ones several times. */
function busyLines(random: Random, { customers }: Population): readonly DemoProduct[] {
  const lines = customers
    .flatMap(({ products }) => products)
    .filter(({ identifier }) => identifier?.startsWith('070') === true);
  return lines.flatMap((line) =>
    times(
      random.weighted([
        [30, 1],
        [40, 3],
        [20, 8],
        [10, 20],
      ]),
      () => line,
    ),
  );
}

/** Nothing when the line drawn was not in service that day. */
function call(random: Random, lines: readonly DemoProduct[], on: CivilDate): Call[] {
  const line = random.pick(lines);
  if (!isActiveOn(line, on) || isDataOnly(line)) return [];
  const destination = random.weighted([
    [62, 'mobile'],
    [27, 'fixed'],
    [6, 'navi-dial'],
    [3, 'free-dial'],
    [2, 'international'],
  ]);
  const seconds = random.weighted([
    [35, () => random.between(3, 60)],
    [45, () => random.between(61, 300)],
    [17, () => random.between(301, 1500)],
    [3, () => random.between(1501, 5400)],
  ])();
  return [
    {
      caller: line.identifier!,
      callee: callee(random, destination),
      at: `${on} ${time(random)}`,
      seconds,
      destination,
      exchange: random.pick(['TK1', 'TK2', 'OS1']),
    },
  ];
}

const isDataOnly = (line: DemoProduct): boolean => line.history.some(({ offering }) => offering === 'data-sim');

/** Numbers in ranges that are not in use. */
function callee(random: Random, destination: string): string {
  const digits = (n: number): string => String(random.below(10 ** n)).padStart(n, '0');
  switch (destination) {
    case 'fixed':
      return `0300${digits(6)}`;
    case 'navi-dial':
      return `057000${digits(4)}`;
    case 'free-dial':
      return `0120000${digits(3)}`;
    case 'international':
      return `010${random.pick(['1', '44', '82', '886'])}5550${digits(3)}`;
    default:
      return `0900000${digits(4)}`;
  }
}

function session(random: Random, lines: readonly DemoProduct[], on: CivilDate, index: number): Session[] {
  const line = random.pick(lines);
  if (!isActiveOn(line, on)) return [];
  const type = random.chance(12) ? 'SMS' : 'DATA';
  const amount =
    type === 'SMS'
      ? random.between(1, 3)
      : random.weighted([
          [60, random.between(2_000, 120_000)],
          [32, random.between(120_001, 700_000)],
          [8, random.between(700_001, 2_600_000)],
        ]);
  const at = `${on} ${time(random)}`;
  return [
    {
      recordId: `${on.replaceAll('-', '')}-${String(index).padStart(6, '0')}`,
      msisdn: line.identifier!,
      type,
      amount,
      at,
    },
  ];
}

function time(random: Random): string {
  const hour = random.weighted([
    [6, random.between(0, 6)],
    [34, random.between(7, 12)],
    [34, random.between(13, 18)],
    [26, random.between(19, 23)],
  ]);
  return [hour, random.below(60), random.below(60)].map((part) => String(part).padStart(2, '0')).join(':');
}

/** One reading a month for each house, in the first ten days of the month. */
function readings(random: Random, { customers }: Population, today: CivilDate): Reading[] {
  const month = firstOfMonth(today);
  return customers.flatMap(({ name, products }) =>
    products
      .filter(({ history }) => history[0]!.offering === 'home-electricity')
      .map(({ identifier }) => ({
        point: identifier!,
        customer: name,
        on: addDays(month, random.below(10)),
        kwh: random.between(38, 620),
      }))
      .filter(({ on }) => on <= today),
  );
}
