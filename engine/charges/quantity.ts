/**
 * What does the number of licences, seats or devices cost each month? Also called: per-seat pricing, 数量課金,
 * ライセンス課金. 10 at 10,000 are 100,000; 20 in the tier at 8,000 are 160,000.
 */
import type { QuantityCharge, Sentence } from '#schemas/generated/types.ts';
import { dividedBy, isZero, times, toText, type Exact } from '#engine/money/exact.ts';
import { minorToExact } from '#engine/money/money.ts';
import { isFreePeriod, priceOfShare, saidMonth, shareOf, type Share } from '#engine/proration/proration.ts';
import { priceOf, type Priced } from '#engine/usage/prices.ts';
import { addLine, roundAmount, type BillDraft, type ProductInPeriod } from '#engine/billing/draft.ts';
import { restOfMonth, useMonth, withinMonth } from './month-used.ts';
import { monthlyParts, type ChargedPart } from './monthly-parts.ts';
import { cutAtAgreements, hasAgreements, priceFor } from './negotiated-price.ts';
import type { ChargePlace } from './place.ts';
import { noteFreeDays } from './recurring.ts';
import { regularStep } from './sections.ts';
import { noteOverlong, suspensionLine } from './suspension.ts';

/** One line for each quantity held in the period; a part of the period is priced by its own quantity. */
export function quantityLines(draft: BillDraft, product: ProductInPeriod, place: ChargePlace<QuantityCharge>): void {
  if (isFreePeriod(product.product, draft.period, place.charge.proration)) return;
  noteFreeDays(draft, product, place.charge);
  noteOverlong(draft, product, place.charge);
  const { charged, suspended } = monthlyParts(draft, product, place);
  for (const part of charged) {
    for (const piece of cutAtAgreements(draft, product, place, part)) quantityLine(draft, product, place, piece);
  }
  for (const part of suspended) suspensionLine(draft, product, place, part);
}

function quantityLine(
  draft: BillDraft,
  product: ProductInPeriod,
  place: ChargePlace<QuantityCharge>,
  part: ChargedPart,
): void {
  const { charge } = place;
  const rounding = charge.rounding ?? draft.rounding.body.line;
  const round = (daily: Exact): Exact =>
    minorToExact(roundAmount(draft, daily, charge.proration.dailyRounding ?? rounding), draft.cycle.body.currency);
  const share = shareOf(part, { period: draft.period, of: draft.base }, charge.proration);
  const priced = agreedOrListed(draft, product, place, part);
  const { isWhole } = share;
  const asked = priceOfShare(priced.amount, share, charge.proration, round);
  const ofMonth = { product: product.product.id, charge: charge.id, part, whole: priced.amount };
  const worked = withinMonth(draft, ofMonth, asked);
  const line = addLine(draft, {
    product: product.product.id,
    charge: charge.id,
    name: charge.name,
    phase: 'listCharges',
    ruleset: place.ruleset,
    row: place.priceRow + priced.row,
    target: null,
    servicePeriod: part.period,
    quantity: part.quantity,
    unitPrice: priced.unitPrice,
    base: priced.amount,
    exact: worked,
    amount: roundAmount(draft, worked, rounding),
    taxCategory: charge.taxCategory,
    taxIncluded: charge.taxIncluded ?? false,
    why:
      worked !== asked ? restOfMonth(share, priced.amount, worked) : isWhole ? priced.why : byDay(priced, part, share),
  });
  useMonth(draft, ofMonth, line);
  if (!draft.trace.on) return;
  const steps = isWhole ? [] : [...regularStep(draft), priced.why];
  draft.trace.line(line.id, line.why, [...steps, ...priced.steps()]);
}

/** An agreement speaks of one unit: it takes the place of what a unit costs by the list, all tiers considered. */
function agreedOrListed(
  draft: BillDraft,
  product: ProductInPeriod,
  place: ChargePlace<QuantityCharge>,
  { quantity, period }: ChargedPart,
): Priced {
  const listed = priceOf(place.charge.price, { units: quantity, tableRow: null });
  if (isZero(quantity) || !hasAgreements(draft)) return listed;
  const agreed = priceFor(draft, product, place, dividedBy(listed.amount, quantity), period.start);
  if (agreed.agreement === null) return listed;
  const values = { quantity: toText(quantity), price: toText(agreed.price), agreement: agreed.agreement };
  return {
    amount: times(agreed.price, quantity),
    unitPrice: agreed.price,
    row: listed.row,
    why: { code: 'line.quantity.agreed', values },
    steps: () => agreed.steps,
  };
}

function byDay(priced: Priced, part: ChargedPart, share: Share): Sentence {
  const values = { quantity: toText(part.quantity), month: toText(priced.amount) };
  return { code: 'line.quantity.byDay', values: { ...values, days: String(share.days), of: saidMonth(share) } };
}
