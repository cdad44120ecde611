/**
 * How does a change of a customer come into the tables?
 * Where bills go, on two clocks: the row that held is known no longer, and what held before and what holds from the day on are
 * known instead. Type and segment likewise, one row a change. Also called: 顧客情報・請求先の変更の書き込み.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import { readCustomer, type CustomerRecord } from '#runtime/customers/read-customer.ts';
import { searchable } from '#runtime/customers/searchable.ts';
import { holdBillingFacts } from '#runtime/cycles/cut-off.ts';
import { standingOfCustomer } from '#runtime/customers/standing.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { CustomerChange } from '#schemas/generated/types.ts';

type Place = { readonly tenantId: number; readonly shard: number; readonly number: string };

export async function changeIn(
  tx: SqlRunner,
  tenantId: number,
  customerId: string,
  change: CustomerChange,
  today: CivilDate,
): Promise<void> {
  const customer = await readCustomer(tx, customerId);
  const { birthDate, billTo, standing } = change;
  if (birthDate !== undefined && birthDate > today)
    throw new Refusal('birth-date-ahead', { path: '/birthDate', birthDate, today }, 422);
  // Two changes of one customer, one after the other: each begins from what the other has left.
  await tx.sql(`select pg_advisory_xact_lock(hashtextextended('customer/' || $1, 0))`, [customerId]);
  const number = await holdBillingFacts(tx, tenantId, [customer.shard]);
  const place = { tenantId, shard: customer.shard, number };
  if (change.name !== undefined || change.kana !== undefined || birthDate !== undefined)
    await correctWho(tx, customer, change);
  if (standing !== undefined) await changeStanding(tx, place, customer, standing, standing.from ?? today);
  if (billTo !== undefined) await changeBillTo(tx, place, customer, billTo, billTo.from ?? today);
}

/** Who it is has no days: it was so from the first, or is called so from now on. */
async function correctWho(tx: SqlRunner, { shard, id, ...was }: CustomerRecord, change: CustomerChange): Promise<void> {
  const [name, kana] = [change.name ?? was.name, change.kana ?? was.kana];
  const search = `${id} ${searchable(name)} ${searchable(kana)}`;
  await tx.sql('update customer set name = $3, kana = $4, search = $5, birth_date = $6 where shard = $1 and id = $2', [
    ...[shard, id, name, kana, search, change.birthDate ?? was.birthDate],
  ]);
}

type Standing = NonNullable<CustomerChange['standing']>;

/** What the customer is from `from` on; changes that were to come after it are known no longer. What is left out stays as it was. */
async function changeStanding(
  tx: SqlRunner,
  { tenantId, shard, number }: Place,
  { id, groupId }: CustomerRecord,
  { type, segment }: Standing,
  from: CivilDate,
): Promise<void> {
  const was = await standingOfCustomer(tx, { shard, id }, from);
  await tx.sql(
    `update customer_standing set known_to = $4
     where shard = $1 and customer_id = $2 and known_to is null and valid_from >= $3::date`,
    [shard, id, from, number],
  );
  await tx.sql(
    `insert into customer_standing (tenant_id, shard, group_id, customer_id, valid_from, known_from, type, segment)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tenantId, shard, groupId, id, from, number, type ?? was.type, segment === undefined ? was.segment : segment],
  );
}

type BillTo = NonNullable<CustomerChange['billTo']>;

/** To whom bills go from `from` on; how the account is billed stays. Refused with `account-unknown`. */
async function changeBillTo(
  tx: SqlRunner,
  { tenantId, shard, number }: Place,
  { id }: CustomerRecord,
  { account, name, address }: BillTo,
  from: CivilDate,
): Promise<void> {
  const ended = await tx.sql<{ row_id: string }>(
    `update billing_account_history h set known_to = $4
     where shard = $1 and account_id = $2 and known_to is null and (valid_to is null or valid_to > $3::date)
       and exists (select from billing_account a where a.shard = h.shard and a.id = h.account_id and a.customer_id = $5)
     returning row_id`,
    [shard, account, from, number, id],
  );
  if (ended.length === 0) throw new Refusal('account-unknown', { path: '/billTo/account', account }, 404);
  const rows = ended.map(({ row_id }) => row_id);
  const columns = 'tenant_id, shard, account_id, valid_from, valid_to, known_from, legal_entity_id, billing_cycle';
  await tx.sql(
    `insert into billing_account_history (${columns}, bill_to_name, bill_to_address)
     select tenant_id, shard, account_id, valid_from, $3::date, $4::bigint, legal_entity_id, billing_cycle, bill_to_name, bill_to_address
     from billing_account_history where tenant_id = $1 and shard = $2 and row_id = any($5::bigint[]) and valid_from < $3::date
     union all
     select tenant_id, shard, account_id, greatest(valid_from, $3::date), valid_to, $4::bigint, legal_entity_id, billing_cycle,
            coalesce($6::text, bill_to_name), coalesce($7::text, bill_to_address)
     from billing_account_history where tenant_id = $1 and shard = $2 and row_id = any($5::bigint[])`,
    [tenantId, shard, from, number, rows, name ?? null, address ?? null],
  );
}
