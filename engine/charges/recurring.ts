/**
 * What is charged every month? Also called: monthly recurring charge, subscription fee, 月額基本料, 定額料金.
 */
import type { RecurringCharge, Rounding } from '#schemas/generated/types.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { dividedBy, times, toText, type Exact } from '#engine/money/exact.ts';
import { minorToExact } from '#engine/money/money.ts';
import {
  chargedFrom,
  isFreePeriod,
  priceOfShare,
  saidMonth,
  shareOf,
  type Share,
} from '#engine/proration/proration.ts';
import { addLine, roundAmount, type BillDraft, type ProductInPeriod } from '#engine/billing/draft.ts';
import { restOfMonth, useMonth, withinMonth } from './month-used.ts';
import { monthlyParts, type ChargedPart, type MonthlyCharge } from './monthly-parts.ts';
import { cutAtAgreements, priceFor, type AgreedPrice } from './negotiated-price.ts';
import type { ChargePlace } from './place.ts';
import { regularStep } from './sections.ts';
import { noteOverlong, suspensionLine } from './suspension.ts';

/** One line for each part of the period that the charge sees differently. */
export function recurringLines(draft: BillDraft, product: ProductInPeriod, place: ChargePlace<RecurringCharge>): void {
  const { charge } = place;
  if (isFreePeriod(product.product, draft.period, charge.proration)) {
    draft.trace.note('trace.recurring.free', { product: product.product.id, charge: charge.id });
    return;
  }
  noteFreeDays(draft, product, charge);
  noteOverlong(draft, product, charge);
  const { charged, suspended } = monthlyParts(draft, product, place);
  for (const part of charged) {
    for (const piece of cutAtAgreements(draft, product, place, part)) recurringLine(draft, product, place, piece);
  }
  for (const part of suspended) suspensionLine(draft, product, place, part);
}

/** In the trace: that days at the start are free, in every period that has some of them. */
export function noteFreeDays(draft: BillDraft, { product }: ProductInPeriod, charge: MonthlyCharge): void {
  const { freeDays } = charge.proration;
  const until = chargedFrom(product, charge.proration);
  if (freeDays === undefined || until <= draft.period.start) return;
  const values = { product: product.id, charge: charge.id, days: String(freeDays), lastDay: addDays(until, -1) };
  draft.trace.note('trace.recurring.freeDays', values);
}

function recurringLine(
  draft: BillDraft,
  product: ProductInPeriod,
  place: ChargePlace<RecurringCharge>,
  part: ChargedPart,
): void {
  const { charge, ruleset, row } = place;
  const share = shareOf(part, { period: draft.period, of: draft.base }, charge.proration);
  const agreed = priceFor(draft, product, place, charge.price, part.period.start);
  const rounding = charge.rounding ?? draft.rounding.body.line;
  const whole = times(agreed.price, part.quantity);
  const { isWhole } = share;
  const asked = isWhole ? whole : times(priceOfPart(draft, charge, agreed.price, share, rounding), part.quantity);
  const ofMonth = { product: product.product.id, charge: charge.id, part, whole };
  const worked = withinMonth(draft, ofMonth, asked);
  const isBounded = worked !== asked;
  const line = addLine(draft, {
    product: product.product.id,
    charge: charge.id,
    name: charge.name,
    phase: 'listCharges',
    ruleset,
    row,
    target: null,
    servicePeriod: part.period,
    quantity: part.quantity,
    unitPrice: agreed.price,
    base: whole,
    exact: worked,
    amount: roundAmount(draft, worked, rounding),
    taxCategory: charge.taxCategory,
    taxIncluded: charge.taxIncluded ?? false,
    why: isBounded ? restOfMonth(share, whole, worked) : whyOf(charge, share, part.quantity, agreed),
  });
  useMonth(draft, ofMonth, line);
  if (!draft.trace.on) return;
  const of = saidMonth(share);
  const daily = toText(dividedBy(agreed.price, share.of));
  const steps = isWhole ? [] : [{ code: 'trace.recurring.daily', values: { price: toText(agreed.price), of, daily } }];
  draft.trace.line(line.id, line.why, [...agreed.steps, ...regularStep(draft), ...steps]);
}

function priceOfPart(
  draft: BillDraft,
  { proration }: RecurringCharge,
  price: Exact,
  share: Share,
  rounding: Rounding,
): Exact {
  const roundDaily = (daily: Exact): Exact =>
    minorToExact(roundAmount(draft, daily, proration.dailyRounding ?? rounding), draft.cycle.body.currency);
  return priceOfShare(price, share, proration, roundDaily);
}

function whyOf(
  charge: RecurringCharge,
  share: Share,
  quantity: Exact,
  agreed: AgreedPrice,
): { code: string; values: Record<string, string> } {
  const values = { price: toText(agreed.price), quantity: toText(quantity), agreement: agreed.agreement ?? 'none' };
  if (share.isWhole) return { code: 'line.recurring.whole', values };
  const code = charge.proration.arithmetic === 'dailyRateFirst' ? 'line.recurring.dailyRate' : 'line.recurring.byDay';
  return { code, values: { ...values, days: String(share.days), of: saidMonth(share) } };
}
