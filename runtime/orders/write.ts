/**
 * How does what an order changes come into the tables?
 * Rows that say something else are known no longer, and others are known instead, under the order's number. Also called: 申込みの書き込み.
 */
import type { Actor } from '#runtime/access/actor.ts';
import type { GroupRows } from '#runtime/cycles/group-rows.ts';
import type { RecordingTx, SqlRunner } from '#runtime/db/scope.ts';
import { withoutCodes } from '#runtime/orders/coupons.ts';
import { changedRows, rowsOf, type Stretch } from '#runtime/orders/rows-of-product.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { AccountDocument, Product, ProductOrder } from '#schemas/generated/types.ts';

/** Where the rows of a group lie, and the knowledge number under which they become known. */
export type Place = {
  readonly tenantId: number;
  readonly shard: number;
  readonly groupId: string;
  readonly number: string;
};

/** Writes what has become of the products, and returns the numbers of those that are others now. */
export async function writeProducts(
  tx: SqlRunner,
  place: Place,
  rows: Pick<GroupRows, 'products'>,
  before: AccountDocument,
  after: AccountDocument,
): Promise<string[]> {
  const was = new Map(before.products.map((product) => [product.id, JSON.stringify(product)]));
  const changed = after.products.filter((product) => was.get(product.id) !== JSON.stringify(product));
  for (const product of changed) {
    const isNew = !was.has(product.id);
    if (isNew) await writeNewProduct(tx, place, product);
    const known = rows.products.find(({ id }) => id === product.id)?.history ?? [];
    const { ended, added } = changedRows(known, rowsOf(product, known));
    await endStretches(tx, place, product.id, ended);
    await writeStretches(tx, place, product.id, added);
  }
  return changed.map(({ id }) => id);
}

/** Refused with `product-exists`, also when the number belonged to a product whose order was taken back. */
async function writeNewProduct(tx: SqlRunner, { tenantId, shard, groupId }: Place, product: Product): Promise<void> {
  const { id, account, event, appliedOn, tenureFrom, startsOn } = product;
  const written = await tx.sql(
    `insert into product (tenant_id, shard, id, group_id, account_id, event, applied_on, tenure_from)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning 1`,
    [tenantId, shard, id, groupId, account, event, appliedOn, tenureFrom ?? startsOn],
  );
  if (written.length === 0) throw new Refusal('product-exists', { path: '/changes', product: id });
}

export async function endStretches(
  tx: SqlRunner,
  { tenantId, shard, number }: Place,
  product: string,
  ended: readonly Pick<Stretch, 'valid_from'>[],
): Promise<void> {
  if (ended.length === 0) return;
  await tx.sql(
    `update product_history set known_to = $4
     where tenant_id = $1 and shard = $2 and product_id = $3 and known_to is null and valid_from = any($5::date[])`,
    [tenantId, shard, product, number, ended.map((row) => row.valid_from)],
  );
}

export async function writeStretches(
  tx: SqlRunner,
  { tenantId, shard, number }: Place,
  product: string,
  added: readonly Stretch[],
): Promise<void> {
  for (const row of added) {
    await tx.sql(
      `insert into product_history (tenant_id, shard, product_id, known_from, valid_from, valid_to, offering, rate_plan_version,
                                    bound_by, quantity, status, end_reason, document_received_on, event, applied_on)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        ...[tenantId, shard, product, number, row.valid_from, row.valid_to, row.offering, row.rate_plan_version],
        ...[
          row.bound_by,
          row.quantity,
          row.status,
          row.end_reason,
          row.document_received_on,
          row.event,
          row.applied_on,
        ],
      ],
    );
  }
}

type Order = {
  readonly customerId: string;
  readonly order: ProductOrder;
  readonly from: string;
  readonly appliedOn: string;
};

/** The number of the order that is written under the knowledge number of its facts. */
export const orderNumber = ({ number }: Pick<Place, 'number'>): string => `O-${number}`;

/** The order itself, without the codes that were entered for it. */
export async function writeOrderRow(
  tx: RecordingTx,
  actor: Actor,
  place: Place,
  { customerId, order, from, appliedOn }: Order,
): Promise<void> {
  const { tenantId, shard, groupId, number } = place;
  await tx.sql(
    `insert into product_order (tenant_id, shard, id, group_id, customer_id, changes, from_day, applied_on, channel, known_from,
                                placed_by, placed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...[tenantId, shard, orderNumber(place), groupId, customerId],
      ...[JSON.stringify(withoutCodes(order.changes)), from, appliedOn],
      ...[order.channel ?? null, number, actor.personId, tx.clock.now().toISOString()],
    ],
  );
}
