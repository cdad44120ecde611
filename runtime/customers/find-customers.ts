/**
 * Which customers fit what somebody looks for?
 * Each word begins a name, a kana, a customer or account number, or a telephone number. Also called: customer search, 顧客検索, 契約者検索.
 */
import { minorToText } from '#engine/money/money.ts';
import { telephoneDigits, wordsOf } from '#runtime/customers/searchable.ts';
import { standingOn } from '#runtime/customers/standing.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { pageAsked, type Page, type PageRequest } from '#runtime/services/page.ts';

/** suspended: something is suspended today. upcoming: nothing has begun yet. none: never had anything. */
export const customerStates = ['active', 'suspended', 'upcoming', 'ended', 'none'] as const;
export type CustomerState = (typeof customerStates)[number];

export type CustomerListed = {
  readonly id: string;
  readonly name: string;
  readonly kana: string;
  readonly type: 'individual' | 'corporate';
  readonly segment: string | null;
  readonly state: CustomerState;
  /** The first day of service there ever was, or will be. */
  readonly since: string | null;
  /** What is held today, by offering. */
  readonly offerings: readonly string[];
  /** Numbers of what is held, at most three. */
  readonly identifiers: readonly string[];
  /** Null before the first bill. */
  readonly lastBill: {
    readonly id: string;
    readonly month: string;
    readonly total: string;
    readonly currency: string;
  } | null;
};

export type CustomersAsked = PageRequest & {
  readonly search?: string;
  readonly state?: CustomerState;
  /** Held today. */
  readonly offerings?: readonly string[];
  readonly segment?: string;
  readonly type?: 'individual' | 'corporate';
  readonly sort?: CustomerOrder;
  readonly descending?: boolean;
};

type Place = { readonly shard: number; readonly id: string };

/** A question of more words than this is not one that somebody typed. */
const MOST_WORDS = 6;

const held = `
  billing_account a
  join product p on p.shard = a.shard and p.tenant_id = a.tenant_id and p.group_id = a.group_id and p.account_id = a.id
  join product_history h on h.shard = p.shard and h.tenant_id = p.tenant_id and h.product_id = p.id and h.known_to is null`;

const ofCustomer = 'a.shard = c.shard and a.tenant_id = c.tenant_id and a.customer_id = c.id';

/** Whether the stretch `h` covers the day in `$1`. */
const today = 'h.valid_from <= $1 and (h.valid_to is null or h.valid_to > $1)';

/** The state of a customer over the stretches of all that was ever held. */
const state = `
  case when bool_or(${today} and h.status = 'suspended') then 'suspended' when bool_or(${today}) then 'active'
       when bool_or(h.valid_from > $1) then 'upcoming' when count(h.product_id) > 0 then 'ended' else 'none' end`;

/** What customers hold, for all of them at once: only where a question is about it. */
const holdings = `holding as materialized (
  select a.shard, a.customer_id, ${state} as state, min(h.valid_from) as since, array_agg(h.offering) filter (where ${today}) as offerings
  from ${held} group by a.shard, a.customer_id
)`;

const lastBillOf = `
  select b.id, b.cycle_id, b.tenant_id, b.period_start, b.total_minor, b.currency
  from billing_account a
  cross join lateral (
    select * from bill b where b.shard = a.shard and b.tenant_id = a.tenant_id and b.account_id = a.id order by b.period_start desc limit 1
  ) b
  where ${ofCustomer} order by b.period_start desc, b.id limit 1`;

const orders = {
  name: 'c.kana collate "C"',
  number: 'c.id collate "C"',
  since: 'holding.since',
  bill: `(select latest.total_minor from (${lastBillOf}) latest)`,
} as const;

export type CustomerOrder = keyof typeof orders;

/** The customers asked for, on the day `on`, by kana unless another order is asked for. */
export async function findCustomers(tx: SqlRunner, on: string, asked: CustomersAsked): Promise<Page<CustomerListed>> {
  const parameters: unknown[] = [on];
  const given = (value: unknown): string => `$${parameters.push(value)}`;
  // The day is named even where nothing asks for it: a parameter that is not used has no type.
  const conditions = ['$1::date is not null', ...conditionsOf(asked, given)];
  const by = asked.sort !== undefined && Object.hasOwn(orders, asked.sort) ? asked.sort : 'name';
  const isAboutHoldings = by === 'since' || asked.state !== undefined || asked.offerings !== undefined;
  const { page, pageSize } = pageAsked(asked);
  const count = `${isAboutHoldings ? `with ${holdings}` : ''} select c.shard, c.id, count(*) over ()::int as total from customer c
    ${isAboutHoldings ? 'left join holding on holding.shard = c.shard and holding.customer_id = c.id' : ''}
    where ${conditions.join(' and ')}`;
  const direction = asked.descending === true ? 'desc nulls last' : 'asc nulls last';
  const places = await tx.sql<Place & { readonly total: number }>(
    `${count} order by ${orders[by]} ${direction}, c.id collate "C" limit ${given(pageSize)} offset ${given((page - 1) * pageSize)}`,
    parameters,
  );
  // A page beyond the last has no row to say how many there are.
  const [any] =
    places.length === 0 && page > 1
      ? await tx.sql<{ total: number }>(`${count} limit 1`, parameters.slice(0, -2))
      : places;
  return { rows: await listed(tx, on, places), total: any?.total ?? 0, page, pageSize };
}

