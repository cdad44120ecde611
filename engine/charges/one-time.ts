/**
 * What is charged once, on an event? Also called: one-time charge, set-up fee, 一時金, 契約事務手数料, 初期費用.
 */
import type { OneTimeCharge } from '#schemas/generated/types.ts';
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import { contains } from '#engine/calendar/period.ts';
import { ONE, toText } from '#engine/money/exact.ts';
import { addLine, roundAmount, type BillDraft, type ProductInPeriod } from '#engine/billing/draft.ts';
import { priceFor } from './negotiated-price.ts';
import type { ChargePlace } from './place.ts';

/** The charge of the plan held on the first day, or on the last day of service, in the period that contains that day. */
export function oneTimeLine(draft: BillDraft, product: ProductInPeriod, place: ChargePlace<OneTimeCharge>): void {
  const { charge, plan, ruleset, row } = place;
  const day = dayOf(product, charge.on);
  if (day === null || !contains(draft.period, day)) return;
  const part = product.parts.find((candidate) => contains(candidate.period, day));
  if (part?.plan !== plan) return;
  const agreed = priceFor(draft, product, place, charge.price, day);
  const { price } = agreed;
  const line = addLine(draft, {
    product: product.product.id,
    charge: charge.id,
    name: charge.name,
    phase: 'listCharges',
    ruleset,
    row,
    target: null,
    servicePeriod: { start: day, end: addDays(day, 1) },
    quantity: ONE,
    unitPrice: price,
    base: price,
    exact: price,
    amount: roundAmount(draft, price, charge.rounding ?? draft.rounding.body.line),
    taxCategory: charge.taxCategory,
    taxIncluded: charge.taxIncluded ?? false,
    why: { code: `line.oneTime.${charge.on}`, values: { price: toText(price), on: day } },
  });
  draft.trace.line(line.id, line.why, agreed.steps);
}

function dayOf(product: ProductInPeriod, on: OneTimeCharge['on']): CivilDate | null {
  const { startsOn, endsOn } = product.product;
  if (on === 'start') return startsOn;
  return endsOn === null ? null : addDays(endsOn, -1);
}
