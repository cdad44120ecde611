/**
 * What is one month's charge of a product? The list price of a whole month less permanent discounts; discounts that
 * run out are ignored. Also called: 月額 1 か月分, 解約金の上限（電気通信事業法施行規則）.
 */
import type { Charge, RecurringCharge } from '#schemas/generated/types.ts';
import { exact, times, type Exact } from '#engine/money/exact.ts';
import { amountOf, roundAmount, type BillDraft, type Part } from '#engine/billing/draft.ts';
import { isMeantFor, takerOf } from '#engine/discounts/apply.ts';
import { permanentDiscounts } from '#engine/discounts/discounts.ts';

export function oneMonthsCharge(draft: BillDraft, product: string, part: Part, charges: readonly string[]): Exact {
  const months = part.plan.body.charges
    .filter((charge): charge is RecurringCharge => isRecurring(charge) && charges.includes(charge.id))
    .map((charge) => wholeMonth(draft, part, charge));
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

const isRecurring = (charge: Charge): charge is RecurringCharge => charge.type === 'recurring';

function wholeMonth(
  draft: BillDraft,
  part: Part,
  charge: RecurringCharge,
): { charge: string; list: bigint; left: bigint } {
  const quantity = charge.perUnit === true ? exact(part.stretch.quantity) : exact('1');
  const amount = roundAmount(draft, times(exact(charge.price), quantity), charge.rounding ?? draft.rounding.body.line);
  return { charge: charge.id, list: amount, left: amount };
}
