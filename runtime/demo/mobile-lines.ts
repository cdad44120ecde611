/**
 * What does a mobile line of the demo carrier live through, and what goes with it? Plan changes, suspensions, leaving inside
 * and after a two-year term, mistakes put right; devices in instalments, options, top-ups.
 * Also called: line history, 回線, プラン変更, 休止, 解約, 端末分割, オプション.
 */
import {
  addDays,
  addMonths,
  daysBetween,
  firstOfMonth,
  lastDayOfMonth,
  type CivilDate,
} from '#engine/calendar/civil-date.ts';
import type { Plans } from './demo-plans.ts';
import { changed, ended, feesFrom, ordered, putRight, resumed, suspended } from './mobile-products.ts';
import { heldStretches, type DemoProduct } from './population.ts';
import type { Random } from './random.ts';

/** Whose lines they are, and within which days things befall them. */
export type Home = {
  readonly random: Random;
  readonly plans: Plans;
  readonly today: CivilDate;
  /** The first day of the two years that are told of. */
  readonly since: CivilDate;
  /** The day until which the customer stays; today where they have not left. */
  readonly until: CivilDate;
  readonly number: string;
  made: number;
};

export const nextId = (home: Home): string => `P-${home.number}-${(home.made += 1)}`;

/** No number like it is in use: after 070 comes a digit other than 0. */
const phoneNumber = (home: Home): string => `0700${home.number.slice(1)}${String(home.made).padStart(2, '0')}`;

/** A day from `from` up to, not including, `to`; undefined when there is none. */
export function dayWithin({ random }: Pick<Home, 'random'>, from: CivilDate, to: CivilDate): CivilDate | undefined {
  const days = daysBetween(from, to);
  return days > 0 ? addDays(from, random.below(days)) : undefined;
}

const later = (a: CivilDate, b: CivilDate): CivilDate => (a > b ? a : b);
const earlier = (a: CivilDate, b: CivilDate): CivilDate => (a < b ? a : b);

const voicePlans = ['smartphone-s', 'smartphone-m', 'smartphone-l'] as const;

/** A line that starts on the day, with what goes with it. */
export function line(home: Home, startsOn: CivilDate): DemoProduct[] {
  const { random, plans } = home;
  const offering = random.weighted(soldPlans);
  const main = ordered(plans, {
    id: nextId(home),
    offering,
    startsOn,
    knownOn: orderDay(home, startsOn),
    identifier: phoneNumber(home),
    ...(random.chance(22) && { tenureFrom: addMonths(startsOn, -random.between(12, 130)) }),
  });
  const story = random.weighted(stories);
  const day = dayWithin(home, later(addDays(startsOn, 40), home.since), home.until);
  const beside = (until: CivilDate): DemoProduct[] => (offering === 'data-sim' ? [] : besideLine(home, main, until));
  if (day === undefined) return [main, ...beside(home.until)];
  if (story === 'left' || (story === 'leaves soon' && home.until === home.today)) {
    const leaving = story === 'left' ? leavingOn(home, day) : leavingSoon(home);
    return withoutService([main, ...beside(leaving.told)], leaving);
  }
  return [...whatBefell(home, main, story, day), ...beside(home.until)];
}

const soldPlans = [
  [20, 'smartphone-s'],
  [27, 'smartphone-m'],
  [26, 'smartphone-m-two-year'],
  [14, 'smartphone-l'],
  [13, 'data-sim'],
] as const;

/** A few days before the start as a rule; on paper, and entered after the fact, now and then. */
export function orderDay({ random, today }: Home, startsOn: CivilDate): CivilDate {
  const before = earlier(addDays(startsOn, -random.weighted(daysAhead)), today);
  const after = earlier(addDays(startsOn, random.between(1, 5)), earlier(lastDayOfMonth(startsOn), today));
  return random.chance(4) && after > startsOn ? after : before;
}

const daysAhead = [
  [30, 0],
  [20, 1],
  [20, 3],
  [20, 6],
  [10, 14],
] as const;

const stories = [
  [58, 'nothing'],
  [12, 'changed'],
  [3, 'moved up'],
  [6, 'suspended'],
  [14, 'left'],
  [2, 'leaves soon'],
  [3, 'put right'],
] as const;

type Story = (typeof stories)[number][1];

/** The line after what has happened to it since it was sold; for most, nothing. */
function whatBefell(home: Home, main: DemoProduct, story: Story, day: CivilDate): DemoProduct[] {
  const { offering } = main.history[0]!;
  if (story === 'suspended') return [suspendedOn(home, main, day)];
  if (!voicePlans.some((plan) => plan === offering)) return [main];
  switch (story) {
    case 'changed':
      return [changedOn(home, main, day)];
    case 'moved up':
      return offering === 'smartphone-l' ? [main] : movedUp(home, main);
    case 'put right':
      return [putRightOn(home, main)];
    default:
      return [main];
  }
}

/** Asked for on the day; the new plan begins at once or, more often, on the first of the next month. */
function changedOn({ random, plans }: Home, main: DemoProduct, day: CivilDate): DemoProduct {
  const { offering } = main.history[0]!;
  const wanted = random.pick(voicePlans.filter((plan) => plan !== offering));
  return changed(plans, main, wanted, random.chance(60) ? addMonths(firstOfMonth(day), 1) : day, day);
}

