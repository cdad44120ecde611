/**
 * What do the tables say about each billing group, as the cycle knew it?
 * Set-wise for a range of groups in one shard, and only rows known at the cycle's knowledge number: read again years later, the
 * same. Also called: as-of query, bitemporal read, 時点参照, 凍結データ.
 */
import { memberParameters, members, type FrozenCycle, type GroupRange } from '#runtime/cycles/members.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import type { BillingState, ProductEvent } from '#schemas/generated/types.ts';

export type AccountRow = { readonly group_id: string; readonly id: string; readonly customer_id: string };

export type CustomerRow = {
  readonly id: string;
  readonly type: 'individual' | 'corporate';
  readonly segment: string | null;
  readonly birth_date: string | null;
};

export type ProductRow = {
  readonly group_id: string;
  readonly id: string;
  readonly account_id: string;
  readonly event: ProductEvent;
  readonly applied_on: string;
  readonly tenure_from: string;
};

export type HistoryRow = {
  readonly product_id: string;
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly offering: string;
  readonly rate_plan_version: number | null;
  readonly bound_by: 'order' | 'grandfather' | 'fromDate' | 'nextCycle';
  readonly quantity: string;
  readonly status: 'active' | 'suspended';
  readonly end_reason: string | null;
};

export type GrantRow = { readonly product_id: string; readonly campaign: string; readonly granted_on: string };

/** The last closed cycle in which the group was billed, and the state that it left. */
export type PreviousRow = {
  readonly group_id: string;
  readonly state: BillingState;
  readonly month: string;
  readonly known_at: string;
  readonly period_end: string;
};

export type UsageRow = {
  readonly group_id: string;
  readonly event_key: string;
  readonly product_id: string;
  readonly meter: string;
  readonly started_at: string;
  readonly quantity: string;
  readonly attributes: Readonly<Record<string, string>>;
};

export type GroupRows = {
  readonly groupId: string;
  readonly accounts: readonly AccountRow[];
  readonly customers: readonly CustomerRow[];
  readonly products: readonly (ProductRow & { readonly history: readonly HistoryRow[] })[];
  readonly grants: readonly GrantRow[];
  readonly previous: PreviousRow | undefined;
};

/** Everything but usage, for every group of the range, in order of group. */
export async function readGroups(tx: SqlRunner, cycle: FrozenCycle, range: GroupRange): Promise<GroupRows[]> {
  const { shard } = range;
  const { tenantId, knownAt } = cycle;
  const accounts = await tx.sql<AccountRow>(
    `select g.id as group_id, a.id, a.customer_id from ${members} order by g.id collate "C", a.id collate "C"`,
    memberParameters(cycle, range),
  );
  const accountIds = accounts.map(({ id }) => id);
  const groupIds = [...new Set(accounts.map(({ group_id }) => group_id))];
  const customers = await tx.sql<CustomerRow>(
    `select id, type, segment, birth_date from customer where shard = $1 and tenant_id = $2 and id = any($3)`,
    [shard, tenantId, [...new Set(accounts.map(({ customer_id }) => customer_id))]],
  );
  const products = await tx.sql<ProductRow>(
    `select group_id, id, account_id, event, applied_on, tenure_from from product
     where shard = $1 and tenant_id = $2 and group_id = any($3) and account_id = any($4)
     order by id collate "C"`,
    [shard, tenantId, groupIds, accountIds],
  );
  const productIds = products.map(({ id }) => id);
  const histories = await tx.sql<HistoryRow>(
    `select product_id, valid_from, valid_to, offering, rate_plan_version, bound_by, trim_scale(quantity)::text as quantity, status, end_reason
     from product_history
     where shard = $1 and tenant_id = $2 and product_id = any($3) and known_from <= $4 and (known_to is null or known_to > $4)
     order by product_id, valid_from`,
    [shard, tenantId, productIds, knownAt],
  );
  const grants = await tx.sql<GrantRow>(
    `select product_id, campaign, granted_on from campaign_grant
     where shard = $1 and tenant_id = $2 and product_id = any($3) and known_from <= $4 and (known_to is null or known_to > $4)
     order by product_id collate "C", campaign collate "C"`,
    [shard, tenantId, productIds, knownAt],
  );
  const previous = await readPrevious(tx, cycle, shard, groupIds);
  return joinByGroup(groupIds, { accounts, customers, products, histories, grants, previous });
}

