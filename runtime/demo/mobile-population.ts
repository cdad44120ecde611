/**
 * Who are the customers of the demo carrier? Some 300, the same for the same seed and day.
 * Households, single people and firms; newcomers and old hands; suspensions, cancellations, changes of plan, corrections.
 */
import { addDays, addMonths, daysBetween, firstOfMonth, type CivilDate } from '#engine/calendar/civil-date.ts';
import { besideLine, changedTo, opened, productOf, putRight, suspended, type NewProduct } from './mobile-products.ts';
import { address, firmName, personName } from './names.ts';
import type { DemoCustomer, DemoProduct, Population } from './population.ts';
import { randomFrom, type Random } from './random.ts';

export const CUSTOMERS = 300;

type Home = { readonly random: Random; readonly today: CivilDate; readonly number: string; lines: number };

export function mobilePopulation(seed: number, today: CivilDate): Population {
  const random = randomFrom(seed);
  const customers = Array.from({ length: CUSTOMERS }, (_, index) =>
    customerOf(random, today, String(index + 1).padStart(6, '0')),
  );
  return { legalEntity: 'kanade-mobile', customers };
}

function customerOf(random: Random, today: CivilDate, number: string): DemoCustomer {
  const home: Home = { random, today, number, lines: 0 };
  const isFirm = random.chance(12);
  const products = isFirm ? firm(home) : random.weighted(households)(home);
  const since = products.map(({ history }) => history[0]!.from).reduce((a, b) => (a < b ? a : b));
  return {
    number,
    type: isFirm ? 'corporate' : 'individual',
    ...(isFirm ? firmName(random) : personName(random)),
    birthDate: isFirm ? null : addDays('1948-01-01', random.below(58 * 365)),
    address: address(random),
    since,
    billingCycle: isFirm ? 'twentieth' : 'month-end',
    products,
  };
}

const households: readonly (readonly [number, (home: Home) => DemoProduct[]])[] = [
  [40, (home) => line(home)],
  [20, (home) => [...line(home), ...line(home)]],
  [22, (home) => [...line(home), ...internet(home), ...(home.random.chance(50) ? electricity(home) : [])]],
  [10, (home) => [...line(home), ...line(home), ...line(home), ...internet(home)]],
  [4, (home) => internet(home)],
  [4, (home) => electricity(home)],
];

const firm = (home: Home): DemoProduct[] => Array.from({ length: home.random.between(2, 7) }, () => line(home)).flat();

/** A mobile line with what goes with it. */
function line(home: Home): DemoProduct[] {
  const { random, today } = home;
  const offering = random.weighted([
    [22, 'smartphone-s'],
    [28, 'smartphone-m'],
    [22, 'smartphone-m-two-year'],
    [14, 'smartphone-l'],
    [14, 'data-sim'],
  ]);
  const startsOn = startDay(random, today);
  const wanted: NewProduct = {
    id: nextId(home),
    offering,
    startsOn,
    ...(random.chance(25) && { tenureFrom: addMonths(startsOn, -random.between(12, 150)) }),
    identifier: phoneNumber(home),
  };
  const product = whatBefell(random, today, wanted);
  return [product, ...(product.history[0]!.offering === 'data-sim' ? [] : besideLine(random, product, today))];
}

/** What happened to a line since it was sold; for most, nothing. */
function whatBefell(random: Random, today: CivilDate, wanted: NewProduct): DemoProduct {
  const month = firstOfMonth(today);
  const within = (): CivilDate => addDays(month, random.below(daysBetween(month, today) + 1));
  const isOld = wanted.startsOn < addMonths(month, -3);
  const product = productOf(wanted);
  const isDataSim = wanted.offering === 'data-sim';
  if (!isOld) return random.chance(25) && wanted.startsOn >= addMonths(month, -1) ? moveUp(random, wanted) : product;
  switch (
    random.weighted([
      [82, 'nothing'],
      [4, 'changed'],
      [3, 'changed-before'],
      [3, 'suspended'],
      [1, 'resumed'],
      [4, 'left'],
      [2, 'left-before'],
      [2, 'put-right'],
    ] as const)
  ) {
    case 'nothing':
      return product;
    case 'changed':
      return isDataSim
        ? product
        : changedTo(product, random.pick(['smartphone-s', 'smartphone-m', 'smartphone-l']), within());
    case 'changed-before':
      return isDataSim ? product : changedTo(product, 'smartphone-l', addMonths(month, -1));
    case 'suspended':
      return suspended(product, addDays(month, -random.between(1, 40)), null);
    case 'resumed':
      return suspended(product, addDays(month, -random.between(1, 40)), within());
    case 'left':
      return productOf({
        ...wanted,
        endsOn: addDays(within(), 1),
        endReason: random.weighted([
          [6, 'moving-to-another-carrier'],
          [3, 'customer-request'],
          [1, 'death'],
        ]),
      });
    case 'left-before':
      return productOf({
        ...wanted,
        endsOn: addDays(month, -random.between(3, 60)),
        endReason: 'moving-to-another-carrier',
      });
    case 'put-right':
      return putRight(product, isDataSim ? 'smartphone-s' : 'data-sim');
  }
}

/** Sold to somebody who moved up from another plan, some of them with the shop's bonus. */
function moveUp(random: Random, wanted: NewProduct): DemoProduct {
  return productOf({
    ...wanted,
    offering: 'smartphone-l',
    event: 'planChange',
    grants: random.chance(60) ? ['switch-and-save'] : [],
  });
}

function internet(home: Home): DemoProduct[] {
  const { random, today } = home;
  const startsOn = startDay(random, today);
  const endsOn = random.chance(4) ? addDays(firstOfMonth(today), 10) : null;
  return [
    productOf({
      id: nextId(home),
      offering: 'home-internet',
      startsOn,
      endsOn: endsOn !== null && endsOn > startsOn ? endsOn : null,
      endReason: 'moved-out-of-area',
    }),
  ];
}

function electricity(home: Home): DemoProduct[] {
  const startsOn = addMonths(firstOfMonth(home.today), -home.random.between(1, 40));
  const id = nextId(home);
  return [
    productOf({
      id,
      offering: 'home-electricity',
      startsOn: startsOn < opened ? opened : startsOn,
      identifier: `03000000${id.replace(/\D/g, '').padStart(14, '0')}`,
    }),
  ];
}

/** Mostly years ago; one in nine this month or the last, when campaigns run. */
function startDay(random: Random, today: CivilDate): CivilDate {
  const month = firstOfMonth(today);
  const day = random.weighted([
    [5, () => addDays(month, random.below(daysBetween(month, today) + 1))],
    [6, () => addDays(addMonths(month, -1), random.below(28))],
    [14, () => addDays(month, -random.between(31, 150))],
    [75, () => addDays(month, -random.between(151, 1500))],
  ])();
  return day < opened ? opened : day;
}

const nextId = (home: Home): string => `P-${home.number}-${(home.lines += 1)}`;

/** No number like it is in use: after 070 comes a digit other than 0. */
const phoneNumber = (home: Home): string => `0700${home.number}${home.lines}`;
