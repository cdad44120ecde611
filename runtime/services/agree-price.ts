/**
 * Agree on another price with a customer, for all products or for one, from a day on; and end an agreement.
 * Also called: negotiated price, price override, 相対価格の登録・終了、個別単価.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import { assertAgreeable, assertForm, assertReason } from '#runtime/agreements/terms.ts';
import { endFact, writeAgreement } from '#runtime/agreements/write.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { currentRelease } from '#runtime/catalogue/current-release.ts';
import { readCustomer } from '#runtime/customers/read-customer.ts';
import { withScope, type ScopedTx } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { NegotiatedPrice } from '#schemas/generated/types.ts';

export type PriceToAgree = {
  readonly customer: string;
  readonly agreement: NegotiatedPrice;
  readonly reason: string;
};

/**
 * Refused with `customer-unknown`, `product-unknown`, `not-in-form`, `charge-not-agreeable`, `reason-missing`, and
 * `agreement-overlaps`. What it changes about closed months comes onto the next bill.
 */
export async function agreePrice(
  app: App,
  actor: Actor,
  { customer, agreement, reason }: PriceToAgree,
): Promise<{ readonly agreement: string }> {
  authorize(actor, 'agreement.write');
  assertForm('NegotiatedPrice', agreement);
  const why = assertReason(reason);
  return withScope(app, actor, async (tx) => {
    const of = await readCustomer(tx, customer);
    const { release } = await currentRelease(tx, actor.tenantId, app.keys.publicKey);
    assertAgreeable(agreement, release);
    if (agreement.product !== undefined) await assertHolds(tx, of.shard, of.groupId, agreement.product);
    await writeAgreement(tx, actor, of, agreement, why);
    const details = { ...agreement, reason: why };
    await record(tx, actor, { action: 'agreement.made', object: `customer/${customer}`, details });
    return { agreement: agreement.id };
  });
}

/** Refused with `customer-unknown` and `fact-unknown`. */
export async function endAgreement(
  app: App,
  actor: Actor,
  { customer, agreement, reason }: { readonly customer: string; readonly agreement: string; readonly reason: string },
): Promise<{ readonly agreement: string }> {
  authorize(actor, 'agreement.write');
  const why = assertReason(reason);
  return withScope(app, actor, async (tx) => {
    await endFact(tx, actor, 'negotiated_price', await readCustomer(tx, customer), agreement);
    const details = { id: agreement, reason: why };
    await record(tx, actor, { action: 'agreement.ended', object: `customer/${customer}`, details });
    return { agreement };
  });
}

async function assertHolds(tx: ScopedTx, shard: number, groupId: string, product: string): Promise<void> {
  const held = await tx.sql('select from product where shard = $1 and group_id = $2 and id = $3', [
    shard,
    groupId,
    product,
  ]);
  if (held.length === 0) throw new Refusal('product-unknown', { product }, 404);
}
