/**
 * Which bill has this printed number?
 * By its beginning, through an index. Also called: invoice number, 請求書番号検索.
 */
import { minorToText } from '#engine/money/money.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';

export type BillFound = {
  readonly id: string;
  readonly number: string;
  readonly month: string;
  readonly customer: string;
  readonly customerName: string;
  readonly total: string;
  readonly currency: string;
};

/** The first bills by number; none for a question without a digit. */
export async function findByNumber(tx: SqlRunner, question: string, limit: number): Promise<BillFound[]> {
  const number = question.normalize('NFKC').trim();
  if (!/^[0-9][0-9-]{2,}$/.test(number)) return [];
  const rows = await tx.sql<BillFound>(
    // First the few documents, by index; then what belongs to them.
    `with d as materialized (
       select tenant_id, shard, bill_id, number from bill_document
       where number collate "C" ^@ $1 order by number collate "C" limit $2
     )
     select b.id, d.number, y.month, c.id as customer, c.name as "customerName", b.total_minor as total, b.currency
     from d
     join bill b on b.shard = d.shard and b.tenant_id = d.tenant_id and b.id = d.bill_id
     join cycle y on y.tenant_id = b.tenant_id and y.id = b.cycle_id
     join billing_account a on a.shard = b.shard and a.tenant_id = b.tenant_id and a.id = b.account_id
     join customer c on c.shard = a.shard and c.tenant_id = a.tenant_id and c.id = a.customer_id
     order by d.number collate "C"`,
    [number, limit],
  );
  return rows.map((row) => ({ ...row, total: minorToText(BigInt(row.total), row.currency) }));
}
