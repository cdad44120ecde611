/**
 * By which number does a usage file find a product, and until when?
 * Also called: telephone number, MSISDN, meter point, 電話番号、供給地点番号、番号の割り当て.
 */
import type { SqlRunner } from '#runtime/db/scope.ts';
import type { Place } from '#runtime/orders/write.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { Successors } from '#runtime/simulation/typical-month.ts';
import type { AccountDocument, OrderedChange } from '#schemas/generated/types.ts';

/** As files write it: half width, without spaces and hyphens. */
export const spelledIdentifier = (said: string): string => said.normalize('NFKC').replace(/[\s‐‑–—ー-]/g, '');

/** Gives the products that are added their numbers. Refused with `identifier-taken`. */
export async function writeIdentifiers(
  tx: SqlRunner,
  { tenantId, shard, groupId }: Place,
  changes: readonly OrderedChange[],
  { products }: AccountDocument,
): Promise<void> {
  for (const [index, change] of changes.entries()) {
    if (change.kind !== 'addProduct' || change.identifier === undefined) continue;
    const identifier = spelledIdentifier(change.identifier);
    const { startsOn, endsOn } = products.find(({ id }) => id === change.product)!;
    // Two orders for one number would both find it free.
    await tx.sql(`select pg_advisory_xact_lock(hashtextextended('identifier/' || $1, 0))`, [identifier]);
    const [other] = await tx.sql<{ product_id: string }>(
      `select product_id from product_identifier
       where tenant_id = $1 and identifier = $2 and coalesce(valid_to, 'infinity') > $3::date
         and valid_from < coalesce($4::date, 'infinity') limit 1`,
      [tenantId, identifier, startsOn, endsOn],
    );
    if (other !== undefined) {
      const values = { path: `/changes/${index}/identifier`, identifier, product: other.product_id };
      throw new Refusal('identifier-taken', values);
    }
    await tx.sql(
      `insert into product_identifier (tenant_id, identifier, valid_from, valid_to, shard, group_id, product_id)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [tenantId, identifier, startsOn, endsOn, shard, groupId, change.product],
    );
  }
}

/** A number belongs to its product as long as that has service: until the day it ends, and not at all when it never began. */
export async function alignIdentifiers(
  tx: SqlRunner,
  { tenantId, shard }: Pick<Place, 'tenantId' | 'shard'>,
  products: readonly string[],
): Promise<void> {
  const held = `select max(coalesce(valid_to, 'infinity')) from product_history
                where shard = $2 and tenant_id = $1 and product_id = i.product_id and known_to is null`;
  await tx.sql(
    `delete from product_identifier i
     where tenant_id = $1 and shard = $2 and product_id = any($3) and coalesce((${held}), '-infinity') <= valid_from`,
    [tenantId, shard, products],
  );
  await tx.sql(
    `update product_identifier i set valid_to = nullif((${held}), 'infinity')
     where tenant_id = $1 and shard = $2 and product_id = any($3)
       and valid_from = (select max(valid_from) from product_identifier where tenant_id = $1 and shard = $2 and product_id = i.product_id)
       and coalesce(valid_to, 'infinity') <> (${held})`,
    [tenantId, shard, products],
  );
}

/** Whoever follows a product that ended for another plan keeps its number. */
export async function handOnIdentifiers(
  tx: SqlRunner,
  { tenantId, shard }: Pick<Place, 'tenantId' | 'shard'>,
  successors: Successors,
): Promise<void> {
  for (const [product, { product: successor, from }] of successors) {
    await tx.sql(
      `insert into product_identifier (tenant_id, identifier, valid_from, valid_to, shard, group_id, product_id)
       select tenant_id, identifier, $4::date, null, shard, group_id, $5::text from product_identifier
       where tenant_id = $1 and shard = $2 and product_id = $3 and valid_to = $4::date`,
      [tenantId, shard, product, from, successor],
    );
  }
}
