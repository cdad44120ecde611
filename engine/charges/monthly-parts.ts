/**
 * Into which parts does a monthly charge fall? Parts of the period that differ only in what does not matter to the
 * charge are one part; with `change: full` the plan held last is charged for the whole stretch of service.
 */
import type { QuantityCharge, RecurringCharge } from '#schemas/generated/types.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import { exact, ONE, type Exact } from '#engine/money/exact.ts';
import { chargedFrom, type CutPart } from '#engine/proration/proration.ts';
import type { BillDraft, Part, ProductInPeriod } from '#engine/billing/draft.ts';
import { partsByDayOfChange } from './day-of-change.ts';
import type { ChargePlace } from './place.ts';
import { cutBySuspension } from './suspension.ts';

export type MonthlyCharge = RecurringCharge | QuantityCharge;
export type ChargedPart = CutPart & { readonly quantity: Exact };

/** What is charged in full, and what is left of it while service is suspended. */
export interface MonthlyParts {
  readonly charged: readonly ChargedPart[];
  readonly suspended: readonly ChargedPart[];
}

export function monthlyParts(
  { trace }: BillDraft,
  product: ProductInPeriod,
  place: ChargePlace<MonthlyCharge>,
): MonthlyParts {
  const { charge, plan } = place;
  const from = chargedFrom(product.product, charge.proration);
  const parts = partsByDayOfChange(product, charge, (day) =>
    trace.note('trace.recurring.dayOfChange', { product: product.product.id, charge: charge.id, day }),
  );
  const { paid, suspended } = cutBySuspension(product, charge, after(parts, from));
  const byQuantity = isByQuantity(charge);
  const isWhole = charge.proration.change === 'full';
  const considered = isWhole ? lastFor(paid, plan) : joined(paid, plan, byQuantity);
  const toCharge = (part: Part): ChargedPart => ({
    period: part.period,
    quantity: byQuantity ? exact(part.stretch.quantity) : ONE,
    cutBefore: part.period.start === from ? 'start' : 'change',
    cutAfter: part.period.end === product.product.endsOn ? 'end' : 'change',
  });
  const charged = considered.map(toCharge);
  if (suspended.length === 0) return { charged, suspended: none };
  const resting = joined(suspended, plan, byQuantity).filter((part) => !isWhole || !isWithin(part, considered));
  return { charged, suspended: resting.map(toCharge) };
}

const none: readonly ChargedPart[] = [];

/** What is charged for the whole stretch of service is charged for a suspension within it, too. */
const isWithin = ({ period }: Part, whole: readonly Part[]): boolean =>
  whole.some((each) => each.period.start <= period.start && period.end <= each.period.end);

/** The parts from the first day that costs anything. */
function after(parts: readonly Part[], from: CivilDate): readonly Part[] {
  if (parts[0] === undefined || from <= parts[0].period.start) return parts;
  return parts.flatMap((part) => {
    const { start, end } = part.period;
    if (end <= from) return [];
    return [from <= start ? part : { ...part, period: { start: from, end } }];
  });
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
