/**
 * What is one month's charge of a product? The price of a whole month, as listed or as agreed without an end, less
 * permanent discounts; discounts that run out are ignored. Also called: 月額 1 か月分, 解約金の上限（電気通信事業法施行規則）.
 */
import type { Charge, CyclicCharge, QuantityCharge, RecurringCharge } from '#schemas/generated/types.ts';
import { lastingPrice } from '#engine/charges/negotiated-price.ts';
import { placesOf, type ChargePlace } from '#engine/charges/place.ts';
import { dividedBy, exact, fromInteger, isZero, ONE, times, type Exact } from '#engine/money/exact.ts';
import { amountOf, roundAmount, type BillDraft, type Part } from '#engine/billing/draft.ts';
import { isMeantFor, takerOf } from '#engine/discounts/apply.ts';
import { permanentDiscounts } from '#engine/discounts/discounts.ts';
import { priceOf } from '#engine/usage/prices.ts';

/** Of the charges named, those that come back by themselves: by the month, by quantity, or every so many months or days. */
export function oneMonthsCharge(draft: BillDraft, product: string, part: Part, charges: readonly string[]): Exact {
  const months = placesOf(part.plan)
    .filter(({ charge }) => charges.includes(charge.id))
    .flatMap((place) => wholeMonth(draft, product, part, place));
  for (const granted of permanentDiscounts(draft)) {
    if (granted.product !== product) continue;
    const targets = months.filter((month) => isMeantFor(granted.discount.target, month.charge, part));
    const takenOff = takerOf(draft, granted, targets);
    for (const month of targets) month.left -= takenOff(month).off;
  }
  return amountOf(
    draft,
    months.reduce((sum, month) => sum + month.left, 0n),
  );
}

interface MonthsCharge {
  readonly charge: string;
  readonly list: bigint;
  left: bigint;
}

function wholeMonth(draft: BillDraft, product: string, part: Part, place: ChargePlace): readonly MonthsCharge[] {
  const { charge } = place;
  if (!isMonthly(charge)) return [];
  const price = (list: Exact): Exact => lastingPrice(draft, product, place, list, part);
  const worked = monthOf(charge, exact(part.stretch.quantity), price);
  const amount = roundAmount(draft, worked, charge.rounding ?? draft.rounding.body.line);
  return [{ charge: charge.id, list: amount, left: amount }];
}

type Monthly = RecurringCharge | QuantityCharge | CyclicCharge;

const isMonthly = (charge: Charge): charge is Monthly =>
  charge.type === 'recurring' || charge.type === 'quantity' || charge.type === 'cyclic';

function monthOf(charge: Monthly, quantity: Exact, price: (list: Exact) => Exact): Exact {
  if (charge.type === 'quantity') {
    const listed = priceOf(charge.price, { units: quantity, tableRow: null }).amount;
    return isZero(quantity) ? listed : times(price(dividedBy(listed, quantity)), quantity);
  }
  const all = times(price(exact(charge.price)), charge.perUnit === true ? quantity : ONE);
  return charge.type === 'cyclic' ? dividedBy(all, monthsIn(charge)) : all;
}

/** An interval of days is so many months of 365/12 days. */
function monthsIn({ every: { count, unit } }: CyclicCharge): Exact {
  if (unit === 'month') return fromInteger(count);
  return dividedBy(fromInteger(count * (unit === 'week' ? 7 : 1) * 12), fromInteger(365));
}
