/**
 * Who are the customers of the demo carrier? The same for the same seed, day and rulesets.
 * Households, single people and firms, who joined over the years and above all in spring; some have moved, some have left.
 */
import {
  addDays,
  addMonths,
  daysBetween,
  firstOfMonth,
  monthNumber,
  type CivilDate,
} from '#engine/calendar/civil-date.ts';
import type { Plans } from './demo-plans.ts';
import { dayWithin, leavingOn, line, nextId, orderDay, withoutService, type Home } from './mobile-lines.ts';
import { ended, opened, ordered } from './mobile-products.ts';
import { address, firmName, personName } from './names.ts';
import { registeredOn, type DemoAddress, type DemoCustomer, type DemoProduct, type Population } from './population.ts';
import { randomFrom, type Random } from './random.ts';

/** How many months of history are told of. */
const MONTHS = 24;

export function mobilePopulation(seed: number, plans: Plans, customers: number): Population {
  const random = randomFrom(seed);
  return {
    legalEntity: 'kanade-mobile',
    customers: Array.from({ length: customers }, (_, index) =>
      customerOf(random, plans, String(index + 1).padStart(6, '0'), index === 0),
    ),
  };
}

/** `isSteady`: the one to be shown around with: there before the two years, a mobile line and internet, and nothing befalls either. */
function customerOf(random: Random, plans: Plans, number: string, isSteady: boolean): DemoCustomer {
  const { today } = plans;
  const since = addMonths(firstOfMonth(today), -MONTHS);
  const joined = isSteady ? addDays(since, -40) : joinDay(random, today, since);
  const leaves =
    !isSteady && random.chance(7)
      ? dayWithin({ random }, later(addDays(joined, 60), since), addDays(today, -3))
      : undefined;
  const leaving = leaves === undefined ? undefined : leavingOn({ random, today }, leaves);
  const home: Home = { random, plans, today, since, until: leaving?.told ?? today, number, made: 0 };
  if (isSteady) return steadyCustomer(home, joined);
  const isFirm = random.chance(12);
  const left = (products: readonly DemoProduct[]): readonly DemoProduct[] =>
    leaving === undefined ? products : withoutService(products, leaving);
  const held = left(isFirm ? firm(home, joined) : random.weighted(households)(home, joined));
  const products = held.length > 0 ? held : left(line(home, joined));
  return {
    number,
    type: isFirm ? 'corporate' : 'individual',
    ...(isFirm ? firmName(random) : personName(random)),
    birthDate: isFirm ? null : addDays('1948-01-01', random.below(58 * 365)),
    billingCycle: isFirm && random.chance(70) ? 'twentieth' : 'month-end',
    addresses: addressesOf(home, products),
    products,
  };
}

/** Easy to remember, and out of the range of the others'. */
const STEADY_NUMBER = '07000000011';

function steadyCustomer(home: Home, joined: CivilDate): DemoCustomer {
  const { random, plans, number } = home;
  const sold = (offering: string, identifier: string | null): DemoProduct =>
    ordered(plans, { id: nextId(home), offering, startsOn: joined, ...(identifier !== null && { identifier }) });
  const products = [sold('smartphone-m', STEADY_NUMBER), sold('home-internet', null)];
  return {
    number,
    type: 'individual',
    ...personName(random),
    birthDate: '1984-05-17',
    billingCycle: 'month-end',
    addresses: [
      { from: joined, to: null, address: address(random), knownOn: registeredOn(products[0]!), knownUntil: null },
    ],
    products,
  };
}

const later = (a: CivilDate, b: CivilDate): CivilDate => (a > b ? a : b);

/** Half of them were there two years ago; the others came since, most in spring; a few come only now. */
function joinDay(random: Random, today: CivilDate, since: CivilDate): CivilDate {
  const month = firstOfMonth(today);
  const months = Array.from({ length: MONTHS }, (_, index) => addMonths(since, index));
  return random.weighted([
    [50, () => addDays(since, -1 - random.below(Math.max(daysBetween(opened, since), 1)))],
    [47, () => addDays(random.weighted(months.map((each, index) => [joinersIn(each, index), each])), random.below(28))],
    [3, () => addDays(month, random.below(daysBetween(month, today) + 12))],
  ])();
}

