/**
 * What is charged every month? Also called: monthly recurring charge, subscription fee, 月額基本料, 定額料金.
 */
import type { RecurringCharge } from '#schemas/generated/types.ts';
import { dividedBy, exact, fromInteger, ONE, times, toText, type Exact } from '#engine/money/exact.ts';
import { minorToExact } from '#engine/money/money.ts';
import { isFreePeriod, priceOfShare, shareOf, type CutPart, type Share } from '#engine/proration/proration.ts';
import {
  addLine,
  identityOf,
  roundAmount,
  type BillDraft,
  type Part,
  type ProductInPeriod,
} from '#engine/billing/draft.ts';
import type { ChargePlace } from './place.ts';

/** One line for each part of the period that the charge sees differently. */
export function recurringLines(draft: BillDraft, product: ProductInPeriod, place: ChargePlace<RecurringCharge>): void {
  const { charge } = place;
  if (isFreePeriod(product.product, draft.period, charge.proration)) {
    draft.trace.note('trace.recurring.free', { product: product.product.id, charge: charge.id });
    return;
  }
  for (const part of partsOfCharge(product, place)) recurringLine(draft, product, place, part);
}

type ChargedPart = CutPart & { readonly quantity: Exact };

/**
 * The product's parts as this charge sees them: parts that differ only in what does not matter to it are one part.
 * With `change: full` only the plan held last is charged, and for the whole stretch of service.
 */
function partsOfCharge(product: ProductInPeriod, place: ChargePlace<RecurringCharge>): readonly ChargedPart[] {
  const { charge, plan } = place;
  const paid = product.parts.filter(
    (part) => !(charge.whileSuspended === 'free' && part.stretch.status === 'suspended'),
  );
  const considered = charge.proration.change === 'full' ? lastFor(paid, plan) : joined(paid, charge, plan);
  return considered.map((part) => ({
    period: part.period,
    quantity: charge.perUnit === true ? exact(part.stretch.quantity) : ONE,
    cutBefore: part.period.start === product.product.startsOn ? 'start' : 'change',
    cutAfter: part.period.end === product.product.endsOn ? 'end' : 'change',
  }));
}

function lastFor(paid: readonly Part[], plan: Part['plan']): readonly Part[] {
  const [first, last] = [paid[0], paid.at(-1)];
  if (first === undefined || last === undefined || last.plan !== plan) return [];
  return [{ ...last, period: { start: first.period.start, end: last.period.end } }];
}

function joined(paid: readonly Part[], charge: RecurringCharge, plan: Part['plan']): readonly Part[] {
  const result: Part[] = [];
  for (const part of paid) {
    if (part.plan !== plan) continue;
    const before = result.at(-1);
    const meets = before?.period.end === part.period.start;
    const same = charge.perUnit !== true || before?.stretch.quantity === part.stretch.quantity;
    if (before !== undefined && meets && same) {
      result[result.length - 1] = { ...before, period: { start: before.period.start, end: part.period.end } };
    } else {
      result.push(part);
    }
  }
  return result;
}

function recurringLine(
  draft: BillDraft,
  product: ProductInPeriod,
  place: ChargePlace<RecurringCharge>,
  part: ChargedPart,
): void {
  const { charge, plan, row } = place;
  const share = shareOf(part, draft.period, charge.proration);
  const price = exact(charge.price);
  const rounding = charge.rounding ?? draft.rounding.body.line;
  const roundDaily = (daily: Exact): Exact =>
    minorToExact(roundAmount(draft, daily, rounding), draft.cycle.body.currency);
  const worked = times(priceOfShare(price, share, charge.proration, roundDaily), part.quantity);
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
    unitPrice: price,
    base: times(price, part.quantity),
    exact: worked,
    amount: roundAmount(draft, worked, rounding),
    taxCategory: charge.taxCategory,
    taxIncluded: charge.taxIncluded ?? false,
    why: whyOf(charge, share, part.quantity),
  });
  if (!draft.trace.on) return;
  const daily = dividedBy(price, fromInteger(BigInt(share.of)));
  const steps =
    share.days === share.of
      ? []
      : [
          {
            code: 'trace.recurring.daily',
            values: { price: charge.price, of: String(share.of), daily: toText(daily) },
          },
        ];
  draft.trace.line(line.id, line.why, steps);
}

function whyOf(
  charge: RecurringCharge,
  share: Share,
  quantity: Exact,
): { code: string; values: Record<string, string> } {
  const values = { price: charge.price, quantity: toText(quantity) };
  if (share.days === share.of) return { code: 'line.recurring.whole', values };
  const code = charge.proration.arithmetic === 'dailyRateFirst' ? 'line.recurring.dailyRate' : 'line.recurring.byDay';
  return { code, values: { ...values, days: String(share.days), of: String(share.of) } };
}
