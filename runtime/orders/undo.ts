/**
 * How is an order taken back?
 * What it wrote is known no longer, and what it ended is known again, as if it had never been placed. Not once a closed month
 * was billed by it, and not when a later order builds on it. Also called: order cancellation, undo, 申込みの取消し.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { readCustomer } from '#runtime/customers/read-customer.ts';
import { holdBillingFacts } from '#runtime/cycles/cut-off.ts';
import type { RecordingTx, SqlRunner } from '#runtime/db/scope.ts';
import { giveCouponsBack } from '#runtime/orders/coupons.ts';
import { alignIdentifiers } from '#runtime/orders/identifiers.ts';
import { holdOrders } from '#runtime/orders/place.ts';
import { changedRows, type Stretch } from '#runtime/orders/rows-of-product.ts';
import { endStretches, writeStretches, type Place } from '#runtime/orders/write.ts';
import { Refusal } from '#runtime/services/refusal.ts';

type Order = {
  readonly shard: number;
  readonly group_id: string;
  readonly known_from: string;
  readonly from_day: string;
};

/** Refused with `customer-unknown`, `order-unknown`, `order-billed` and `order-built-on`. */
export async function undoIn(tx: RecordingTx, actor: Actor, customerId: string, order: string): Promise<void> {
  const { groupId, shard } = await readCustomer(tx, customerId);
  await holdOrders(tx, groupId);
  const [placed] = await tx.sql<Order>(
    `select shard, group_id, known_from, from_day from product_order
     where shard = $1 and customer_id = $2 and id = $3 and known_to is null`,
    [shard, customerId, order],
  );
  if (placed === undefined) throw new Refusal('order-unknown', { order }, 404);
  await assertNotBilled(tx, order, placed);
  const number = await holdBillingFacts(tx, actor.tenantId, [shard]);
  const place: Place = { tenantId: actor.tenantId, shard, groupId, number };
  const products = await productsOf(tx, placed);
  for (const { id, before, after, now } of products) {
    const { ended, added } = changedRows(after, now);
    if (ended.length > 0 || added.length > 0) throw new Refusal('order-built-on', { order, product: id });
    const back = changedRows(now, before);
    await endStretches(tx, place, id, back.ended);
    await writeStretches(tx, place, id, back.added);
  }
  await tx.sql(`update campaign_grant set known_to = $3 where shard = $1 and known_from = $2 and known_to is null`, [
    shard,
    placed.known_from,
    number,
  ]);
  await giveCouponsBack(tx, actor.tenantId, order);
  await alignIdentifiers(
    tx,
    place,
    products.map(({ id }) => id),
  );
  await tx.sql('update product_order set known_to = $3 where shard = $1 and id = $2', [shard, order, number]);
}

/** A closed cycle that knew of the order, and whose period reaches its day, has billed it. */
async function assertNotBilled(tx: SqlRunner, order: string, placed: Order): Promise<void> {
  const [closed] = await tx.sql<{ month: string }>(
    `select c.month from billing_state s join cycle c on c.tenant_id = s.tenant_id and c.id = s.cycle_id
     where s.shard = $1 and s.group_id = $2 and c.state in ('closed', 'issued') and c.known_at >= $3 and c.period_end >= $4::date
     order by c.month limit 1`,
    [placed.shard, placed.group_id, placed.known_from, placed.from_day],
  );
  if (closed !== undefined) throw new Refusal('order-billed', { order, month: closed.month });
}

type Touched = {
  readonly id: string;
  /** What was known of it before the order, right after it, and what is now. */
  readonly before: readonly Stretch[];
  readonly after: readonly Stretch[];
  readonly now: readonly Stretch[];
};

type Row = Stretch & { readonly product_id: string; readonly known_from: string; readonly known_to: string | null };

/** The products whose rows the order wrote or ended. */
async function productsOf(tx: SqlRunner, { shard, group_id, known_from }: Order): Promise<Touched[]> {
  const rows = await tx.sql<Row>(
    `select h.product_id, h.valid_from, h.valid_to, h.offering, h.rate_plan_version, h.bound_by,
            trim_scale(h.quantity)::text as quantity, h.status, h.end_reason, h.document_received_on,
            h.event, h.applied_on, h.known_from, h.known_to
     from product p join product_history h on h.shard = p.shard and h.tenant_id = p.tenant_id and h.product_id = p.id
     where p.shard = $1 and p.group_id = $2 and exists (
       select from product_history o where o.shard = p.shard and o.tenant_id = p.tenant_id and o.product_id = p.id
         and (o.known_from = $3 or o.known_to = $3))
     order by h.product_id collate "C", h.valid_from`,
    [shard, group_id, known_from],
  );
  const number = BigInt(known_from);
  return [...Map.groupBy(rows, ({ product_id }) => product_id)].map(([id, of]) => ({
    id,
    before: of.filter(
      (row) => BigInt(row.known_from) < number && (row.known_to === null || BigInt(row.known_to) >= number),
    ),
    after: of.filter(
      (row) => BigInt(row.known_from) <= number && (row.known_to === null || BigInt(row.known_to) > number),
    ),
    now: of.filter((row) => row.known_to === null),
  }));
}
