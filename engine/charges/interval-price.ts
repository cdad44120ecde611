/**
 * What does one interval of a cyclic charge cost, and a part of it? Also called: 1 周期の金額、周期の日割.
 */
import type { CyclicCharge } from '#schemas/generated/types.ts';
import { days, type Period } from '#engine/calendar/period.ts';
import { dividedBy, fromInteger, times, type Exact } from '#engine/money/exact.ts';
import type { BillDraft, ProductInPeriod } from '#engine/billing/draft.ts';
import { priceFor, type AgreedPrice } from './negotiated-price.ts';
import type { ChargePlace } from './place.ts';

/** As agreed or listed on its first day. */
export function priceOfInterval(
  draft: BillDraft,
  product: ProductInPeriod,
  place: ChargePlace<CyclicCharge>,
  interval: Period,
  quantity: Exact,
): { readonly agreed: AgreedPrice; readonly full: Exact } {
  const agreed = priceFor(draft, product, place, place.charge.price, interval.start);
  return { agreed, full: place.charge.perUnit === true ? times(agreed.price, quantity) : agreed.price };
}

/** The price of an interval for some of its days. */
export const shareOfDays = (price: Exact, part: number, whole: Period): Exact =>
  dividedBy(times(price, fromInteger(part)), fromInteger(days(whole)));
