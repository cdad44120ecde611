/**
 * What is charged every so many days, weeks or months? Also called: cyclic charge, periodic purchase, 周期課金, 定期購買,
 * 前払い, 後払い. A food box of 3,980 every two weeks is charged twice or three times a month.
 */
import type { CyclicCharge } from '#schemas/generated/types.ts';
import { addDays, addMonths, daysBetween, type CivilDate } from '#engine/calendar/civil-date.ts';
import { contains, days, type Period } from '#engine/calendar/period.ts';
import { stretchOn, type Stretch } from '#engine/facts/timeline.ts';
import { dividedBy, exact, fromInteger, negated, ONE, times, toText, type Exact } from '#engine/money/exact.ts';
import {
  addLine,
  identityOf,
  roundAmount,
  type BillDraft,
  type NewLine,
  type ProductInPeriod,
} from '#engine/billing/draft.ts';
import { priceFor, type AgreedPrice } from './negotiated-price.ts';
import type { ChargePlace } from './place.ts';

/**
 * A line for each interval that falls due in the period: with its first day in advance, with its last in arrears.
 * Intervals are counted from the anchor, the first of them beginning on or after the day charging starts; the first may
 * be free of charge, and what falls due while suspended may be left out. Neither moves the days of the others.
 */
export function cyclicLines(draft: BillDraft, product: ProductInPeriod, place: ChargePlace<CyclicCharge>): void {
  for (const interval of intervalsDue(draft, product, place.charge)) {
    const due = dueDay(place.charge, served(interval, product));
    const part = product.parts.find((candidate) => contains(candidate.period, due));
    if (part?.plan !== place.plan || isSkipped(place.charge, part.stretch)) continue;
    charge(draft, product, place, interval, exact(part.stretch.quantity));
  }
  refundUnserved(draft, product, place);
}

function intervalsDue(draft: BillDraft, product: ProductInPeriod, charge: CyclicCharge): readonly Period[] {
  const { endsOn } = product.product;
  const due: Period[] = [];
  for (let n = firstNumber(charge, product); ; n += 1) {
    const interval = intervalOf(charge, product, n);
    const isOver = endsOn !== null && interval.start >= endsOn;
    if (isOver || interval.start >= draft.period.end || isAfterLast(charge, product, n)) return due;
    if (contains(draft.period, dueDay(charge, served(interval, product)))) due.push(interval);
  }
}

const isSkipped = (charge: CyclicCharge, stretch: Stretch | undefined): boolean =>
  charge.whileSuspended === 'skip' && stretch?.status === 'suspended';

function isAfterLast(charge: CyclicCharge, product: ProductInPeriod, n: number): boolean {
  return charge.times !== undefined && n - firstNumber(charge, product) >= charge.times;
}

/** The number of the first interval that is charged. */
const firstNumber = (charge: CyclicCharge, product: ProductInPeriod): number =>
  firstInService(charge, product) + (charge.first === 'afterOneInterval' ? 1 : 0);

/** The number of the first interval that begins in service, counted from the anchor's own, 0. */
function firstInService(charge: CyclicCharge, product: ProductInPeriod): number {
  const { startsOn } = product.product;
  const anchor = charge.anchor ?? startsOn;
  if (anchor >= startsOn) return 0;
  const perInterval = charge.every.unit === 'month' ? 28 : charge.every.unit === 'week' ? 7 : 1;
  // Never too far: an interval is at least this long. The rest is walked.
  let n = Math.floor(
    daysBetween(anchor, startsOn) / (charge.every.count * (charge.every.unit === 'month' ? 31 : perInterval)),
  );
  while (intervalOf(charge, product, n).start < startsOn) n += 1;
  return n;
}

/** Counted from the anchor each time, so that month ends come back after short months. */
function intervalOf(charge: CyclicCharge, product: ProductInPeriod, n: number): Period {
  const anchor = charge.anchor ?? product.product.startsOn;
  const { count, unit } = charge.every;
  const at = (number: number): CivilDate =>
    unit === 'month' ? addMonths(anchor, count * number) : addDays(anchor, count * number * (unit === 'week' ? 7 : 1));
  return { start: at(n), end: at(n + 1) };
}

function served(interval: Period, product: ProductInPeriod): Period {
  const { endsOn } = product.product;
  return endsOn !== null && endsOn < interval.end ? { start: interval.start, end: endsOn } : interval;
}

