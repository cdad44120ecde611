/**
 * Change what is known of a customer: name, kana and birth date at once; where bills go, from a day on.
 * Also called: customer change, 顧客情報の変更、住所変更、宛名変更.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import { assertForm, assertReason } from '#runtime/agreements/terms.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { changeIn } from '#runtime/customers/change.ts';
import { todayOf } from '#runtime/customers/today.ts';
import { withScope } from '#runtime/db/scope.ts';
import type { CustomerChange } from '#schemas/generated/types.ts';

export type CustomerToChange = {
  readonly customerId: string;
  readonly change: CustomerChange;
  readonly reason: string;
};

/** Whether the change is one that can be written down, before anybody confirms it. Refused with `not-in-form`. */
export function assertCustomerChange(actor: Actor, change: CustomerChange): void {
  authorize(actor, 'customer.write');
  assertForm('CustomerChange', change);
}

/** Refused with `customer-unknown`, `not-in-form`, `reason-missing`, `birth-date-ahead` and `account-unknown`. */
export async function changeCustomer(
  app: App,
  actor: Actor,
  { customerId, change, reason: said }: CustomerToChange,
): Promise<{ readonly customer: string }> {
  assertCustomerChange(actor, change);
  const reason = assertReason(said);
  return withScope(app, actor, async (tx) => {
    const today = await todayOf(app, tx);
    await changeIn(tx, actor.tenantId, customerId, change, today);
    const details = { ...change, reason };
    await record(tx, actor, { action: 'customer.changed', object: `customer/${customerId}`, details });
    return { customer: customerId };
  });
}
