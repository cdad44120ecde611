/**
 * What is a customer on a day, in SQL: an individual or a company, of which segment?
 * The last change on or before the day, else what the customer was at first. Also called: 個人・法人、区分、セグメント.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { CustomerRecord } from '#runtime/customers/read-customer.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';

export type Standing = Pick<CustomerRecord, 'type' | 'segment'>;

export async function standingOfCustomer(
  tx: SqlRunner,
  { shard, id }: Pick<CustomerRecord, 'shard' | 'id'>,
  day: CivilDate,
): Promise<Standing> {
  const [found] = await tx.sql<Standing>(
    `select ${standingOn('type', '$3::date')} as type, ${standingOn('segment', '$3::date')} as segment
     from customer c where c.shard = $1 and c.id = $2`,
    [shard, id, day],
  );
  return found!;
}

export type StandingAhead = Standing & { readonly from: CivilDate };

/** What the customer will be, as known now: every change after the day, in order. */
export function standingAhead(
  tx: SqlRunner,
  { shard, id }: Pick<CustomerRecord, 'shard' | 'id'>,
  day: CivilDate,
): Promise<StandingAhead[]> {
  return tx.sql<StandingAhead>(
    `select valid_from as "from", type, segment from customer_standing
     where shard = $1 and customer_id = $2 and known_to is null and valid_from > $3::date order by valid_from`,
    [shard, id, day],
  );
}

/** Of the customer `c` on the day, which is SQL, too. */
export const standingOn = (column: 'type' | 'segment', day: string): string =>
  `(case when exists (${standing('1', day)}) then (${standing(`s.${column}`, day)} order by s.valid_from desc limit 1) else c.${column} end)`;

const standing = (what: string, day: string): string =>
  `select ${what} from customer_standing s
   where s.shard = c.shard and s.tenant_id = c.tenant_id and s.customer_id = c.id and s.known_to is null and s.valid_from <= ${day}`;