const dueDay = (charge: CyclicCharge, interval: Period): CivilDate =>
  charge.timing === 'advance' ? interval.start : addDays(interval.end, -1);

/** The price of an interval, as agreed or listed on its first day. */
function priceOfInterval(
  draft: BillDraft,
  product: ProductInPeriod,
  place: ChargePlace<CyclicCharge>,
  interval: Period,
  quantity: Exact,
): { readonly agreed: AgreedPrice; readonly full: Exact } {
  const agreed = priceFor(draft, product, place, place.charge.price, interval.start);
  return { agreed, full: place.charge.perUnit === true ? times(agreed.price, quantity) : agreed.price };
}

const shareOfDays = (price: Exact, part: number, whole: number): Exact =>
  dividedBy(times(price, fromInteger(BigInt(part))), fromInteger(BigInt(whole)));

function charge(
  draft: BillDraft,
  product: ProductInPeriod,
  place: ChargePlace<CyclicCharge>,
  interval: Period,
  quantity: Exact,
): void {
  const { charge } = place;
  const { agreed, full } = priceOfInterval(draft, product, place, interval, quantity);
  const part = served(interval, product);
  // In advance the whole interval is charged; what is not served comes back when service ends.
  const isPart = charge.timing === 'arrears' && charge.onEnd === 'byDay' && part.end < interval.end;
  const worked = isPart ? shareOfDays(full, days(part), days(interval)) : full;
  const shown = charge.perUnit === true ? quantity : ONE;
  add(draft, product, place, {
    servicePeriod: charge.timing === 'arrears' ? part : interval,
    quantity: shown,
    worked,
    agreed,
    base: full,
    phase: 'listCharges',
    why: {
      code: isPart ? 'line.cyclic.part' : 'line.cyclic.whole',
      values: {
        price: toText(agreed.price),
        quantity: toText(shown),
        days: String(days(part)),
        of: String(days(interval)),
      },
    },
  });
}

/** What was paid in advance for days that will not be served, in the period in which service ends. */
function refundUnserved(draft: BillDraft, product: ProductInPeriod, place: ChargePlace<CyclicCharge>): void {
  const { charge } = place;
  const { endsOn } = product.product;
  if (charge.timing !== 'advance' || charge.onEnd !== 'byDay' || endsOn === null) return;
  const part = product.parts.at(-1);
  if (part?.plan !== place.plan || !contains(draft.period, addDays(endsOn, -1))) return;
  const interval = lastInterval(charge, product, endsOn);
  if (interval === undefined || interval.end <= endsOn) return;
  if (isSkipped(charge, stretchOn(product.timeline, interval.start))) return;
  const { agreed, full } = priceOfInterval(draft, product, place, interval, exact(part.stretch.quantity));
  const left = daysBetween(endsOn, interval.end);
  add(draft, product, place, {
    servicePeriod: { start: endsOn, end: interval.end },
    quantity: ONE,
    worked: negated(shareOfDays(full, left, days(interval))),
    agreed,
    base: full,
    phase: 'terminationCharges',
    why: {
      code: 'line.cyclic.refund',
      values: { days: String(left), of: String(days(interval)), price: toText(full) },
    },
  });
}

function lastInterval(charge: CyclicCharge, product: ProductInPeriod, endsOn: CivilDate): Period | undefined {
  let last: Period | undefined;
  for (let n = firstNumber(charge, product); !isAfterLast(charge, product, n); n += 1) {
    const interval = intervalOf(charge, product, n);
    if (interval.start >= endsOn) break;
    last = interval;
  }
  return last;
}

type Charged = Pick<NewLine, 'servicePeriod' | 'quantity' | 'base' | 'phase' | 'why'> & {
  readonly worked: Exact;
  readonly agreed: AgreedPrice;
};

function add(draft: BillDraft, product: ProductInPeriod, place: ChargePlace<CyclicCharge>, charged: Charged): void {
  const { charge, plan, row } = place;
  const { worked, agreed, ...rest } = charged;
  const line = addLine(draft, {
    ...rest,
    product: product.product.id,
    charge: charge.id,
    name: charge.name,
    ruleset: identityOf(plan),
    row,
    target: null,
    unitPrice: agreed.price,
    exact: worked,
    amount: roundAmount(draft, worked, charge.rounding ?? draft.rounding.body.line),
    taxCategory: charge.taxCategory,
    taxIncluded: charge.taxIncluded ?? false,
  });
  draft.trace.line(line.id, line.why, agreed.steps);
}
