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
  const ranges = await amountRanges(tx, asked);
  const words = (asked.search ?? '').normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
  const by = asked.sort !== undefined && Object.hasOwn(orders, asked.sort) ? asked.sort : 'period';
  const direction = (asked.descending ?? by === 'period') ? 'desc' : 'asc';
  const found = await readPage<BillListed>(
    tx,
    asked,
    `select b.id, b.account_id as account, c.id as customer, c.name as "customerName", b.cycle_id as "cycleId", y.state as "cycleState", y.month,
            b.period_start as "periodStart", b.period_end as "periodEnd", b.due_on as "dueOn", b.currency, b.net_minor as net,
            b.tax_minor as tax, b.total_minor as total, b.line_count as lines, d.number, d.issued_on as "issuedOn"
     from bill b
     join billing_account a on a.shard = b.shard and a.tenant_id = b.tenant_id and a.id = b.account_id
     join customer c on c.shard = a.shard and c.tenant_id = a.tenant_id and c.id = a.customer_id
     join cycle y on y.tenant_id = b.tenant_id and y.id = b.cycle_id
     left join bill_document d on d.shard = b.shard and d.tenant_id = b.tenant_id and d.bill_id = b.id
     left join unnest($1::text[], $2::numeric[], $3::numeric[]) as range (currency, least, most) on range.currency = b.currency
     where (range.least is null or b.total_minor >= range.least) and (range.most is null or b.total_minor <= range.most)
       and ($4::text is null or b.cycle_id::text = $4) and ($5::text is null or b.account_id = $5)
       ${words.length === 0 ? '' : hasEveryWord}
     order by ${orders[by]} ${direction}, b.account_id, b.period_start, b.id`,
    [
      ranges.map(({ currency }) => currency),
      ranges.map(({ least }) => least),
      ranges.map(({ most }) => most),
      asked.cycleId ?? null,
      asked.account ?? null,
      ...(words.length === 0 ? [] : [words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)]),
    ],
  );
  return { ...found, rows: found.rows.map(inCurrency) };
}

/** Asked only of whoever searches: without it, all are counted without a look at their documents. */
const hasEveryWord = `and not exists (
         select from unnest($6::text[]) word
         where c.search not like word and lower(b.account_id) not like word and coalesce(lower(d.number), '') not like word)`;

function inCurrency(row: BillListed): BillListed {
  const text = (minor: string): string => minorToText(BigInt(minor), row.currency);
  return { ...row, net: text(row.net), tax: text(row.tax), total: text(row.total) };
}

/** The range asked for in minor units of every currency that the tenant bills in. */
async function amountRanges(
  tx: SqlRunner,
  { least, most }: BillsAsked,
): Promise<{ currency: string; least: string | null; most: string | null }[]> {
  if (least === undefined && most === undefined) return [];
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
