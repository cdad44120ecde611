/**
 * What becomes of an interval that runs when a product changes to another one, say from monthly to yearly?
 * Also called: interval change, plan change of prepaid plans, 支払周期の変更、月払いから年払いへ、未経過分の精算.
 */
import type { CyclicCharge } from '#schemas/generated/types.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import { stretchOn } from '#engine/facts/timeline.ts';
import { dividedBy, exact, fromInteger, isZero, minus, ONE, times, type Exact } from '#engine/money/exact.ts';
import { floorOf } from '#engine/money/rounding.ts';
import { addDays, daysBetween } from '#engine/calendar/civil-date.ts';
import { days, type Period } from '#engine/calendar/period.ts';
import { preparedOnce } from '#engine/rulesets/prepared.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { BillDraft, ProductInPeriod } from '#engine/billing/draft.ts';
import { partsIn, ruledFrom } from '#engine/billing/versions-in-force.ts';
import { priceOfInterval, shareOfDays } from './interval-price.ts';
import { placesOf, type ChargePlace } from './place.ts';
import { intervalAt, lastBefore, rhythmFrom, rhythmSince, type Begun, type Rhythm } from './rhythm.ts';

type CyclicPlace = ChargePlace<CyclicCharge>;

/** Days that have been paid for, and for how much. */
export interface Paid {
  readonly place: CyclicPlace;
  readonly period: Period;
  readonly price: Exact;
}

/** How a charge runs from one change to the next. */
export interface Run {
  /** The charge as the versions of its plan have it, each from its first day here. */
  readonly versions: readonly { readonly from: CivilDate; readonly place: CyclicPlace }[];
  readonly rhythm: Rhythm;
  readonly from: CivilDate;
  /** What was paid for before the first interval of this run begins. */
  readonly carried: Paid | null;
}

/** What is settled on the day of a change. */
export type Settlement = { readonly on: CivilDate; readonly to: CyclicPlace } & (
  | { readonly is: 'credit'; readonly paid: Paid; readonly left: Exact }
  /** Of an interval that would have been charged at its end. */
  | { readonly is: 'part'; readonly place: CyclicPlace; readonly running: Begun }
  /** Days at the new price for the rest of what was paid, and what is left of it that is no whole day's price. */
  | {
      readonly is: 'days';
      readonly paid: Paid;
      readonly left: Exact;
      readonly bought: number;
      readonly rest: Exact;
      readonly of: Period;
    }
  /** The rest of what was paid for, at the new price less the old. */
  | { readonly is: 'difference'; readonly paid: Paid; readonly left: Exact; readonly price: Exact; readonly of: Period }
);

export interface Changes {
  readonly runs: readonly Run[];
  readonly settlements: readonly Settlement[];
}

/** Whether any plan says what a change to its interval does: else every charge is counted from the start of service. */
export const someSettle = preparedOnce(({ rulesets }: Release): boolean =>
  rulesets.some(
    (ruleset) =>
      ruleset.kind === 'ratePlan' &&
      ruleset.body.charges.some((charge) => charge.type === 'cyclic' && (charge.onChange ?? 'nextDue') !== 'nextDue'),
  ),
);

/** The runs of the charge of this id from the start of service to the end of the period, and what their changes settle. */
export function changesOf(draft: BillDraft, product: ProductInPeriod, id: string): Changes {
  const { group, closing, period } = draft;
  const { startsOn } = product.product;
  const ruled = { start: ruledFrom(group, product.timeline), end: period.end };
  const life = partsIn(group, product.product.id, product.timeline, ruled, closing);
  const runs: Run[] = [];
  const settlements: Settlement[] = [];
  let running = false;
  for (const part of life) {
    const place = placesOf(part.plan).find((one) => one.type === 'cyclic' && one.charge.id === id) as
      CyclicPlace | undefined;
    const before = running ? runs.at(-1) : undefined;
    running = place !== undefined;
    if (place === undefined) continue;
    const on = part.period.start;
    if (before !== undefined && goesOn(placeOn(before, on), place)) {
      runs[runs.length - 1] = { ...before, versions: [...before.versions, { from: on, place }] };
      continue;
    }
    const changed = before === undefined ? null : changeOf(draft, product, before, place, on);
    if (changed?.settlement !== undefined) settlements.push(changed.settlement);
    const { rhythm = rhythmFrom(place.charge, startsOn), carried = null } = changed ?? {};
    runs.push({ versions: [{ from: on, place }], rhythm, from: on, carried });
  }
  return { runs, settlements };
}

