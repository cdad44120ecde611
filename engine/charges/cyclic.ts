/**
 * What is charged every so many days, weeks or months? Also called: cyclic charge, periodic purchase, 周期課金, 定期購買,
 * 前払い, 後払い. A food box of 3,980 every two weeks is charged twice or three times a month.
 */
import type { CyclicCharge } from '#schemas/generated/types.ts';
import { addDays, daysBetween, type CivilDate } from '#engine/calendar/civil-date.ts';
import { contains, days, type Period } from '#engine/calendar/period.ts';
import { stretchOn, type Stretch } from '#engine/facts/timeline.ts';
import { exact, isNegative, isZero, minus, negated, ONE, toText, type Exact } from '#engine/money/exact.ts';
import { addLine, roundAmount, type BillDraft, type NewLine, type ProductInPeriod } from '#engine/billing/draft.ts';
import { changesOf, paidThrough, someSettle, unused, type Run, type Settlement } from './interval-changes.ts';
import { priceOfInterval, shareOfDays } from './interval-price.ts';
import { priceFor, type AgreedPrice } from './negotiated-price.ts';
import type { ChargePlace } from './place.ts';
import { begunAt, isAfterLast, rhythmFrom, type Begun } from './rhythm.ts';

/**
 * A line for each interval that falls due in the period: with its first day in advance, with its last in arrears.
 * Intervals are counted from the anchor, the first of them beginning on or after the day charging starts; the first may
 * be free of charge, and what falls due while suspended may be left out. Neither moves the days of the others. A change
 * to another interval may: `interval-changes.ts`. The days before the first whole interval may be charged as a part of one.
 */
export function cyclicLines(draft: BillDraft, product: ProductInPeriod, place: ChargePlace<CyclicCharge>): void {
  const { runs, settlements } = someSettle(draft.group.release)
    ? changesOf(draft, product, place.charge.id)
    : { runs: [runFromStart(product, place)], settlements: [] };
  for (const settlement of settlements) {
    if (settlement.to.plan === place.plan && contains(draft.period, settlement.on)) settle(draft, product, settlement);
  }
  runs.forEach((run, at) => {
    const until = runs[at + 1]?.from ?? null;
    for (const { due, ...running } of intervalsDue(draft, product, run)) {
      if (due < run.from || (until !== null && until <= due)) continue;
      const part = product.parts.find((candidate) => contains(candidate.period, due));
      if (part?.plan !== place.plan || isSkipped(place.charge, part.stretch)) continue;
      charge(draft, product, place, running, exact(part.stretch.quantity));
    }
  });
  const last = runs.at(-1);
  if (last !== undefined) refundUnserved(draft, product, place, last);
}

const runFromStart = ({ product }: ProductInPeriod, place: ChargePlace<CyclicCharge>): Run => ({
  versions: [{ from: product.startsOn, place }],
  rhythm: rhythmFrom(place.charge, product.startsOn),
  from: product.startsOn,
  carried: null,
});

interface Due extends Begun {
  readonly due: CivilDate;
}

function intervalsDue(draft: BillDraft, product: ProductInPeriod, { rhythm }: Run): readonly Due[] {
  const { endsOn } = product.product;
  const found: Due[] = [];
  for (let n = rhythm.first; ; n += 1) {
    const { interval, begun } = begunAt(rhythm, n);
    const isOver = endsOn !== null && begun.start >= endsOn;
    if (isOver || begun.start >= draft.period.end || isAfterLast(rhythm, n)) return found;
    const due = dueDay(rhythm.charge, served(begun, product));
    if (contains(draft.period, due)) found.push({ interval, begun, due });
  }
}

const isSkipped = (charge: CyclicCharge, stretch: Stretch | undefined): boolean =>
  charge.whileSuspended === 'skip' && stretch?.status === 'suspended';

function served(interval: Period, product: ProductInPeriod): Period {
  const { endsOn } = product.product;
  return endsOn !== null && endsOn < interval.end ? { start: interval.start, end: endsOn } : interval;
}

const dueDay = (charge: CyclicCharge, interval: Period): CivilDate =>
  charge.timing === 'advance' ? interval.start : addDays(interval.end, -1);

function charge(
  draft: BillDraft,
  product: ProductInPeriod,
  place: ChargePlace<CyclicCharge>,
  { interval, begun }: Begun,
  quantity: Exact,
): void {
  const { charge } = place;
  // In advance all that has begun is charged; what is not served comes back when service ends.
  const part = charge.timing === 'arrears' ? served(begun, product) : begun;
  const charged = charge.onEnd === 'byDay' ? part : begun;
  chargePart(draft, product, place, { interval, part, charged: days(charged), quantity });
}

interface PartOfInterval {
  readonly interval: Period;
  /** The days that the line is for, and how many days' price it asks. */
  readonly part: Period;
  readonly charged: number;
  readonly quantity: Exact;
}

