/**
 * Which part of a total falls due this month? Also called: instalments, 分割払い, 割賦, 端末代金の分割, 残債の一括請求.
 * 50,000 in 24 parts, the odd units in the first: 2,091, then 23 times 2,083.
 */
import type { InstalmentCharge } from '#schemas/generated/types.ts';
import { monthOfDate, monthsBetween } from '#engine/calendar/billing-cycle.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { contains } from '#engine/calendar/period.ts';
import { exact, ONE, toText } from '#engine/money/exact.ts';
import { addLine, amountOf, roundAmount, type BillDraft, type ProductInPeriod } from '#engine/billing/draft.ts';
import { heldInstalment } from './held-instalments.ts';
import type { ChargePlace } from './place.ts';

/** The part of the month, counted from the one in which the charge began; and the balance, in the month of leaving service or the plan. */
export function instalmentLine(draft: BillDraft, product: ProductInPeriod, place: ChargePlace<InstalmentCharge>): void {
  const { charge } = place;
  const parts = partsOf(draft, charge);
  const held = heldInstalment(draft, product, charge.id);
  const index = monthsBetween(monthOfDate(held.from, draft.closing), draft.month);
  const hasEnded = product.parts.length === 0;
  if (hasEnded && charge.onEnd === 'balance') return;
  const part = parts[index];
  if (part !== undefined)
    add(draft, product, place, part, 'line.instalment.part', { part: String(index + 1), parts: String(charge.parts) });
  if (charge.onEnd !== 'balance' || held.to === null || !contains(draft.period, addDays(held.to, -1))) return;
  const balance = parts.slice(index + 1).reduce((sum, rest) => sum + rest, 0n);
  if (balance > 0n)
    add(draft, product, place, balance, 'line.instalment.balance', { left: String(charge.parts - index - 1) });
}

/** The parts in minor units: all alike, but for the one that takes the odd units. They re-add to the total. */
function partsOf(draft: BillDraft, charge: InstalmentCharge): readonly bigint[] {
  const total = roundAmount(draft, exact(charge.total), charge.rounding ?? draft.rounding.body.line);
  const count = BigInt(charge.parts);
  const each = total / count;
  const parts = Array.from({ length: charge.parts }, () => each);
  const odd = charge.residue === 'first' ? 0 : charge.parts - 1;
  parts[odd] = each + (total - each * count);
  return parts;
}

function add(
  draft: BillDraft,
  product: ProductInPeriod,
  place: ChargePlace<InstalmentCharge>,
  minor: bigint,
  code: string,
  values: Record<string, string>,
): void {
  const { charge, ruleset, row } = place;
  const amount = amountOf(draft, minor);
  const line = addLine(draft, {
    product: product.product.id,
    charge: charge.id,
    name: charge.name,
    phase: 'listCharges',
    ruleset,
    row,
    target: null,
    servicePeriod: draft.period,
    quantity: ONE,
    unitPrice: amount,
    base: exact(charge.total),
    exact: amount,
    amount: minor,
    taxCategory: charge.taxCategory,
    taxIncluded: charge.taxIncluded ?? false,
    why: { code, values: { ...values, total: charge.total, amount: toText(amount) } },
  });
  draft.trace.line(line.id, line.why);
}
