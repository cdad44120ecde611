/**
 * Show what was ordered for a customer, the newest first.
 * Also called: order history, 申込履歴の照会.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import type { Release } from '#engine/rulesets/release.ts';
import { readCustomer } from '#runtime/customers/read-customer.ts';
import type { Said } from '#runtime/customers/lane-changes.ts';
import { nameOfOffering } from '#runtime/customers/offering-names.ts';
import { withScope } from '#runtime/db/scope.ts';
import { ordersOf, type OrderRecord } from '#runtime/orders/orders-of-customer.ts';
import type { OrderedChange } from '#schemas/generated/types.ts';

/** An order with a sentence for each of its changes. Words under `order.change.…`. */
export type OrderListed = OrderRecord & { readonly sentences: readonly Said[] };

/** Refused with `customer-unknown`. */
export async function listOrders(
  app: App,
  actor: Actor,
  { customerId }: { readonly customerId: string },
): Promise<readonly OrderListed[]> {
  authorize(actor, 'customer.read');
  return withScope(app, actor, async (tx) => {
    const { release } = await keptRelease(app, tx, actor.tenantId);
    const orders = await ordersOf(tx, await readCustomer(tx, customerId));
    return orders.map((order) => ({
      ...order,
      sentences: order.changes.map((change) => sentenceOf(change, release, order.from)),
    }));
  });
}

function sentenceOf(change: OrderedChange, release: Release, on: string): Said {
  const code = `order.change.${change.kind}`;
  const product = change.product ?? '';
  switch (change.kind) {
    case 'addProduct':
    case 'changeOffering':
      return { code, values: { product, offering: nameOfOffering(release, change.offering, on) } };
    case 'changeQuantity':
      return { code, values: { product, quantity: change.quantity } };
    case 'grantCampaign': {
      const { campaign } = change;
      const named = release.inForce('campaign', campaign, on)?.name ?? { ja: campaign, en: campaign };
      return { code, values: { product, campaign: named } };
    }
    default:
      return { code, values: { product } };
  }
}