/** By the version of the day; before the run began, by its first. */
const placeOn = ({ versions }: Run, on: CivilDate): CyclicPlace =>
  (versions.findLast(({ from }) => from <= on) ?? versions[0]!).place;

/** A new version with the same interval goes on; another plan, or another interval, is a change. */
function goesOn(before: CyclicPlace, after: CyclicPlace): boolean {
  const [was, is] = [before.charge, after.charge];
  const isSame = was.every.count === is.every.count && was.every.unit === is.every.unit && was.timing === is.timing;
  return before.plan.id === after.plan.id && isSame && was.anchor === is.anchor;
}

interface Change {
  readonly rhythm?: Rhythm;
  readonly carried?: Paid | null;
  readonly settlement?: Settlement;
}

function changeOf(draft: BillDraft, product: ProductInPeriod, before: Run, to: CyclicPlace, on: CivilDate): Change {
  const policy = to.charge.onChange ?? 'nextDue';
  if (policy === 'nextDue') return {};
  const now = { rhythm: rhythmSince(to.charge, on) };
  const place = placeOn(before, on);
  if (place.charge.timing === 'arrears') {
    const running = lastBefore(before.rhythm, on);
    const isOpen = running !== undefined && running.interval.end > on && !isSkipped(place.charge, product, on);
    return isOpen ? { ...now, settlement: { is: 'part', on, to, place, running } } : now;
  }
  const paid = paidThrough(draft, product, before, on);
  if (paid === null) return now;
  const left = unused(paid, on);
  const rest = { start: on, end: paid.period.end };
  const after = { rhythm: rhythmSince(to.charge, rest.end) };
  switch (policy) {
    case 'creditAndRestart':
      return { ...now, settlement: { is: 'credit', on, to, paid, left } };
    case 'afterPaid':
      return { ...after, carried: paid };
    case 'buyDays': {
      const of = intervalAt(now.rhythm, 0);
      const { full } = priceOfInterval(draft, product, to, of, quantityOn(product, on));
      const bought = daysFor(left, full, of);
      const price = shareOfDays(full, bought, of);
      const period = { start: on, end: addDays(on, bought) };
      const carried = bought === 0 ? null : { place: to, period, price };
      const settlement = { is: 'days', on, to, paid, left, bought, rest: minus(left, price), of } as const;
      return { rhythm: rhythmSince(to.charge, period.end), carried, settlement };
    }
    case 'difference': {
      const of = intervalAt(now.rhythm, 0);
      const { full } = priceOfInterval(draft, product, to, of, quantityOn(product, on));
      const price = shareOfDays(full, daysBetween(on, rest.end), of);
      const carried = { place: to, period: rest, price };
      return { ...after, carried, settlement: { is: 'difference', on, to, paid, left, price, of } };
    }
  }
}

/** How many whole days of an interval the amount pays for: ten years of them at most, none of one that costs nothing. */
function daysFor(amount: Exact, full: Exact, of: Period): number {
  if (isZero(full)) return 0;
  const paidFor = floorOf(dividedBy(times(amount, fromInteger(days(of))), full));
  return paidFor > MOST_DAYS_BOUGHT ? Number(MOST_DAYS_BOUGHT) : Number(paidFor);
}

const MOST_DAYS_BOUGHT = 3_650n;

/** What has been paid for days from `on`; null where nothing has. */
export function paidThrough(draft: BillDraft, product: ProductInPeriod, run: Run, on: CivilDate): Paid | null {
  const { rhythm, from, carried } = run;
  const running = lastBefore(rhythm, on);
  if (running === undefined) return carried !== null && on < carried.period.end ? carried : null;
  const { interval, begun } = running;
  const { start, end } = begun;
  const place = placeOn(run, start);
  if (place.charge.timing === 'arrears' || end <= on || start < from || isSkipped(place.charge, product, start))
    return null;
  const { full } = priceOfInterval(draft, product, place, begun, quantityOn(product, start));
  return { place, period: begun, price: begun === interval ? full : shareOfDays(full, days(begun), interval) };
}

/** The price of the days from `on`. */
export const unused = ({ period, price }: Paid, on: CivilDate): Exact =>
  shareOfDays(price, daysBetween(on, period.end), period);

const isSkipped = (charge: CyclicCharge, { timeline }: ProductInPeriod, on: CivilDate): boolean =>
  charge.whileSuspended === 'skip' && stretchOn(timeline, on)?.status === 'suspended';

function quantityOn({ timeline }: ProductInPeriod, on: CivilDate): Exact {
  const stretch = stretchOn(timeline, on);
  return stretch === undefined ? ONE : exact(stretch.quantity);
}