function chargePart(
  draft: BillDraft,
  product: ProductInPeriod,
  place: ChargePlace<CyclicCharge>,
  { interval, part, charged, quantity }: PartOfInterval,
): void {
  const { charge } = place;
  const isPart = charged < days(interval);
  const { agreed, full } = priceOfInterval(draft, product, place, part, quantity);
  const shown = charge.perUnit === true ? quantity : ONE;
  add(draft, product, place, {
    servicePeriod: part,
    quantity: shown,
    worked: isPart ? shareOfDays(full, charged, interval) : full,
    agreed,
    base: full,
    phase: 'listCharges',
    why: {
      code: isPart ? 'line.cyclic.part' : 'line.cyclic.whole',
      values: {
        price: toText(agreed.price),
        quantity: toText(shown),
        days: String(charged),
        of: String(days(interval)),
      },
    },
  });
}

/** What was paid in advance for days that will not be served, in the period in which service ends. */
function refundUnserved(draft: BillDraft, product: ProductInPeriod, place: ChargePlace<CyclicCharge>, run: Run): void {
  const { endsOn } = product.product;
  if (endsOn === null || !contains(draft.period, addDays(endsOn, -1))) return;
  if (product.parts.at(-1)?.plan !== place.plan) return;
  const paid = paidThrough(draft, product, run, endsOn);
  if (paid?.place.charge.onEnd !== 'byDay') return;
  const left = daysBetween(endsOn, paid.period.end);
  add(draft, product, paid.place, {
    servicePeriod: { start: endsOn, end: paid.period.end },
    quantity: ONE,
    worked: negated(unused(paid, endsOn)),
    agreed: priceFor(draft, product, paid.place, paid.place.charge.price, paid.period.start),
    base: paid.price,
    phase: 'terminationCharges',
    why: {
      code: 'line.cyclic.refund',
      values: { days: String(left), of: String(days(paid.period)), price: toText(paid.price) },
    },
  });
}

/** On the day of a change to another interval. */
function settle(draft: BillDraft, product: ProductInPeriod, settlement: Settlement): void {
  const { on } = settlement;
  if (settlement.is === 'part') {
    const { place, running } = settlement;
    const quantity = exact(stretchOn(product.timeline, addDays(on, -1))?.quantity ?? '1');
    const part = { start: running.begun.start, end: on };
    return chargePart(draft, product, place, { interval: running.interval, part, charged: days(part), quantity });
  }
  if (settlement.is === 'days') return buyDays(draft, product, settlement);
  const { paid, left } = settlement;
  const servicePeriod = { start: on, end: paid.period.end };
  const isCredit = settlement.is === 'credit';
  const worked = isCredit ? negated(left) : minus(settlement.price, left);
  const place = isCredit ? paid.place : settlement.to;
  const rest = { days: String(days(servicePeriod)), of: String(days(paid.period)), paid: toText(paid.price) };
  add(draft, product, place, {
    servicePeriod,
    quantity: ONE,
    worked,
    agreed: priceFor(draft, product, place, place.charge.price, on),
    base: isCredit ? paid.price : settlement.price,
    phase: isNegative(worked) ? 'adjustments' : 'listCharges',
    why: isCredit
      ? { code: 'line.cyclic.credit', values: rest }
      : {
          code: 'line.cyclic.difference',
          values: { ...rest, price: place.charge.price, interval: String(days(settlement.of)) },
        },
  });
}

/** So many days are paid for by what was left; what is less than a day's price comes back. */
function buyDays(draft: BillDraft, product: ProductInPeriod, settlement: Extract<Settlement, { is: 'days' }>): void {
  const { on, to, paid, left, bought, rest, of } = settlement;
  const end = bought === 0 ? paid.period.end : addDays(on, bought);
  add(draft, product, isZero(rest) ? to : paid.place, {
    servicePeriod: { start: on, end },
    quantity: ONE,
    worked: negated(rest),
    agreed: priceFor(draft, product, to, to.charge.price, on),
    base: left,
    phase: 'adjustments',
    why: {
      code: 'line.cyclic.bought',
      values: {
        ...{ left: String(daysBetween(on, paid.period.end)), of: String(days(paid.period)), paid: toText(paid.price) },
        ...{ days: String(bought), price: to.charge.price, interval: String(days(of)) },
        back: isZero(rest) ? 'no' : 'yes',
      },
    },
  });
}

type Charged = Pick<NewLine, 'servicePeriod' | 'quantity' | 'base' | 'phase' | 'why'> & {
  readonly worked: Exact;
  readonly agreed: AgreedPrice;
};

function add(draft: BillDraft, product: ProductInPeriod, place: ChargePlace<CyclicCharge>, charged: Charged): void {
  const { charge, ruleset, row } = place;
  const { worked, agreed, ...rest } = charged;
  const line = addLine(draft, {
    ...rest,
    product: product.product.id,
    charge: charge.id,
    name: charge.name,
    ruleset,
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
