/**
 * Which price has been agreed with this customer? Also called: negotiated price, 相対価格, 個別契約価格, 特別単価.
 * Pinned at an amount, a percentage of the list price, or so much off it: the last two follow the list.
 */
import type { Charge, NegotiatedPrice, Sentence } from '#schemas/generated/types.ts';
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import { exact, isNegative, minus, times, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import type { BillDraft, Part, ProductInPeriod } from '#engine/billing/draft.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import type { ChargedPart } from './monthly-parts.ts';
import type { ChargePlace } from './place.ts';

export interface AgreedPrice {
  readonly price: Exact;
  /** The agreement it comes from, or null when it is the list price. */
  readonly agreement: string | null;
  readonly steps: readonly Sentence[];
}

/** The price on a day: by an agreement on the product, else by one on all of the customer's, else the list price. */
export function priceFor(
  draft: BillDraft,
  product: ProductInPeriod,
  place: ChargePlace<Charge>,
  list: string | Exact,
  on: CivilDate,
): AgreedPrice {
  const listed = typeof list === 'string' ? exact(list) : list;
  if (!hasAgreements(draft)) return { price: listed, agreement: null, steps: none };
  const found = agreementsFor(draft, product, place)
    .filter(({ valid }) => valid.from <= on && (valid.to === null || on < valid.to))
    .sort(
      (a, b) =>
        Number(b.product !== undefined) - Number(a.product !== undefined) || (a.valid.from < b.valid.from ? 1 : -1),
    )[0];
  if (found === undefined) return { price: listed, agreement: null, steps: none };
  const price = agreedPrice(found, listed);
  const values = { agreement: found.id, list: toText(listed), price: toText(price) };
  return { price, agreement: found.id, steps: [{ code: 'trace.negotiated', values }] };
}

const none: readonly Sentence[] = [];

/** The price agreed without an end, as of the last day of `part`; the list price where there is none. */
export function lastingPrice(
  draft: BillDraft,
  product: string,
  place: ChargePlace<Charge>,
  list: Exact,
  { period: { end } }: Part,
): Exact {
  const held = draft.products.find((one) => one.product.id === product);
  if (held === undefined || !hasAgreements(draft)) return list;
  const { price, agreement } = priceFor(draft, held, place, list, addDays(end, -1));
  const lasts = draft.group.document.negotiatedPrices?.find(({ id }) => id === agreement)?.valid.to === null;
  return lasts ? price : list;
}

/** Whether the customer has agreed on anything at all: most have not. */
export const hasAgreements = ({ group }: BillDraft): boolean => (group.document.negotiatedPrices ?? []).length > 0;

/** Amounts that are not ours to agree on, or were agreed at the sale: an agreement on one is refused, never ignored. */
export function assertNoAgreement(draft: BillDraft, product: ProductInPeriod, place: ChargePlace<Charge>): void {
  if (!hasAgreements(draft)) return;
  const [found] = agreementsFor(draft, product, place);
  if (found === undefined) return;
  const index = draft.group.document.negotiatedPrices?.indexOf(found) ?? 0;
  const values = { agreement: found.id, charge: place.charge.id, type: place.charge.type };
  throw new BillingProblem('agreement-not-possible', `/negotiatedPrices/${index}/charge`, values);
}

/** The pieces of a part at whose edges an agreement on the charge begins or ends. */
export function cutAtAgreements(
  draft: BillDraft,
  product: ProductInPeriod,
  place: ChargePlace<Charge>,
  part: ChargedPart,
): readonly ChargedPart[] {
  if (!hasAgreements(draft)) return [part];
  const { start, end } = part.period;
  const edges = agreementsFor(draft, product, place).flatMap(({ valid }) => [
    valid.from,
    ...(valid.to === null ? [] : [valid.to]),
  ]);
  const cuts = [...new Set(edges)].filter((day) => start < day && day < end).sort();
  if (cuts.length === 0) return [part];
  const starts = [start, ...cuts];
  return starts.map((from, index) => ({
    ...part,
    period: { start: from, end: starts[index + 1] ?? end },
    cutBefore: index === 0 ? part.cutBefore : 'change',
    cutAfter: index === cuts.length ? part.cutAfter : 'change',
  }));
}

function agreementsFor(
  draft: BillDraft,
  product: ProductInPeriod,
  place: ChargePlace<Charge>,
): readonly NegotiatedPrice[] {
  return (draft.group.document.negotiatedPrices ?? []).filter(
    (agreement) =>
      agreement.charge === place.charge.id &&
      (agreement.ratePlan === undefined || agreement.ratePlan === place.plan.id) &&
      (agreement.product === undefined || agreement.product === product.product.id),
  );
}

function agreedPrice(agreement: NegotiatedPrice, list: Exact): Exact {
  if ('pinned' in agreement.price) return exact(agreement.price.pinned);
  if ('percentOfList' in agreement.price)
    return times(list, times(exact(agreement.price.percentOfList), { n: 1n, d: 100n }));
  const price = minus(list, exact(agreement.price.offList));
  return isNegative(price) ? ZERO : price;
}
