/**
 * Show what was ordered for a customer, the newest first.
 * Also called: order history, 申込履歴の照会.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { readCustomer } from '#runtime/customers/read-customer.ts';
import { withScope } from '#runtime/db/scope.ts';
import { ordersOf, type OrderRecord } from '#runtime/orders/orders-of-customer.ts';

/** Refused with `customer-unknown`. */
export async function listOrders(
  app: App,
  actor: Actor,
  { customerId }: { readonly customerId: string },
): Promise<readonly OrderRecord[]> {
  authorize(actor, 'customer.read');
  return withScope(app, actor, async (tx) => ordersOf(tx, await readCustomer(tx, customerId)));
}
