/**
 * Which bills fit what somebody looks for?
 * Also called: bill search, invoice search, 請求検索.
 */
import { exact } from '#engine/money/exact.ts';
import { minorToText, toMinor } from '#engine/money/money.ts';
import type { CycleState } from '#runtime/cycles/moves.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { readPage, type Page, type PageRequest } from '#runtime/services/page.ts';
import { Refusal } from '#runtime/services/refusal.ts';

export type BillListed = {
  readonly id: string;
  readonly account: string;
  readonly customer: string;
  readonly customerName: string;
  readonly cycleId: string;
  readonly cycleState: CycleState;
  readonly month: string;
  readonly periodStart: string;
  /** The first day after the period. */
  readonly periodEnd: string;
  readonly dueOn: string;
  readonly currency: string;
  readonly net: string;
  readonly tax: string;
  readonly total: string;
  readonly lines: number;
  /** Printed number and day; null until the cycle is closed. */
  readonly number: string | null;
  readonly issuedOn: string | null;
};

export type BillsAsked = PageRequest & {
  /** Words, each of which stands in the customer's name, kana or number, the account's number or the bill's printed number. */
  readonly search?: string;
  readonly cycleId?: string;
  readonly account?: string;
  /** Decimal text in the bill's currency. */
  readonly least?: string;
  readonly most?: string;
  readonly sort?: BillOrder;
  readonly descending?: boolean;
};

const orders = {
  period: 'b.period_start',
  account: 'b.account_id',
  customer: 'c.kana',
  total: 'b.total_minor',
  due: 'b.due_on',
} as const;

export type BillOrder = keyof typeof orders;

/** The latest period first, unless another order is asked for. */
export async function findBills(tx: SqlRunner, asked: BillsAsked): Promise<Page<BillListed>> {
  const by = asked.sort !== undefined && Object.hasOwn(orders, asked.sort) ? asked.sort : 'period';
  const direction = (asked.descending ?? by === 'period') ? 'desc' : 'asc';
  const order = `${orders[by]} ${direction}, b.account_id, b.period_start, b.id`;
  const { joins, conditions, values } = await wanted(tx, asked, by);
  const found = await readPage<BillListed>(
    tx,
    asked,
    {
      keys: `select b.shard, b.tenant_id, b.id from bill b ${joins.join(' ')} where ${conditions.join(' and ') || 'true'}`,
      order,
      rows: (page) =>
        `with page as materialized ${page}
         select b.id, b.account_id as account, c.id as customer, c.name as "customerName", b.cycle_id as "cycleId", y.state as "cycleState",
                y.month, b.period_start as "periodStart", b.period_end as "periodEnd", b.due_on as "dueOn", b.currency, b.net_minor as net,
                b.tax_minor as tax, b.total_minor as total, b.line_count as lines, d.number, d.issued_on as "issuedOn"
         from page
         left join bill b on b.shard = page.shard and b.tenant_id = page.tenant_id and b.id = page.id
         left join cycle y on y.tenant_id = b.tenant_id and y.id = b.cycle_id
         ${withCustomer} ${withDocument}
         order by ${order}`,
    },
    values,
  );
  return { ...found, rows: found.rows.map(inCurrency) };
}

/** What is looked for, in SQL: only what is asked is looked at, so that a list without a search is counted and read by the index of bills alone. */
async function wanted(
  tx: SqlRunner,
  asked: BillsAsked,
  by: BillOrder,
): Promise<{ joins: string[]; conditions: string[]; values: unknown[] }> {
  const joins: string[] = [];
  const conditions: string[] = [];
  const values: unknown[] = [];
  const given = (value: unknown): string => `$${values.push(value)}`;
  const words = (asked.search ?? '').normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length > 0 || by === 'customer') joins.push(withCustomer);
  if (words.length > 0) {
    joins.push(withDocument);
    const parts = given(words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`));
    conditions.push(`not exists (
      select from unnest(${parts}::text[]) word
      where c.search not like word and lower(b.account_id) not like word and coalesce(lower(d.number), '') not like word)`);
  }
  if (asked.least !== undefined || asked.most !== undefined) {
    const ranges = await amountRanges(tx, asked);
    joins.push(
      `join unnest(${given(ranges.map(({ currency }) => currency))}::text[], ${given(ranges.map(({ least }) => least))}::numeric[],
                   ${given(ranges.map(({ most }) => most))}::numeric[]) as range (currency, least, most) on range.currency = b.currency`,
    );
    conditions.push(
      '(range.least is null or b.total_minor >= range.least) and (range.most is null or b.total_minor <= range.most)',
    );
  }
  if (asked.cycleId !== undefined) conditions.push(`b.cycle_id::text = ${given(asked.cycleId)}`);
  if (asked.account !== undefined) conditions.push(`b.account_id = ${given(asked.account)}`);
  return { joins, conditions, values };
}

/** Left joins, which keep their place in the plan: the page first, then what belongs to its bills. */
const withCustomer = `
         left join billing_account a on a.shard = b.shard and a.tenant_id = b.tenant_id and a.id = b.account_id
         left join customer c on c.shard = a.shard and c.tenant_id = a.tenant_id and c.id = a.customer_id`;
const withDocument = `
         left join bill_document d on d.shard = b.shard and d.tenant_id = b.tenant_id and d.bill_id = b.id`;

function inCurrency(row: BillListed): BillListed {
  const text = (minor: string): string => minorToText(BigInt(minor), row.currency);
  return { ...row, net: text(row.net), tax: text(row.tax), total: text(row.total) };
}

/** The range asked for in minor units of every currency that the tenant bills in. */
async function amountRanges(
  tx: SqlRunner,
  { least, most }: BillsAsked,
): Promise<{ currency: string; least: string | null; most: string | null }[]> {
  const currencies = await tx.sql<{ currency: string }>('select distinct currency from legal_entity');
  return currencies.map(({ currency }) => ({
    currency,
    least: least === undefined ? null : minorOf(least, currency, 'ceiling'),
    most: most === undefined ? null : minorOf(most, currency, 'floor'),
  }));
}

function minorOf(text: string, currency: string, mode: 'ceiling' | 'floor'): string {
  if (!/^-?[0-9]{1,18}(\.[0-9]{1,12})?$/.test(text)) throw new Refusal('not-an-amount', { value: text }, 422);
  return toMinor(exact(text), currency, mode).toString();
}
