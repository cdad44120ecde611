/**
 * What did the demo carrier's customers use on some days? Calls, messages, data sessions, meter readings, by habit and plan.
 * Also called: sample CDR, traffic generator, 利用実績, 通話明細, 検針.
 */
import {
  addDays,
  dayOfMonth,
  daysBetween,
  firstOfMonth,
  lastDayOfMonth,
  monthNumber,
  type CivilDate,
} from '#engine/calendar/civil-date.ts';
import { isLine } from './mobile-lines.ts';
import { heldStretches, stretchOn, type DemoProduct, type DemoStretch, type Population } from './population.ts';
import { randomFrom, type Random } from './random.ts';

/** `at`: seconds since the first of the days began. */
export type Call = {
  readonly at: number;
  readonly caller: string;
  readonly callee: string;
  readonly seconds: number;
  readonly destination: string;
  readonly exchange: string;
};
export type Session = {
  readonly at: number;
  readonly msisdn: string;
  readonly type: 'SMS' | 'DATA';
  readonly amount: number;
};
export type Reading = {
  readonly point: string;
  readonly customer: string;
  readonly on: CivilDate;
  readonly kwh: number;
};

export type Usage = {
  /** In order of time. */
  readonly calls: readonly Call[];
  readonly sessions: readonly Session[];
  readonly readings: readonly Reading[];
};

/**
 * Days within a month, and how many records there are of them at least: every call, message and session, or, where that is null,
 * what they come to in a few summed up ones.
 */
export type Days = { readonly from: CivilDate; readonly through: CivilDate; readonly records: number | null };

export function usageOf(seed: number, population: Population, wanted: Days): Usage {
  const { from, through, records } = wanted;
  const random = randomFrom(seed + Number(from.replaceAll('-', '')));
  const lines = busyLines(seed, population, wanted);
  const share = (daysBetween(from, through) + 1) / dayOfMonth(lastDayOfMonth(from));
  const isSummed = records === null;
  const calls = lines.flatMap((line) => callsOf(random, line, share, isSummed));
  const messages = lines.flatMap((line) => messagesOf(random, line, share, isSummed));
  const readings = readingsOf(random, seed, population, wanted);
  const left = isSummed ? 0 : Math.max(records - calls.length - messages.length - readings.length, lines.length);
  const appetite = lines.reduce((sum, { habits, days }) => sum + (30 + habits.surf) * days.length, 0);
  const data = lines.flatMap((line) => {
    const sessions = Math.ceil((left * (30 + line.habits.surf) * line.days.length) / Math.max(appetite, 1));
    return sessionsOf(random, line, share, isSummed ? 1 : sessions);
  });
  return { calls: inOrder(calls), sessions: inOrder([...messages, ...data]), readings };
}

/** What somebody is used to, in percent of what people on their plan use. */
type Habits = { readonly talk: number; readonly text: number; readonly surf: number };
type BusyLine = {
  readonly number: string;
  readonly habits: Habits;
  readonly offering: string;
  readonly days: readonly number[];
};

const inOrder = <T extends { readonly at: number }>(rows: readonly T[]): T[] => rows.toSorted((a, b) => a.at - b.at);

/** Every line that is in service on some of the days, with those, the first of them at 0. */
function busyLines(seed: number, { customers }: Population, { from, through }: Days): BusyLine[] {
  const days = Array.from({ length: daysBetween(from, through) + 1 }, (_, index) => addDays(from, index));
  return customers.flatMap(({ products }) =>
    products.filter(isLine).flatMap((product) => {
      const held = heldStretches(product);
      const active = days.flatMap((day, index) => (stretchOn(held, day)?.status === 'active' ? [index] : []));
      return active.length === 0 ? [] : [{ ...lineOf(seed, product, held, days[active[0]!]!), days: active }];
    }),
  );
}

function lineOf(
  seed: number,
  product: DemoProduct,
  held: readonly DemoStretch[],
  on: CivilDate,
): Omit<BusyLine, 'days'> {
  const number = product.identifier!;
  // Habits go with the number, from month to month.
  const random = randomFrom(seed + Number(number.slice(3)));
  const habits = { talk: random.below(101), text: random.below(101), surf: random.below(101) };
  return { number, habits, offering: stretchOn(held, on)!.offering };
}

/** Least and most of a month: calls, and megabytes. */
const usual: Readonly<
  Record<string, readonly [calls: readonly [number, number], megabytes: readonly [number, number]]>
> = {
  'smartphone-s': [
    [1, 12],
    [250, 4_300],
  ],
  'smartphone-m': [
    [6, 60],
    [1_500, 25_000],
  ],
  'smartphone-m-two-year': [
    [6, 60],
    [1_500, 27_000],
  ],
  'smartphone-l': [
    [10, 80],
    [6_000, 58_000],
  ],
  'data-sim': [
    [0, 0],
    [300, 17_000],
  ],
};