function conditionsOf(asked: CustomersAsked, given: (value: unknown) => string): string[] {
  const { search = '', type, segment, state: wanted, offerings } = asked;
  return [
    ...wordsOf(search)
      .slice(0, MOST_WORDS)
      .map((word) => foundBy(word, given)),
    ...(type === undefined ? [] : [`${standingOn('type', '$1::date')} = ${given(type)}`]),
    ...(segment === undefined ? [] : [`${standingOn('segment', '$1::date')} = ${given(segment)}`]),
    ...(wanted === undefined ? [] : [`coalesce(holding.state, 'none') = ${given(wanted)}`]),
    ...(offerings === undefined ? [] : [`holding.offerings && ${given(offerings)}::text[]`]),
  ];
}

/** The customers of whom something begins with `word`. Telephone numbers count from three digits on. */
function foundBy(word: string, given: (value: unknown) => string): string {
  const digits = telephoneDigits(word);
  const byWord = `select w.shard, w.customer_id from customer_word w where w.word ^@ ${given(word)}`;
  if (digits === undefined) return `(c.shard, c.id) in (${byWord})`;
  // First the few numbers, by index; then whose they are.
  const byTelephone = `
    with i as materialized (
      select tenant_id, shard, product_id from product_identifier where identifier collate "C" ^@ ${given(digits)}
    )
    select a.shard, a.customer_id from i
    join product p on p.shard = i.shard and p.tenant_id = i.tenant_id and p.id = i.product_id
    join billing_account a on a.shard = p.shard and a.tenant_id = p.tenant_id and a.id = p.account_id`;
  return `(c.shard, c.id) in (${byWord} union (${byTelephone}))`;
}

/** What a list says of each of the customers, in their order. */
async function listed(tx: SqlRunner, on: string, places: readonly Place[]): Promise<CustomerListed[]> {
  const rows = await tx.sql<CustomerListed>(
    `select c.id, c.name, c.kana, ${standingOn('type', '$1::date')} as type, ${standingOn('segment', '$1::date')} as segment, holding.state, holding.since, holding.offerings,
            array(select i.identifier from ${held} join product_identifier i
                    on i.shard = p.shard and i.tenant_id = p.tenant_id and i.product_id = p.id and (i.valid_to is null or i.valid_to > $1)
                  where ${ofCustomer} and ${today} order by i.identifier collate "C" limit 3) as identifiers,
            latest.bill as "lastBill"
     from unnest($2::smallint[], $3::text[]) with ordinality as place (shard, id, position)
     join customer c on c.shard = place.shard and c.id = place.id
     left join lateral (
       select ${state} as state, min(h.valid_from) as since,
              coalesce(array_agg(distinct h.offering) filter (where ${today}), '{}') as offerings
       from ${held} where ${ofCustomer}
     ) holding on true
     left join lateral (
       select jsonb_build_object('id', b.id, 'month', y.month, 'total', b.total_minor::text, 'currency', b.currency) as bill
       from (${lastBillOf}) b join cycle y on y.tenant_id = b.tenant_id and y.id = b.cycle_id
     ) latest on true
     order by place.position`,
    [on, places.map(({ shard }) => shard), places.map(({ id }) => id)],
  );
  return rows.map(({ lastBill, ...row }) => ({ ...row, lastBill: lastBill === null ? null : inCurrency(lastBill) }));
}

function inCurrency<Sum extends { readonly total: string; readonly currency: string }>(sum: Sum): Sum {
  return { ...sum, total: minorToText(BigInt(sum.total), sum.currency) };
}

/** The segments that customers are in, for a list to choose from. */
export async function segmentsOf(tx: SqlRunner): Promise<string[]> {
  const rows = await tx.sql<{ segment: string }>(
    `select segment from customer where segment is not null
     union select segment from customer_standing where segment is not null and known_to is null order by 1`,
  );
  return rows.map(({ segment }) => segment);
}