/** The state of each group after the last month of this legal entity and billing cycle in which it was billed. */
function readPrevious(
  tx: SqlRunner,
  cycle: FrozenCycle,
  shard: number,
  groupIds: readonly string[],
): Promise<PreviousRow[]> {
  return tx.sql<PreviousRow>(
    `select distinct on (s.group_id) s.group_id, s.state, c.month, c.known_at, c.period_end
     from billing_state s join cycle c on c.tenant_id = s.tenant_id and c.id = s.cycle_id
     where s.shard = $1 and s.tenant_id = $2 and s.group_id = any($3)
       and c.legal_entity_id = $4 and c.billing_cycle = $5 and c.month < $6 and c.state in ('closed', 'issued')
     order by s.group_id, c.month desc`,
    [shard, cycle.tenantId, groupIds, cycle.legalEntity, cycle.billingCycle, cycle.month],
  );
}

/**
 * The usage that belongs to this cycle, by group, in order of start and key: known at its cut-off and before its period's end,
 * and not yet so at the cut-off and period's end of the cycle in which the group was last billed. No row is ever marked as billed.
 */
export async function readUsage(
  tx: SqlRunner,
  cycle: FrozenCycle,
  shard: number,
  groups: readonly Pick<GroupRows, 'groupId' | 'previous'>[],
): Promise<Map<string, UsageRow[]>> {
  const rows = await tx.sql<UsageRow>(
    `select u.group_id, u.event_key, u.product_id, u.meter, u.started_at, trim_scale(u.quantity)::text as quantity, u.attributes
     from unnest($3::text[], $4::bigint[], $5::date[]) as billed (group_id, known_at, period_end)
     join usage_record u on u.shard = $1 and u.tenant_id = $2 and u.group_id = billed.group_id
     where u.known_from <= $6 and (u.known_to is null or u.known_to > $6) and u.started_at < $7::date
       and not coalesce(u.known_from <= billed.known_at and u.started_at < billed.period_end, false)
     order by u.group_id, u.started_at, u.event_key collate "C"`,
    [
      shard,
      cycle.tenantId,
      groups.map(({ groupId }) => groupId),
      groups.map(({ previous }) => previous?.known_at ?? null),
      groups.map(({ previous }) => previous?.period_end ?? null),
      cycle.knownAt,
      cycle.periodEnd,
    ],
  );
  return Map.groupBy(rows, ({ group_id }) => group_id);
}

type Found = {
  readonly accounts: readonly AccountRow[];
  readonly customers: readonly CustomerRow[];
  readonly products: readonly ProductRow[];
  readonly histories: readonly HistoryRow[];
  readonly grants: readonly GrantRow[];
  readonly previous: readonly PreviousRow[];
};

function joinByGroup(groupIds: readonly string[], found: Found): GroupRows[] {
  const accounts = Map.groupBy(found.accounts, ({ group_id }) => group_id);
  const customers = new Map(found.customers.map((customer) => [customer.id, customer]));
  const products = Map.groupBy(found.products, ({ group_id }) => group_id);
  const histories = Map.groupBy(found.histories, ({ product_id }) => product_id);
  const grants = Map.groupBy(found.grants, ({ product_id }) => product_id);
  const previous = new Map(found.previous.map((row) => [row.group_id, row]));
  return groupIds.map((groupId) => {
    const ofGroup = accounts.get(groupId) ?? [];
    const held = products.get(groupId) ?? [];
    return {
      groupId,
      accounts: ofGroup,
      customers: [...new Set(ofGroup.map(({ customer_id }) => customer_id))].flatMap((id) => customers.get(id) ?? []),
      products: held.map((product) => ({ ...product, history: histories.get(product.id) ?? [] })),
      grants: held.flatMap(({ id }) => grants.get(id) ?? []),
      previous: previous.get(groupId),
    };
  });
}
