/**
 * Into which parts does a monthly charge fall? Parts of the period that differ only in what does not matter to the
 * charge are one part; with `change: full` the plan held last is charged for the whole stretch of service.
 */
import type { QuantityCharge, RecurringCharge } from '#schemas/generated/types.ts';
import { exact, ONE, type Exact } from '#engine/money/exact.ts';
import type { CutPart } from '#engine/proration/proration.ts';
import type { Part, ProductInPeriod } from '#engine/billing/draft.ts';
import type { ChargePlace } from './place.ts';

export type MonthlyCharge = RecurringCharge | QuantityCharge;
export type ChargedPart = CutPart & { readonly quantity: Exact };

export function monthlyParts(product: ProductInPeriod, place: ChargePlace<MonthlyCharge>): readonly ChargedPart[] {
  const { charge, plan } = place;
  const isFree = (part: Part): boolean => charge.whileSuspended === 'free' && part.stretch.status === 'suspended';
  const paid = product.parts.some(isFree) ? product.parts.filter((part) => !isFree(part)) : product.parts;
  const byQuantity = isByQuantity(charge);
  const considered = charge.proration.change === 'full' ? lastFor(paid, plan) : joined(paid, plan, byQuantity);
  return considered.map((part) => ({
    period: part.period,
    quantity: byQuantity ? exact(part.stretch.quantity) : ONE,
    cutBefore: part.period.start === product.product.startsOn ? 'start' : 'change',
    cutAfter: part.period.end === product.product.endsOn ? 'end' : 'change',
  }));
}

const isByQuantity = (charge: MonthlyCharge): boolean => charge.type === 'quantity' || charge.perUnit === true;

function lastFor(paid: readonly Part[], plan: Part['plan']): readonly Part[] {
  const [first, last] = [paid[0], paid.at(-1)];
  if (first === undefined || last === undefined || last.plan !== plan) return [];
  return [{ ...last, period: { start: first.period.start, end: last.period.end } }];
}

function joined(paid: readonly Part[], plan: Part['plan'], byQuantity: boolean): readonly Part[] {
  if (paid.length === 1 && paid[0]!.plan === plan) return paid;
  const result: Part[] = [];
  for (const part of paid) {
    if (part.plan !== plan) continue;
    const before = result.at(-1);
    const meets = before?.period.end === part.period.start;
    const same = !byQuantity || before?.stretch.quantity === part.stretch.quantity;
    if (before !== undefined && meets && same) {
      result[result.length - 1] = { ...before, period: { start: before.period.start, end: part.period.end } };
    } else {
      result.push(part);
    }
  }
  return result;
}
