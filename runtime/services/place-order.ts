/**
 * Order something for a customer: add, change, suspend, resume, terminate; and take an order back.
 * Also called: product order, order entry, contract change, 申込みの登録、プラン変更、休止、再開、解約、申込みの取消し.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import { assertForm, assertReason } from '#runtime/agreements/terms.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import type { Said } from '#runtime/customers/lane-changes.ts';
import { todayOf } from '#runtime/customers/today.ts';
import { withScope } from '#runtime/db/scope.ts';
import { withoutCodes } from '#runtime/orders/coupons.ts';
import { placeIn } from '#runtime/orders/place.ts';
import { undoIn } from '#runtime/orders/undo.ts';
import type { NotAllowed } from '#runtime/simulation/changed-document.ts';
import type { ProductOrder } from '#schemas/generated/types.ts';

export type OrderToPlace = {
  readonly customerId: string;
  readonly account?: string;
  readonly order: ProductOrder;
  readonly reason: string;
};

export type OrderPlaced = {
  readonly order: string;
  readonly from: string;
  /** The products that are others now. */
  readonly products: readonly string[];
  /** What it means for terms. Words under `simulation.…`. */
  readonly notes: readonly Said[];
};

/**
 * The order, or every reason why it is not allowed, with its place (words under `simulation.refused.…`). Refused with
 * `customer-unknown`, `account-unknown`, `not-in-form`, `reason-missing`, `order-applied-later`,
 * `order-too-far-ahead`, `product-exists` and `identifier-taken`. What it changes about closed months comes onto the next bill.
 */
export async function placeOrder(app: App, actor: Actor, input: OrderToPlace): Promise<OrderPlaced | NotAllowed> {
  authorize(actor, 'order.place');
  assertForm('ProductOrder', input.order);
  const reason = assertReason(input.reason);
  return withScope(app, actor, async (tx) => {
    const today = await todayOf(app, tx);
    const { release } = await keptRelease(app, tx, actor.tenantId);
    const placed = await placeIn(tx, actor, input, release, today);
    if ('refusals' in placed) return placed;
    const { order, from, appliedOn, products, notes } = placed;
    const changes = withoutCodes(input.order.changes);
    const details = { order, from, appliedOn, products, changes, kinds: changes.map(({ kind }) => kind), reason };
    await record(tx, actor, { action: 'order.placed', object: `customer/${input.customerId}`, details });
    return { order, from, products, notes };
  });
}

export type OrderToUndo = { readonly customerId: string; readonly order: string; readonly reason: string };

/** Refused with `customer-unknown`, `order-unknown`, `order-billed`, `order-built-on` and `reason-missing`. */
export async function undoOrder(
  app: App,
  actor: Actor,
  { customerId, order, reason: said }: OrderToUndo,
): Promise<{ readonly order: string }> {
  authorize(actor, 'order.place');
  const reason = assertReason(said);
  return withScope(app, actor, async (tx) => {
    await undoIn(tx, actor, customerId, order);
    await record(tx, actor, { action: 'order.undone', object: `customer/${customerId}`, details: { order, reason } });
    return { order };
  });
}
