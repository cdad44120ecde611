/**
 * What is charged every month? Also called: monthly recurring charge, subscription fee, 月額基本料, 定額料金.
 */
import type { RecurringCharge } from '#schemas/generated/types.ts';
import { dividedBy, fromInteger, times, toText, type Exact } from '#engine/money/exact.ts';
import { minorToExact } from '#engine/money/money.ts';
import { isFreePeriod, priceOfShare, shareOf, type Share } from '#engine/proration/proration.ts';
import { addLine, identityOf, roundAmount, type BillDraft, type ProductInPeriod } from '#engine/billing/draft.ts';
import { monthlyParts, type ChargedPart } from './monthly-parts.ts';
import { cutAtAgreements, priceFor, type AgreedPrice } from './negotiated-price.ts';
import type { ChargePlace } from './place.ts';

/** One line for each part of the period that the charge sees differently. */
export function recurringLines(draft: BillDraft, product: ProductInPeriod, place: ChargePlace<RecurringCharge>): void {
  const { charge } = place;
  if (isFreePeriod(product.product, draft.period, charge.proration)) {
    draft.trace.note('trace.recurring.free', { product: product.product.id, charge: charge.id });
    return;
  }
  for (const part of monthlyParts(product, place)) {
    for (const piece of cutAtAgreements(draft, product, place, part)) recurringLine(draft, product, place, piece);
  }
}

function recurringLine(
  draft: BillDraft,
  product: ProductInPeriod,
  place: ChargePlace<RecurringCharge>,
  part: ChargedPart,
): void {
  const { charge, plan, row } = place;
  const share = shareOf(part, draft.period, charge.proration);
  const agreed = priceFor(draft, product, place, charge.price, part.period.start);
  const rounding = charge.rounding ?? draft.rounding.body.line;
  const roundDaily = (daily: Exact): Exact =>
    minorToExact(roundAmount(draft, daily, rounding), draft.cycle.body.currency);
  const whole = times(agreed.price, part.quantity);
  const isWhole = share.days === share.of;
  const worked = isWhole
    ? whole
    : times(priceOfShare(agreed.price, share, charge.proration, roundDaily), part.quantity);
  const line = addLine(draft, {
    product: product.product.id,
    charge: charge.id,
    name: charge.name,
    phase: 'listCharges',
    ruleset: identityOf(plan),
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
    why: whyOf(charge, share, part.quantity, agreed),
  });
  if (!draft.trace.on) return;
  const of = String(share.of);
  const daily = toText(dividedBy(agreed.price, fromInteger(BigInt(share.of))));
  const steps = isWhole ? [] : [{ code: 'trace.recurring.daily', values: { price: toText(agreed.price), of, daily } }];
  draft.trace.line(line.id, line.why, [...agreed.steps, ...steps]);
}

function whyOf(
  charge: RecurringCharge,
  share: Share,
  quantity: Exact,
  agreed: AgreedPrice,
): { code: string; values: Record<string, string> } {
  const values = { price: toText(agreed.price), quantity: toText(quantity), agreement: agreed.agreement ?? 'none' };
  if (share.days === share.of) return { code: 'line.recurring.whole', values };
  const code = charge.proration.arithmetic === 'dailyRateFirst' ? 'line.recurring.dailyRate' : 'line.recurring.byDay';
  return { code, values: { ...values, days: String(share.days), of: String(share.of) } };
}
