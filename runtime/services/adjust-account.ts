/**
 * Add an amount to an account's bill by hand, or take one off; and take an adjustment back.
 * Also called: manual debit, manual credit, goodwill, 調整の登録・取り消し、お詫びの減額.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import { assertForm, assertReason } from '#runtime/agreements/terms.ts';
import { endFact, writeAdjustment } from '#runtime/agreements/write.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { readAccounts, readCustomer } from '#runtime/customers/read-customer.ts';
import { withScope } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { Adjustment } from '#schemas/generated/types.ts';

export type AccountToAdjust = {
  readonly customer: string;
  readonly adjustment: Adjustment;
  readonly reason: string;
};

/** Refused with `customer-unknown`, `account-unknown`, `not-in-form`, `reason-missing` and `adjustment-exists`. */
export async function adjustAccount(
  app: App,
  actor: Actor,
  { customer, adjustment, reason }: AccountToAdjust,
): Promise<{ readonly adjustment: string }> {
  authorize(actor, 'adjustment.write');
  assertForm('Adjustment', adjustment);
  const why = assertReason(reason);
  return withScope(app, actor, async (tx) => {
    const of = await readCustomer(tx, customer);
    const accounts = await readAccounts(tx, of);
    if (!accounts.some(({ id }) => id === adjustment.account))
      throw new Refusal('account-unknown', { account: adjustment.account }, 404);
    await writeAdjustment(tx, actor, of, adjustment, why);
    const details = { ...adjustment, reason: why };
    await record(tx, actor, { action: 'adjustment.entered', object: `customer/${customer}`, details });
    return { adjustment: adjustment.id };
  });
}

/** Refused with `customer-unknown` and `fact-unknown`. */
export async function takeBackAdjustment(
  app: App,
  actor: Actor,
  { customer, adjustment, reason }: { readonly customer: string; readonly adjustment: string; readonly reason: string },
): Promise<{ readonly adjustment: string }> {
  authorize(actor, 'adjustment.write');
  const why = assertReason(reason);
  return withScope(app, actor, async (tx) => {
    await endFact(tx, actor, 'adjustment', await readCustomer(tx, customer), adjustment);
    const details = { id: adjustment, reason: why };
    await record(tx, actor, { action: 'adjustment.takenBack', object: `customer/${customer}`, details });
    return { adjustment };
  });
}
