/**
 * What does the law have us collect for each number or line? Also called: universal service fee, telephone relay fee,
 * ユニバーサルサービス料, 電話リレーサービス料, 番号単価. The amount of the month of use, billed so many months later.
 */
import type { StatutoryCharge, StatutoryFeeRuleset } from '#schemas/generated/types.ts';
import { monthsLater, periodOfMonth } from '#engine/calendar/billing-cycle.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { contains, overlap } from '#engine/calendar/period.ts';
import { isServedIn } from '#engine/facts/timeline.ts';
import { exact, times, toText, ZERO, compare } from '#engine/money/exact.ts';
import { addLine, identityOf, roundAmount, type BillDraft, type ProductInPeriod } from '#engine/billing/draft.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import type { ChargePlace } from './place.ts';

export function statutoryLine(draft: BillDraft, product: ProductInPeriod, place: ChargePlace<StatutoryCharge>): void {
  const fee = feeOf(draft, product, place);
  const month = monthsLater(draft.month, -(fee.body.monthsLater ?? 0));
  const used = periodOfMonth(month, draft.closing);
  const { endsOn } = product.product;
  if (!isServedIn(product.timeline, used.start, used.end)) return;
  if (fee.body.onLastMonth === 'free' && endsOn !== null && contains(used, addDays(endsOn, -1))) return;
  const index = fee.body.rates.findIndex(({ from, to }) => from <= month && (to === null || month < to));
  const rate = fee.body.rates[index];
  if (rate === undefined) return;
  const amount = exact(rate.amount);
  const quantity = exact(product.parts.at(-1)?.stretch.quantity ?? product.timeline.at(-1)?.quantity ?? '1');
  const worked = times(amount, quantity);
  if (compare(worked, ZERO) === 0) return;
  const { charge } = place;
  const served = overlap(used, { start: product.product.startsOn, end: endsOn ?? used.end }) ?? used;
  const line = addLine(draft, {
    product: product.product.id,
    charge: charge.id,
    name: charge.name,
    phase: 'listCharges',
    ruleset: identityOf(fee),
    row: `/body/rates/${index}`,
    target: null,
    servicePeriod: served,
    quantity,
    unitPrice: amount,
    base: worked,
    exact: worked,
    amount: roundAmount(draft, worked, charge.rounding ?? draft.rounding.body.line),
    taxCategory: charge.taxCategory,
    taxIncluded: charge.taxIncluded ?? false,
    why: { code: 'line.statutory', values: { month, amount: rate.amount, quantity: toText(quantity) } },
  });
  draft.trace.line(line.id, line.why);
}

function feeOf(draft: BillDraft, product: ProductInPeriod, place: ChargePlace<StatutoryCharge>): StatutoryFeeRuleset {
  const id = place.charge.fee;
  const fee = draft.group.release.inForce('statutoryFee', id, draft.period.start);
  if (fee !== undefined) return fee;
  throw new BillingProblem('ruleset-not-in-force', `/products/${product.product.id}`, {
    ruleset: `statutoryFee/${id}`,
    on: draft.period.start,
  });
}