/** The plan above, sold anew under the same number on the first of a month; a shop gives some of them its bonus. */
function movedUp(home: Home, main: DemoProduct): DemoProduct[] {
  const { random, plans, today, until } = home;
  const on = addMonths(firstOfMonth(today), -random.between(0, 6));
  const asked = earlier(addDays(on, -random.between(2, 9)), today);
  const old = ended(main, on, 'plan-change', asked);
  if (old === main || on >= until) return [main];
  const above = ordered(plans, {
    id: nextId(home),
    offering: 'smartphone-l',
    startsOn: on,
    knownOn: asked,
    event: 'planChange',
    tenureFrom: main.tenureFrom,
    identifier: main.identifier!,
    grants: random.chance(60) ? ['switch-and-save'] : [],
  });
  return [old, above];
}

/** Lost, stolen, abroad: out of service for some weeks, or still. */
function suspendedOn({ random, until }: Home, main: DemoProduct, day: CivilDate): DemoProduct {
  const stopped = suspended(main, day, day);
  const back = addDays(day, random.between(4, 75));
  return back < until ? resumed(stopped, back, back) : stopped;
}

/** The first day without service, why, and the day on which it was told. */
export type Leaving = { readonly endsOn: CivilDate; readonly reason: string; readonly told: CivilDate };

/** The last day of service is `day` or the last of its month; told beforehand, on the day, or entered a few days late. */
export function leavingOn({ random, today }: Pick<Home, 'random' | 'today'>, day: CivilDate): Leaving {
  const lastDay = random.chance(45) ? earlier(lastDayOfMonth(day), today) : day;
  const told = random.weighted([
    [42, addDays(day, -random.between(1, 20))],
    [55, day],
    [3, earlier(addDays(lastDay, random.between(1, 5)), earlier(lastDayOfMonth(lastDay), today))],
  ]);
  return { endsOn: addDays(lastDay, 1), reason: random.weighted(reasons), told };
}

const reasons = [
  [58, 'moving-to-another-carrier'],
  [34, 'customer-request'],
  [4, 'moved-out-of-area'],
  [4, 'death'],
] as const;

/** Gone at the end of this month or within the next weeks, and known to be. */
function leavingSoon({ random, today }: Home): Leaving {
  const lastDay = random.chance(60) ? lastDayOfMonth(today) : addDays(today, random.between(1, 25));
  return { endsOn: addDays(lastDay, 1), reason: random.weighted(reasons), told: addDays(today, -random.below(12)) };
}

/** None of them is in service from then on; the instalments of a device go on to the last. */
export function withoutService(products: readonly DemoProduct[], { endsOn, reason, told }: Leaving): DemoProduct[] {
  return products
    .filter(({ history }) => history[0]!.from < endsOn)
    .map((product) =>
      product.history[0]!.offering === 'device-instalment' ? product : ended(product, endsOn, reason, told),
    );
}

/** Entered with another plan and corrected: within days as a rule, after a bill now and then. */
function putRightOn({ random, plans, until }: Home, main: DemoProduct): DemoProduct {
  const { offering, knownOn } = main.history[0]!;
  const within = earlier(addDays(knownOn, random.between(1, 6)), lastDayOfMonth(knownOn));
  const on = random.chance(70) && within > knownOn ? within : addDays(knownOn, random.between(20, 60));
  return on >= until ? main : putRight(plans, main, random.pick(voicePlans.filter((plan) => plan !== offering)), on);
}

/** What goes with a voice line: the statutory fees of its number and, for some, devices, options and top-ups. */
function besideLine(home: Home, { id, history }: DemoProduct, until: CivilDate): DemoProduct[] {
  const { random, plans, since } = home;
  const { from, knownOn } = history[0]!;
  const afterwards = (): CivilDate | undefined => dayWithin(home, later(addDays(from, 60), since), until);
  let made = 0;
  const beside = (offering: string, startsOn: CivilDate | undefined, more: object = {}): DemoProduct[] => {
    made += 1;
    if (startsOn === undefined) return [];
    const known = { knownOn: startsOn === from ? knownOn : startsOn };
    return [ordered(plans, { id: `${id}-${made}`, offering, startsOn, ...known, ...more })];
  };
  const device = (boughtOn: CivilDate | undefined): DemoProduct[] =>
    beside('device-instalment', boughtOn, {
      ...(boughtOn !== undefined && { endsOn: addMonths(boughtOn, 24), endReason: 'paid-in-full' }),
    });
  const option = (offering: string, percent: number, more: object = {}): DemoProduct[] => {
    if (!random.chance(percent)) return beside(offering, undefined);
    const taken = beside(offering, random.chance(70) ? from : afterwards(), more);
    const givenUp = random.chance(15) ? afterwards() : undefined;
    return givenUp === undefined ? taken : taken.map((each) => ended(each, givenUp, 'customer-request', givenUp));
  };
  const topUp = (): DemoProduct[] => {
    const boughtOn = random.chance(9) ? afterwards() : undefined;
    const more = boughtOn === undefined ? {} : { endsOn: addDays(boughtOn, 30), endReason: 'used-up' };
    return beside('data-top-up', boughtOn, more);
  };
  return [
    ...beside('phone-number', later(from, feesFrom), { knownOn: later(knownOn, addDays(feesFrom, -10)) }),
    ...device(random.chance(36) ? from : undefined),
    ...device(random.chance(20) ? afterwards() : undefined),
    ...option('voicemail', 20),
    ...option('security-pack', 12, { quantity: String(random.between(1, 3)) }),
    ...option('device-care', 12),
    ...topUp(),
    ...topUp(),
  ];
}

/** What a line is at last: the one product of those that go with it that is named in usage files. */
export const isLine = (product: DemoProduct): boolean => product.identifier?.startsWith('070') === true;

/** Whether a line can talk. */
export const isVoice = (product: DemoProduct): boolean =>
  heldStretches(product).every(({ offering }) => offering !== 'data-sim');
