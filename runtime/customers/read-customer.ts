/**
 * What do the tables say of one customer: who it is, its accounts, products and bills?
 * As known now: what has been put right since is left out. Also called: customer detail, 顧客照会, 契約者情報.
 */
import { minorToText } from '#engine/money/money.ts';
import type { CycleState } from '#runtime/cycles/moves.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';

export type CustomerRecord = {
  readonly id: string;
  readonly shard: number;
  readonly groupId: string;
  readonly payerHash: number;
  readonly name: string;
  readonly kana: string;
  readonly type: 'individual' | 'corporate';
  readonly segment: string | null;
  readonly birthDate: string | null;
};

/** How an account is billed from one day to another. */
export type AccountSetting = {
  readonly from: string;
  /** The first day on which it no longer holds; null when open. */
  readonly to: string | null;
  readonly legalEntity: string;
  readonly billingCycle: string;
  readonly billToName: string;
  readonly billToAddress: string;
};

export type AccountRecord = { readonly id: string; readonly settings: readonly AccountSetting[] };

export type CustomerBill = {
  readonly id: string;
  readonly account: string;
  readonly month: string;
  readonly cycleState: CycleState;
  /** The printed number; null until the cycle is closed. */
  readonly number: string | null;
  readonly dueOn: string;
  readonly currency: string;
  readonly net: string;
  readonly tax: string;
  readonly total: string;
};

export type IdentifierRecord = {
  readonly product: string;
  readonly identifier: string;
  readonly from: string;
  readonly to: string | null;
};

/** Refuses when the tenant has no customer of that number. */
export async function readCustomer(tx: SqlRunner, id: string): Promise<CustomerRecord> {
  const [found] = await tx.sql<CustomerRecord>(
    `select c.id, c.shard, c.group_id as "groupId", g.payer_hash as "payerHash", c.name, c.kana, c.type, c.segment, c.birth_date as "birthDate"
     from customer c join billing_group g on g.shard = c.shard and g.tenant_id = c.tenant_id and g.id = c.group_id
     where c.id = $1`,
    [id],
  );
  if (found === undefined) throw new Refusal('customer-unknown', { customer: id }, 404);
  return found;
}

/** The customer's accounts by number, with the history of their settings. */
export async function readAccounts(tx: SqlRunner, { shard, id }: CustomerRecord): Promise<AccountRecord[]> {
  const rows = await tx.sql<AccountSetting & { readonly account: string }>(
    `select a.id as account, h.valid_from as from, h.valid_to as to, h.legal_entity_id as "legalEntity", h.billing_cycle as "billingCycle",
            h.bill_to_name as "billToName", h.bill_to_address as "billToAddress"
     from billing_account a
     join billing_account_history h on h.shard = a.shard and h.tenant_id = a.tenant_id and h.account_id = a.id and h.known_to is null
     where a.shard = $1 and a.customer_id = $2
     order by a.id collate "C", h.valid_from`,
    [shard, id],
  );
  return [...Map.groupBy(rows, ({ account }) => account)].map(([account, settings]) => ({
    id: account,
    settings: settings.map(({ account: _account, ...setting }) => setting),
  }));
}

/** The setting that holds on a day; before the first day the first, after the last the last. */
export function settingOn({ settings }: AccountRecord, on: string): AccountSetting {
  return settings.findLast(({ from }) => from <= on) ?? settings[0]!;
}

const BILLS_SHOWN = 60;

/** The bills of the customer's accounts, the newest first: five years of monthly ones. */
export async function billsOf(
  tx: SqlRunner,
  { shard }: CustomerRecord,
  accounts: readonly AccountRecord[],
): Promise<CustomerBill[]> {
  const rows = await tx.sql<CustomerBill>(
    `select b.id, b.account_id as account, y.month, y.state as "cycleState", d.number, b.due_on as "dueOn", b.currency,
            b.net_minor as net, b.tax_minor as tax, b.total_minor as total
     from bill b
     join cycle y on y.tenant_id = b.tenant_id and y.id = b.cycle_id
     left join bill_document d on d.shard = b.shard and d.tenant_id = b.tenant_id and d.bill_id = b.id
     where b.shard = $1 and b.account_id = any($2)
     order by b.period_start desc, b.account_id collate "C" limit $3`,
    [shard, accounts.map(({ id }) => id), BILLS_SHOWN],
  );
  return rows.map((row) => {
    const text = (minor: string): string => minorToText(BigInt(minor), row.currency);
    return { ...row, net: text(row.net), tax: text(row.tax), total: text(row.total) };
  });
}

/** The numbers by which the outside world names the products. */
export function identifiersOf(tx: SqlRunner, shard: number, products: readonly string[]): Promise<IdentifierRecord[]> {
  return tx.sql<IdentifierRecord>(
    `select product_id as product, identifier, valid_from as from, valid_to as to from product_identifier
     where shard = $1 and product_id = any($2) order by product_id collate "C", valid_from`,
    [shard, products],
  );
}

/** The products of which something was put right: they were once believed to be otherwise. */
export async function correctedOf(
  tx: SqlRunner,
  shard: number,
  products: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.sql<{ product: string }>(
    `select distinct product_id as product from product_history where shard = $1 and product_id = any($2) and known_to is not null`,
    [shard, products],
  );
  return new Set(rows.map(({ product }) => product));
}
