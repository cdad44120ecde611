/**
 * How does a new customer come into the tables?
 * A billing group of its own, placed by the payer's number; one account, billed from a day on. Also called: 顧客・請求先の書き込み.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Release } from '#engine/rulesets/release.ts';
import { placementOf } from '#runtime/customers/placement.ts';
import { searchable } from '#runtime/customers/searchable.ts';
import { holdBillingFacts } from '#runtime/cycles/cut-off.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { CustomerEntry } from '#schemas/generated/types.ts';

/** Does the operator have this legal entity, and is this billing cycle in force on the first day? */
export async function assertBillable(
  tx: SqlRunner,
  { account, birthDate }: CustomerEntry,
  release: Release,
  today: CivilDate,
): Promise<void> {
  if (birthDate !== undefined && birthDate > today)
    throw new Refusal('birth-date-ahead', { path: '/birthDate', birthDate, today }, 422);
  const { legalEntity, billingCycle, from = today } = account;
  const [entity] = await tx.sql('select 1 as found from legal_entity where id = $1', [legalEntity]);
  if (entity === undefined)
    throw new Refusal('legal-entity-unknown', { path: '/account/legalEntity', legalEntity }, 422);
  if (release.inForce('billingCycle', billingCycle, from) === undefined) {
    const values = { path: '/account/billingCycle', billingCycle, month: from.slice(0, 7) };
    throw new Refusal('billing-cycle-unknown', values, 422);
  }
}

/** Refused with `customer-exists`. */
export async function writeCustomer(
  tx: SqlRunner,
  tenantId: number,
  entry: CustomerEntry,
  today: CivilDate,
): Promise<{ readonly customer: string; readonly account: string }> {
  const number = entry.number ?? (await nextNumber(tx, tenantId));
  const [customer, account, group] = [`C-${number}`, `A-${number}`, `G-${number}`];
  const { shard, payerHash } = placementOf(tenantId, customer);
  const { name, kana, type, segment, birthDate } = entry;
  const { legalEntity, billingCycle, from = today, billToName = name, billToAddress } = entry.account;
  const known = await holdBillingFacts(tx, tenantId, [shard]);
  const written = await tx.sql(
    `insert into billing_group (tenant_id, shard, id, payer_hash) values ($1, $2, $3, $4) on conflict do nothing returning 1`,
    [tenantId, shard, group, payerHash],
  );
  if (written.length === 0) throw new Refusal('customer-exists', { path: '/number', customer });
  const search = `${customer} ${searchable(name)} ${searchable(kana)}`;
  await tx.sql(
    `insert into customer (tenant_id, shard, id, group_id, type, name, kana, search, segment, birth_date)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [tenantId, shard, customer, group, type, name, kana, search, segment ?? null, birthDate ?? null],
  );
  await tx.sql(
    'insert into billing_account (tenant_id, shard, id, group_id, customer_id) values ($1, $2, $3, $4, $5)',
    [...[tenantId, shard, account, group, customer]],
  );
  await tx.sql(
    `insert into billing_account_history (tenant_id, shard, account_id, valid_from, known_from, legal_entity_id, billing_cycle,
                                          bill_to_name, bill_to_address)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [tenantId, shard, account, from, known, legalEntity, billingCycle, billToName, billToAddress],
  );
  return { customer, account };
}

/** The next free number of six digits or more. */
async function nextNumber(tx: SqlRunner, tenantId: number): Promise<string> {
  // Two who enter customers at once would both find the same number free.
  await tx.sql(`select pg_advisory_xact_lock(hashtextextended('customer-number/' || $1, 0))`, [String(tenantId)]);
  const [row] = await tx.sql<{ next: string }>(
    `select (coalesce(max(substring(id from '^C-([0-9]{1,18})$')::bigint), 0) + 1)::text as next from customer`,
  );
  return row!.next.padStart(6, '0');
}
