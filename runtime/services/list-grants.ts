/**
 * List to whom a campaign was granted, when, and by which order.
 * Also called: grant list, redemption list, 付与の一覧.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { withScope } from '#runtime/db/scope.ts';
import { readPage, type Page, type PageRequest } from '#runtime/services/page.ts';

export type GrantListed = {
  readonly product: string;
  readonly customer: string;
  readonly name: string;
  readonly grantedOn: string;
  /** What was set aside for it; null where nobody could know. */
  readonly promised: string | null;
  /** Null where it came with the customer's data. */
  readonly order: string | null;
};

/** The newest first; what was taken back is not among them. */
export async function listGrants(
  app: App,
  actor: Actor,
  { campaign, ...page }: PageRequest & { readonly campaign: string },
): Promise<Page<GrantListed>> {
  authorize(actor, 'customer.read');
  return withScope(app, actor, (tx) =>
    readPage<GrantListed>(
      tx,
      page,
      `select g.product_id as product, c.id as customer, c.name, g.granted_on as "grantedOn", trim_scale(g.promised)::text as promised,
              (select o.id from product_order o
               where o.shard = g.shard and o.customer_id = c.id and o.known_from = g.known_from) as "order"
       from campaign_grant g
       join product p on p.shard = g.shard and p.tenant_id = g.tenant_id and p.id = g.product_id
       join billing_account a on a.shard = p.shard and a.tenant_id = p.tenant_id and a.id = p.account_id
       join customer c on c.shard = a.shard and c.tenant_id = a.tenant_id and c.id = a.customer_id
       where g.campaign = $1 and g.known_to is null
       order by g.granted_on desc, g.row_id desc`,
      [campaign],
    ),
  );
}
