/**
 * What was ordered for a customer, by whom, and does it still hold?
 * Also called: order history, 申込履歴.
 */
import type { CustomerRecord } from '#runtime/customers/read-customer.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import type { OrderedChange } from '#schemas/generated/types.ts';

export type OrderRecord = {
  readonly id: string;
  readonly changes: readonly OrderedChange[];
  readonly from: string;
  readonly appliedOn: string;
  readonly channel: string | null;
  readonly placedBy: string;
  readonly placedAt: string;
  readonly isTakenBack: boolean;
  /** The first closed month that was billed by it; it can be taken back while there is none. */
  readonly billedIn: string | null;
};

const ORDERS_SHOWN = 50;

/** The newest first. */
export function ordersOf(tx: SqlRunner, { shard, id }: CustomerRecord): Promise<OrderRecord[]> {
  return tx.sql<OrderRecord>(
    `select o.id, o.changes, o.from_day as from, o.applied_on as "appliedOn", o.channel, p.name as "placedBy",
            to_char(o.placed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "placedAt", o.known_to is not null as "isTakenBack",
            (select min(c.month) from billing_state s join cycle c on c.tenant_id = s.tenant_id and c.id = s.cycle_id
             where s.shard = o.shard and s.group_id = o.group_id and c.state in ('closed', 'issued')
               and c.known_at >= o.known_from and c.period_end >= o.from_day) as "billedIn"
     from product_order o join person p on p.tenant_id = o.tenant_id and p.id = o.placed_by
     where o.shard = $1 and o.customer_id = $2 order by o.known_from desc limit $3`,
    [shard, id, ORDERS_SHOWN],
  );
}
