/**
 * How much did a customer use, month by month and meter by meter?
 * By calendar month of the start, as known now; what was corrected away does not count. Also called: usage chart, 利用量の推移, 利用実績.
 */
import { monthsLater } from '#engine/calendar/billing-cycle.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { CustomerRecord } from '#runtime/customers/read-customer.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';

export type MonthOfUsage = {
  readonly month: string;
  readonly meter: string;
  /** In the meter's own unit, as decimal text. */
  readonly quantity: string;
  readonly records: number;
};

export const MONTHS_OF_USAGE = 13;

/** The last thirteen months up to the one of `today`, in order; a month without usage has no row. */
export function usageByMonth(
  tx: SqlRunner,
  { shard, groupId }: CustomerRecord,
  products: readonly string[],
  today: CivilDate,
): Promise<MonthOfUsage[]> {
  const first = `${monthsLater(today.slice(0, 7), 1 - MONTHS_OF_USAGE)}-01`;
  return tx.sql<MonthOfUsage>(
    `select to_char(started_at, 'YYYY-MM') as month, meter, trim_scale(sum(quantity))::text as quantity, count(*)::int as records
     from usage_record
     where shard = $1 and group_id = $2 and started_at >= $3::date and known_to is null and product_id = any($4)
     group by 1, 2 order by 1, 2`,
    [shard, groupId, first, products],
  );
}