const between = ([least, most]: readonly [number, number], percent: number): number =>
  least + ((most - least) * percent) / 100;

/** In a month that is summed up, two calls stand for all: long, abroad or to a special number as often as any of all would be. */
function callsOf(
  random: Random,
  { number, habits, offering, days }: BusyLine,
  share: number,
  isSummed: boolean,
): Call[] {
  const month = between(usual[offering]![0], habits.talk) * (random.between(70, 130) / 100);
  const made = Math.round(isSummed ? Math.min(month, 2) : month * share);
  const each = isSummed ? Math.max(Math.round(month / 2), 1) : 1;
  return Array.from({ length: made }, () => {
    const destination = destinationOf(random, each);
    return {
      at: moment(random, days),
      caller: number,
      callee: callee(random, destination),
      seconds: random.chance(3 * each)
        ? random.between(301, 2400)
        : random.chance(45)
          ? random.between(3, 60)
          : random.between(61, 300),
      destination,
      exchange: exchanges[random.below(3)]!,
    };
  });
}

const exchanges = ['TK1', 'TK2', 'OS1'] as const;

/** Where a call goes that stands for `calls`: elsewhere than to a mobile or fixed line if one of them would. */
function destinationOf(random: Random, calls: number): string {
  const isSpecial = random.chance(SPECIAL * calls);
  return destinations[isSpecial ? random.between(100 - SPECIAL, 99) : random.below(100 - SPECIAL)]!;
}

/** How many of a hundred calls go elsewhere than to a mobile or fixed line. */
const SPECIAL = 11;

/** A destination for each of a hundred calls. */
const destinations: readonly string[] = (
  [
    [62, 'mobile'],
    [27, 'fixed'],
    [6, 'navi-dial'],
    [3, 'free-dial'],
    [2, 'international'],
  ] as const
).flatMap(([of100, destination]) => Array.from({ length: of100 }, () => destination));

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

function messagesOf(
  random: Random,
  { number, habits, offering, days }: BusyLine,
  share: number,
  isSummed: boolean,
): Session[] {
  const sent = offering === 'data-sim' || habits.text < 40 ? 0 : Math.round((habits.text / 10) * share);
  const message = (amount: number): Session => ({ at: moment(random, days), msisdn: number, type: 'SMS', amount });
  if (isSummed) return sent === 0 ? [] : [message(sent)];
  return Array.from({ length: sent }, () => message(1));
}

/** A month's megabytes in so many sessions, no two alike, in kilobytes. */
function sessionsOf(
  random: Random,
  { number, habits, offering, days }: BusyLine,
  share: number,
  sessions: number,
): Session[] {
  const usualMegabytes = between(usual[offering]![1], (habits.surf * habits.surf) / 100);
  const kilobytes = usualMegabytes * share * 10 * random.between(80, 120);
  const each = Math.floor(kilobytes / Math.max(sessions, 1) / 100);
  return Array.from({ length: sessions }, () => ({
    at: moment(random, days),
    msisdn: number,
    type: 'DATA',
    amount: each * random.between(20, 180) + random.below(1_000),
  }));
}

const hourOfDay: readonly number[] = [
  0, 1, 6, 7, 7, 8, 8, 9, 10, 11, 12, 12, 12, 13, 14, 15, 16, 17, 17, 18, 18, 19, 19, 20, 20, 21, 21, 22, 22, 23,
];

/** Some second of one of the days, by day rather than by night. */
function moment(random: Random, days: readonly number[]): number {
  const day = days[random.below(days.length)]!;
  return day * 86_400 + hourOfDay[random.below(hourOfDay.length)]! * 3_600 + random.below(3_600);
}

/** Of a hundred kilowatt-hours in a usual month, what a house uses in each. */
const season: readonly number[] = [138, 132, 112, 92, 80, 84, 112, 126, 102, 82, 90, 120];

/** One reading a month for each house, in the first ten days of the month. */
function readingsOf(random: Random, seed: number, { customers }: Population, { from, through }: Days): Reading[] {
  return customers.flatMap(({ name, products }) =>
    products
      .filter(({ history }) => history[0]!.offering === 'home-electricity')
      .flatMap((product) => {
        const usualKwh = randomFrom(seed + Number(product.identifier!.slice(-9))).between(120, 460);
        const kwh = Math.round((usualKwh * season[monthNumber(from) - 1]! * random.between(85, 115)) / 10_000);
        const on = addDays(firstOfMonth(from), random.below(10));
        const isRead = from <= on && on <= through && stretchOn(heldStretches(product), on) !== undefined;
        return isRead ? [{ point: product.identifier!, customer: name, on, kwh }] : [];
      }),
  );
}
