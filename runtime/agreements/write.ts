/**
 * How does an agreement or an adjustment come into the books, and out of them?
 */
import { isCivilDate, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { CustomerRecord } from '#runtime/customers/read-customer.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { holdBillingFacts } from '#runtime/cycles/cut-off.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { Adjustment, NegotiatedPrice } from '#schemas/generated/types.ts';

/** Refused with `agreement-overlaps` when the same charge of the same products has an agreement on one of its days. */
export async function writeAgreement(
  tx: SqlRunner,
  actor: Actor,
  { shard, groupId }: CustomerRecord,
  agreement: NegotiatedPrice,
  reason: string,
): Promise<void> {
  const { id, product, charge, ratePlan, valid, price } = agreement;
  const known = await holdBillingFacts(tx, actor.tenantId, [shard]);
  // One writer of a group's agreements at a time: two that overlap would both find nothing in their way.
  await tx.sql(`select pg_advisory_xact_lock(hashtextextended('agreement/' || $1, 0))`, [groupId]);
  const [other] = await tx.sql<{ id: string }>(
    `select id from negotiated_price
     where shard = $1 and tenant_id = $2 and group_id = $3 and known_to is null
       and (id = $9 or (charge = $4 and product_id is not distinct from $5 and rate_plan is not distinct from $6
                        and valid_from < coalesce($8::date, 'infinity') and $7::date < coalesce(valid_to, 'infinity')))`,
    [shard, actor.tenantId, groupId, charge, product ?? null, ratePlan ?? null, valid.from, valid.to, id],
  );
  if (other !== undefined) throw new Refusal('agreement-overlaps', { agreement: other.id });
  await tx.sql(
    `insert into negotiated_price (tenant_id, shard, id, group_id, product_id, charge, rate_plan, valid_from, valid_to, known_from,
                                   price, reason, agreed_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      actor.tenantId,
      shard,
      id,
      groupId,
      product ?? null,
      charge,
      ratePlan ?? null,
      valid.from,
      valid.to,
      known,
      JSON.stringify(price),
      reason,
      actor.personId,
    ],
  );
}

/** Refused with `adjustment-exists`. */
export async function writeAdjustment(
  tx: SqlRunner,
  actor: Actor,
  { shard, groupId }: CustomerRecord,
  adjustment: Adjustment,
  reason: string,
): Promise<void> {
  const { id, account, on, name, amount, taxCategory, taxIncluded } = adjustment;
  const known = await holdBillingFacts(tx, actor.tenantId, [shard]);
  const written = await tx.sql(
    `insert into adjustment (tenant_id, shard, id, group_id, account_id, counted_on, known_from, name, amount, tax_category,
                             tax_included, reason, entered_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (shard, tenant_id, id) where known_to is null do nothing returning 1`,
    [
      actor.tenantId,
      shard,
      id,
      groupId,
      account,
      on,
      known,
      JSON.stringify(name),
      amount,
      taxCategory,
      taxIncluded ?? false,
      reason,
      actor.personId,
    ],
  );
  if (written.length === 0) throw new Refusal('adjustment-exists', { adjustment: id });
}

/** What was agreed under the number, as known now. Refused with `fact-unknown`. */
export async function agreementKnown(
  tx: SqlRunner,
  { shard, groupId }: CustomerRecord,
  id: string,
): Promise<NegotiatedPrice> {
  const [found] = await tx.sql<{
    product: string | null;
    charge: string;
    plan: string | null;
    from: CivilDate;
    to: CivilDate | null;
    price: NegotiatedPrice['price'];
  }>(
    `select product_id as product, charge, rate_plan as plan, valid_from as "from", valid_to as "to", price from negotiated_price
     where shard = $1 and group_id = $2 and id = $3 and known_to is null`,
    [shard, groupId, id],
  );
  if (found === undefined) throw new Refusal('fact-unknown', { id }, 404);
  const { product, charge, plan, from, to, price } = found;
  return {
    ...{ id, charge, valid: { from, to }, price },
    ...(product !== null && { product }),
    ...(plan !== null && { ratePlan: plan }),
  };
}

/** What was added or taken off under the number, as known now. Refused with `fact-unknown`. */
export async function adjustmentKnown(
  tx: SqlRunner,
  { shard, groupId }: CustomerRecord,
  id: string,
): Promise<Adjustment> {
  const [found] = await tx.sql<Adjustment>(
    `select id, account_id as account, counted_on as "on", name, trim_scale(amount)::text as amount,
            tax_category as "taxCategory", tax_included as "taxIncluded"
     from adjustment where shard = $1 and group_id = $2 and id = $3 and known_to is null`,
    [shard, groupId, id],
  );
  if (found === undefined) throw new Refusal('fact-unknown', { id }, 404);
  return found;
}

/** From now on the row is not known any more; what was billed by it is put right on the next bill. Refused with `fact-unknown`. */
export async function endFact(
  tx: SqlRunner,
  actor: Actor,
  table: 'negotiated_price' | 'adjustment',
  { shard, groupId }: CustomerRecord,
  id: string,
): Promise<void> {
  const known = await holdBillingFacts(tx, actor.tenantId, [shard]);
  const ended = await tx.sql(
    `update ${table} set known_to = $5
     where shard = $1 and tenant_id = $2 and group_id = $3 and id = $4 and known_to is null returning 1`,
    [shard, actor.tenantId, groupId, id, known],
  );
  if (ended.length === 0) throw new Refusal('fact-unknown', { id }, 404);
}

/** From `from` on the agreement holds no longer. Refused with `fact-unknown`, and `agreement-not-then` outside its days. */
export async function endAgreementFrom(
  tx: SqlRunner,
  actor: Actor,
  customer: CustomerRecord,
  id: string,
  from: CivilDate,
): Promise<void> {
  const { shard, groupId } = customer;
  const [held] = await tx.sql<{ row_id: string; valid_from: string; valid_to: string | null }>(
    `select row_id, valid_from, valid_to from negotiated_price
     where shard = $1 and tenant_id = $2 and group_id = $3 and id = $4 and known_to is null for update`,
    [shard, actor.tenantId, groupId, id],
  );
  if (held === undefined) throw new Refusal('fact-unknown', { id }, 404);
  if (!isCivilDate(from) || from <= held.valid_from || (held.valid_to !== null && from >= held.valid_to))
    throw new Refusal('agreement-not-then', { path: '/from', from, first: held.valid_from }, 422);
  await endFact(tx, actor, 'negotiated_price', customer, id);
  await tx.sql(
    `insert into negotiated_price (tenant_id, shard, id, group_id, product_id, charge, rate_plan, valid_from, valid_to, known_from,
                                   price, reason, agreed_by)
     select tenant_id, shard, id, group_id, product_id, charge, rate_plan, valid_from, $3::date, known_to, price, reason, agreed_by
     from negotiated_price where shard = $1 and row_id = $2`,
    [shard, held.row_id, from],
  );
}
