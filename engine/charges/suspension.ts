/**
 * What does a monthly charge cost while service is suspended, and for how long? All of it, nothing, or a fee of its own.
 * Also called: suspension fee, pause, 休止料, 休会費, 一時休止, 最長休止期間.
 */
import type { Sentence } from '#schemas/generated/types.ts';
import { termEnd } from '#engine/calendar/term.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Stretch } from '#engine/facts/timeline.ts';
import { exact, isZero, times, toText, type Exact } from '#engine/money/exact.ts';
import { minorToExact } from '#engine/money/money.ts';
import { priceOfShare, saidMonth, shareOf, type Share } from '#engine/proration/proration.ts';
import { addLine, roundAmount, type BillDraft, type Part, type ProductInPeriod } from '#engine/billing/draft.ts';
import type { ChargedPart, MonthlyCharge } from './monthly-parts.ts';
import { restOfMonth, useMonth, withinMonth } from './month-used.ts';
import type { ChargePlace } from './place.ts';
import { regularStep } from './sections.ts';

/** The parts that are charged in full, and those in which service is suspended and the charge says something else of it. */
export function cutBySuspension(
  { timeline }: Pick<ProductInPeriod, 'timeline'>,
  charge: MonthlyCharge,
  parts: readonly Part[],
): { readonly paid: readonly Part[]; readonly suspended: readonly Part[] } {
  const { whileSuspended = 'charge', longestSuspensionMonths: longest } = charge;
  if (whileSuspended === 'charge' || parts.every(({ stretch }) => stretch.status === 'active'))
    return { paid: parts, suspended: none };
  const paid: Part[] = [];
  const suspended: Part[] = [];
  for (const part of parts) {
    const { start, end } = part.period;
    const over = longest === undefined ? null : overOn(timeline, part.stretch, longest);
    if (part.stretch.status === 'active' || (over !== null && over <= start)) paid.push(part);
    else if (over === null || over >= end) suspended.push(part);
    else {
      suspended.push({ ...part, period: { start, end: over } });
      paid.push({ ...part, period: { start: over, end } });
    }
  }
  return { paid, suspended };
}

const none: readonly Part[] = [];

/**
 * The first day on which a suspension has lasted so many months, by Civil Code 143: suspended on 31 August for six
 * months at the longest, 28 February is the last day of them. A change of anything else does not begin it anew.
 */
function overOn(timeline: readonly Stretch[], stretch: Stretch, months: number): CivilDate {
  let begunOn = stretch.from;
  for (const earlier of timeline.slice(0, timeline.indexOf(stretch)).reverse()) {
    if (earlier.status === 'active') break;
    begunOn = earlier.from;
  }
  return termEnd(begunOn, months);
}

/** In the trace: since when an overlong suspension is charged in full. */
export function noteOverlong(
  draft: BillDraft,
  { product, parts, timeline }: ProductInPeriod,
  charge: MonthlyCharge,
): void {
  const { whileSuspended = 'charge', longestSuspensionMonths: months } = charge;
  if (!draft.trace.on || whileSuspended === 'charge' || months === undefined) return;
  const part = parts.find(({ stretch }) => stretch.status === 'suspended');
  const since = part === undefined ? null : overOn(timeline, part.stretch, months);
  if (part === undefined || since === null || since >= parts.at(-1)!.period.end) return;
  const values = { product: product.id, charge: charge.id, months: String(months), since };
  draft.trace.note('trace.suspension.over', values);
}

/** The fee for the days of suspension, if the charge has one: so much a month, by the same rules for parts of a month. */
export function suspensionLine(
  draft: BillDraft,
  product: ProductInPeriod,
  { charge, ruleset, row }: ChargePlace<MonthlyCharge>,
  part: ChargedPart,
): void {
  const fee = charge.whileSuspended === 'fee' ? charge.suspensionFee : undefined;
  if (fee === undefined) return;
  const rounding = charge.rounding ?? draft.rounding.body.line;
  const daily = charge.proration.dailyRounding ?? rounding;
  const round = (amount: Exact): Exact => minorToExact(roundAmount(draft, amount, daily), draft.cycle.body.currency);
  const share = shareOf(part, { period: draft.period, of: draft.base }, charge.proration);
  const price = exact(fee.price);
  const whole = times(price, part.quantity);
  const asked = share.isWhole ? whole : times(priceOfShare(price, share, charge.proration, round), part.quantity);
  if (isZero(whole)) return;
  const ofMonth = { product: product.product.id, charge: charge.id, part, whole };
  const worked = withinMonth(draft, ofMonth, asked);
  const line = addLine(draft, {
    product: product.product.id,
    charge: `${charge.id}-suspension`,
    name: fee.name,
    phase: 'listCharges',
    ruleset,
    row: `${row}/suspensionFee`,
    target: null,
    servicePeriod: part.period,
    quantity: part.quantity,
    unitPrice: price,
    base: whole,
    exact: worked,
    amount: roundAmount(draft, worked, rounding),
    taxCategory: charge.taxCategory,
    taxIncluded: charge.taxIncluded ?? false,
    why: worked === asked ? whyOf(charge, fee.price, part, share) : restOfMonth(share, whole, worked),
  });
  useMonth(draft, ofMonth, line);
  if (draft.trace.on) draft.trace.line(line.id, line.why, regularStep(draft));
}

const whyOf = ({ proration }: MonthlyCharge, price: string, { quantity }: ChargedPart, share: Share): Sentence => ({
  code: share.isWhole ? 'line.suspension.whole' : 'line.suspension.byDay',
  values: {
    price,
    quantity: toText(quantity),
    days: String(share.days),
    of: saidMonth(share),
    first: proration.arithmetic ?? 'multiplyFirst',
  },
});