/** More from year to year, and in March and April, when people move, twice as many. */
function joinersIn(month: CivilDate, index: number): number {
  const season: Readonly<Record<number, number>> = { 3: 18, 4: 20, 9: 12, 12: 11, 8: 8, 2: 9 };
  return (season[monthNumber(month)] ?? 10) * (100 + 2 * index);
}

/** Where bills go since the first day of service; one in twelve has moved since. */
function addressesOf(home: Home, products: readonly DemoProduct[]): DemoAddress[] {
  const { random } = home;
  const from = products.map(({ history }) => history[0]!.from).reduce((a, b) => (a < b ? a : b));
  const knownOn = products.map(registeredOn).reduce((a, b) => (a < b ? a : b));
  const first = { from, to: null, address: address(random), knownOn, knownUntil: null };
  const told = random.chance(8) ? dayWithin(home, later(addDays(from, 90), home.since), home.until) : undefined;
  if (told === undefined) return [first];
  const moved = addDays(told, random.between(-2, 12));
  return [
    { ...first, knownUntil: told },
    { ...first, to: moved, knownOn: told },
    { ...first, from: moved, address: address(random), knownOn: told },
  ];
}

type Holding = (home: Home, joined: CivilDate) => DemoProduct[];

const households: readonly (readonly [number, Holding])[] = [
  [38, (home, joined) => [...line(home, joined), ...lineLater(home, joined, 12)]],
  [20, (home, joined) => [...line(home, joined), ...line(home, joined), ...lineLater(home, joined, 15)]],
  [22, (home, joined) => [...line(home, joined), ...internet(home, joined), ...electricity(home, joined, 50)]],
  [
    12,
    (home, joined) => [
      ...line(home, joined),
      ...line(home, joined),
      ...lineLater(home, joined, 40),
      ...internet(home, joined),
    ],
  ],
  [4, (home, joined) => [...internet(home, joined), ...electricity(home, joined, 30)]],
  [4, (home, joined) => [...electricity(home, joined, 100), ...lineLater(home, joined, 30)]],
];

function firm(home: Home, joined: CivilDate): DemoProduct[] {
  const { random } = home;
  const times = (n: number, make: () => DemoProduct[]): DemoProduct[] => Array.from({ length: n }, make).flat();
  return [
    ...times(random.between(2, 6), () => line(home, joined)),
    ...times(random.below(4), () => lineLater(home, joined, 60)),
    ...(random.chance(30) ? internet(home, joined) : []),
  ];
}

/** Some day after joining. */
const afterwards = (home: Home, joined: CivilDate): CivilDate | undefined =>
  dayWithin(home, later(addDays(joined, 30), home.since), home.until);

function lineLater(home: Home, joined: CivilDate, percent: number): DemoProduct[] {
  const startsOn = home.random.chance(percent) ? afterwards(home, joined) : undefined;
  return startsOn === undefined ? [] : line(home, startsOn);
}

/** Ordered with the line, or added later; one in twenty has given it up. */
function internet(home: Home, joined: CivilDate): DemoProduct[] {
  const { random, plans } = home;
  const startsOn = random.chance(65) ? joined : (afterwards(home, joined) ?? joined);
  const product = ordered(plans, {
    id: nextId(home),
    offering: 'home-internet',
    startsOn,
    knownOn: orderDay(home, startsOn),
  });
  const givenUp = random.chance(6) ? dayWithin(home, later(addDays(startsOn, 90), home.since), home.until) : undefined;
  return [givenUp === undefined ? product : ended(product, givenUp, 'moved-out-of-area', addDays(givenUp, -9))];
}

/** Taken over from the former supplier on the first of a month. */
function electricity(home: Home, joined: CivilDate, percent: number): DemoProduct[] {
  const { random, plans } = home;
  if (!random.chance(percent)) return [];
  const startsOn = addMonths(firstOfMonth(random.chance(50) ? joined : (afterwards(home, joined) ?? joined)), 1);
  const id = nextId(home);
  const identifier = `03000000${id.replace(/\D/g, '').padStart(14, '0')}`;
  const knownOn = addDays(startsOn, -random.between(5, 25));
  return knownOn > home.until
    ? []
    : [ordered(plans, { id, offering: 'home-electricity', startsOn, knownOn, identifier })];
}
