/**
 * Enter a new customer: who it is, the billing account, and how that is billed.
 * Also called: customer registration, onboarding, 顧客の新規登録、請求先の登録.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import { assertForm, assertReason } from '#runtime/agreements/terms.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { todayOf } from '#runtime/customers/today.ts';
import { assertBillable, writeCustomer } from '#runtime/customers/write-customer.ts';
import { withScope } from '#runtime/db/scope.ts';
import type { CustomerEntry } from '#schemas/generated/types.ts';

export type CustomerToEnter = { readonly customer: CustomerEntry; readonly reason: string };

export type CustomerEntered = { readonly customer: string; readonly account: string };

/**
 * Refused with `not-in-form`, `reason-missing`, `birth-date-ahead`, `legal-entity-unknown`, `billing-cycle-unknown` and
 * `customer-exists`.
 */
export async function enterCustomer(
  app: App,
  actor: Actor,
  { customer, reason: said }: CustomerToEnter,
): Promise<CustomerEntered> {
  authorize(actor, 'customer.write');
  assertForm('CustomerEntry', customer);
  const reason = assertReason(said);
  return withScope(app, actor, async (tx) => {
    const today = await todayOf(app, tx);
    const { release } = await keptRelease(app, tx, actor.tenantId);
    await assertBillable(tx, customer, release, today);
    const entered = await writeCustomer(tx, actor.tenantId, customer, today);
    const details = { ...customer, ...entered, reason };
    await record(tx, actor, { action: 'customer.entered', object: `customer/${entered.customer}`, details });
    return entered;
  });
}
