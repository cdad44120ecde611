/**
 * What did a customer use, record by record, and in which line of which file did it come?
 * As known now: what was corrected away is left out. Also called: call detail records, itemised usage, 利用明細, 通話明細.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { readAccounts, readCustomer } from '#runtime/customers/read-customer.ts';
import { withScope } from '#runtime/db/scope.ts';
import { readPage, type Page, type PageRequest } from '#runtime/services/page.ts';

export type UsageRecordListed = {
  readonly id: string;
  /** In the operator's zone, as the file said it. */
  readonly startedAt: string;
  readonly product: string;
  /** The number by which the product was reached then; null where it had none. */
  readonly identifier: string | null;
  readonly meter: string;
  /** In the meter's own unit, as decimal text. */
  readonly quantity: string;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly fileName: string;
  readonly lineNumber: number;
};

/** In order of start. Refuses when there is no such customer. */
export async function listUsageRecords(
  app: App,
  actor: Actor,
  { customerId, ...request }: PageRequest & { readonly customerId: string },
): Promise<Page<UsageRecordListed>> {
  authorize(actor, 'usage.read');
  return withScope(app, actor, async (tx) => {
    const customer = await readCustomer(tx, customerId);
    const accounts = await readAccounts(tx, customer);
    return readPage<UsageRecordListed>(
      tx,
      request,
      `select used.event_key as id, used.started_at as "startedAt", used.product_id as product, named.identifier, used.meter,
              trim_scale(used.quantity)::text as quantity, used.attributes, file.name as "fileName", used.line_number as "lineNumber"
       from usage_record used
       join product on product.shard = used.shard and product.tenant_id = used.tenant_id and product.id = used.product_id
       join usage_file file on file.tenant_id = used.tenant_id and file.id = used.file_id
       left join lateral (
         select identifier from product_identifier known
         where known.shard = used.shard and known.tenant_id = used.tenant_id and known.product_id = used.product_id
           and known.valid_from <= used.started_at::date and (known.valid_to is null or known.valid_to > used.started_at::date)
         order by identifier limit 1
       ) named on true
       where used.shard = $1 and used.group_id = $2 and used.known_to is null and product.account_id = any($3)
       order by used.started_at, used.event_key`,
      [customer.shard, customer.groupId, accounts.map(({ id }) => id)],
    );
  });
}
