/**
 * Bill a customer by another billing cycle, from a month on that is not billed yet.
 * Also called: change of billing cycle, change of closing day, 締め日の変更, 請求サイクルの変更.
 */
import { addDays } from '#engine/calendar/civil-date.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import { assertForm, assertReason } from '#runtime/agreements/terms.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { moveIn } from '#runtime/customers/move.ts';
import { readCustomer } from '#runtime/customers/read-customer.ts';
import { todayOf } from '#runtime/customers/today.ts';
import { withScope } from '#runtime/db/scope.ts';
import type { AccountMove } from '#schemas/generated/types.ts';

export type CustomerToMove = {
  readonly customerId: string;
  readonly move: AccountMove;
  readonly reason: string;
};

export type CustomerMoved = {
  readonly customer: string;
  /** The first month by the new billing cycle, and the days that its bill covers. */
  readonly month: string;
  readonly start: string;
  readonly lastDay: string;
  readonly length: 'regular' | 'short' | 'long';
};

/**
 * Refused with `customer-unknown`, `not-in-form`, `reason-missing`, `accounts-apart`, `billing-cycle-unknown`, `currency-differs`,
 * `cycle-is-the-same` and `month-already-billed`.
 */
export async function moveCustomer(
  app: App,
  actor: Actor,
  { customerId, move, reason: said }: CustomerToMove,
): Promise<CustomerMoved> {
  authorize(actor, 'customer.write');
  assertForm('AccountMove', move);
  const reason = assertReason(said);
  return withScope(app, actor, async (tx) => {
    const today = await todayOf(app, tx);
    const { release } = await keptRelease(app, tx, actor.tenantId);
    const customer = await readCustomer(tx, customerId);
    const { from, accounts, month, period, length } = await moveIn(tx, actor.tenantId, customer, move, release, today);
    const days = { month, start: period.start, lastDay: addDays(period.end, -1) };
    const details = { from, to: move.billingCycle, accounts: accounts.join(' '), ...days, reason };
    await record(tx, actor, { action: 'customer.moved', object: `customer/${customerId}`, details });
    return { customer: customerId, ...days, length };
  });
}
