/**
 * What do the tables say about each billing group, as the cycle knew it?
 * Set-wise for ranges of groups, joined along the shard, and only rows known at the cycle's knowledge number: read again years
 * later, the same. Also called: as-of query, bitemporal read, 時点参照, 凍結データ.
 */
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import { readBilledAgain, type BilledAgain, type Changed } from '#runtime/cycles/billed-again.ts';
import { readMoved, readPrevious, type AccountRow, type PreviousRow } from '#runtime/cycles/billed-before.ts';
import { dayOf, firstChange, type Fact } from '#runtime/cycles/changed-facts.ts';
import { memberParameters, members, type FrozenCycle, type GroupRange } from '#runtime/cycles/members.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import type { Localized, NegotiatedPrice, ProductChange, ProductEvent, TaxCategory } from '#schemas/generated/types.ts';

export type CustomerRow = {
  readonly id: string;
  readonly type: 'individual' | 'corporate';
  readonly segment: string | null;
  readonly birth_date: string | null;
  /** What has changed of type and segment, in order of day. */
  readonly standings?: readonly StandingRow[];
};

export type StandingRow = {
  readonly group_id: string;
  readonly customer_id: string;
  readonly valid_from: string;
  readonly type: 'individual' | 'corporate';
  readonly segment: string | null;
};

export type ProductRow = {
  readonly group_id: string;
  readonly id: string;
  readonly account_id: string;
  readonly event: ProductEvent;
  readonly applied_on: string;
  readonly tenure_from: string;
};

/** What made a version hold for a product. */
type BoundBy = NonNullable<ProductChange['boundBy']>;

export type HistoryRow = {
  readonly product_id: string;
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly offering: string;
  readonly rate_plan_version: number | null;
  readonly bound_by: BoundBy;
  readonly quantity: string;
  readonly status: 'active' | 'suspended';
  readonly end_reason: string | null;
  readonly document_received_on: string | null;
  /** The order behind the change, and the day on which it was placed. */
  readonly event: ProductEvent | null;
  readonly applied_on: string | null;
};

export type GrantRow = { readonly product_id: string; readonly campaign: string; readonly granted_on: string };

export type AgreementRow = {
  readonly group_id: string;
  readonly id: string;
  readonly product_id: string | null;
  readonly charge: string;
  readonly rate_plan: string | null;
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly price: NegotiatedPrice['price'];
};

export type AdjustmentRow = {
  readonly group_id: string;
  readonly id: string;
  readonly account_id: string;
  readonly counted_on: string;
  readonly name: Localized;
  readonly amount: string;
  readonly tax_category: TaxCategory;
  readonly tax_included: boolean;
};

/** Whether a row was known when the group was last billed, and whether it is now. */
type Known = { readonly then: boolean; readonly now: boolean };

export type UsageRow = {
  readonly group_id: string;
  readonly event_key: string;
  readonly product_id: string;
  readonly meter: string;
  readonly started_at: string;
  readonly quantity: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Billed in a closed month already, and here because that month is looked at again. */
  readonly again: boolean;
};

export type GroupRows = {
  readonly groupId: string;
  readonly accounts: readonly AccountRow[];
  readonly customers: readonly CustomerRow[];
  readonly products: readonly (ProductRow & { readonly history: readonly HistoryRow[] })[];
  readonly grants: readonly GrantRow[];
  readonly agreements: readonly AgreementRow[];
  readonly adjustments: readonly AdjustmentRow[];
  readonly previous: PreviousRow | undefined;
  /** What was billed in the months of which something has changed since. */
  readonly again: BilledAgain | undefined;
};

/** A group with the place of its rows. */
export type PlacedGroup = GroupRows & { readonly shard: number; readonly payerHash: number };

/** Everything but usage, for every group of the ranges, in order of group. */
export async function readGroups(
  tx: SqlRunner,
  cycle: FrozenCycle,
  ranges: readonly GroupRange[],
): Promise<PlacedGroup[]> {
  const { tenantId, knownAt } = cycle;
  const accounts = await tx.sql<AccountRow & { shard: number; payer_hash: number }>(
    `select g.shard, g.payer_hash, g.id as group_id, a.id, a.customer_id from ${members} order by g.id collate "C", a.id collate "C"`,
    memberParameters(cycle, ranges),
  );
  const moved = await readMoved(tx, cycle, accounts);
  const groups = [...new Map(accounts.map((account) => [account.group_id, account])).values()];
  const inGroups = [groups.map(({ shard }) => shard), groups.map(({ group_id }) => group_id), tenantId] as const;
  const customers = await tx.sql<CustomerRow>(
    `select id, type, segment, birth_date
     from unnest($1::smallint[], $2::text[]) account (shard, customer_id)
     join customer c on c.shard = account.shard and c.tenant_id = $3 and c.id = account.customer_id`,
    [accounts.map(({ shard }) => shard), accounts.map(({ customer_id }) => customer_id), tenantId],
  );
  const products = await tx.sql<ProductRow & { shard: number }>(
    `select p.shard, p.group_id, p.id, p.account_id, p.event, p.applied_on, p.tenure_from
     from ${everyGroup} join product p on p.shard = g.shard and p.tenant_id = $3 and p.group_id = g.group_id
     where p.account_id = any($4)
     order by p.id collate "C"`,
    [...inGroups, accounts.map(({ id }) => id)],
  );
  const previous = await readPrevious(tx, cycle, accounts);
  const billedAt = new Map(previous.map((row) => [row.group_id, row.known_at]));
  const ofProducts = [
    products.map(({ shard }) => shard),
    products.map(({ id }) => id),
    tenantId,
    knownAt,
    products.map(({ group_id }) => billedAt.get(group_id) ?? null),
  ] as const;
  const ofGroups = [...inGroups, knownAt, groups.map(({ group_id }) => billedAt.get(group_id) ?? null)] as const;
  const histories = await tx.sql<HistoryRow & Known>(
    `select h.product_id, h.valid_from, h.valid_to, h.offering, h.rate_plan_version, h.bound_by,
            trim_scale(h.quantity)::text as quantity, h.status, h.end_reason, h.document_received_on,
            h.event, h.applied_on, ${known('h')}
     from ${everyProduct} join product_history h on h.shard = p.shard and h.tenant_id = $3 and h.product_id = p.product_id
     where ${knownThenOrNow('h')} order by h.product_id, h.valid_from`,
    ofProducts,
  );
  const grants = await tx.sql<GrantRow & Known>(
    `select r.product_id, r.campaign, r.granted_on, ${known('r')}
     from ${everyProduct} join campaign_grant r on r.shard = p.shard and r.tenant_id = $3 and r.product_id = p.product_id
     where ${knownThenOrNow('r')} order by r.product_id collate "C", r.campaign collate "C"`,
    ofProducts,
  );
  const agreements = await tx.sql<AgreementRow & Known>(
    `select p.group_id, n.id, n.product_id, n.charge, n.rate_plan, n.valid_from, n.valid_to, n.price, ${known('n')}
     from ${everyGroupBilled} join negotiated_price n on n.shard = p.shard and n.tenant_id = $3 and n.group_id = p.group_id
     where ${knownThenOrNow('n')} order by p.group_id collate "C", n.id collate "C"`,
    ofGroups,
  );
  const adjustments = await tx.sql<AdjustmentRow & Known>(
    `select p.group_id, j.id, j.account_id, j.counted_on, j.name, trim_scale(j.amount)::text as amount, j.tax_category,
            j.tax_included, ${known('j')}
     from ${everyGroupBilled} join adjustment j on j.shard = p.shard and j.tenant_id = $3 and j.group_id = p.group_id
     where ${knownThenOrNow('j')} order by p.group_id collate "C", j.id collate "C"`,
    ofGroups,
  );
  const standings = await tx.sql<StandingRow & Known>(
    `select p.group_id, s.customer_id, s.valid_from, s.type, s.segment, ${known('s')}
     from ${everyGroupBilled} join customer_standing s on s.shard = p.shard and s.tenant_id = $3 and s.group_id = p.group_id
     where ${knownThenOrNow('s')} order by s.customer_id collate "C", s.valid_from`,
    ofGroups,
  );
  const withCycles = accounts.map((account) =>
    moved.has(account.id) ? { ...account, cycles: moved.get(account.id)! } : account,
  );
  const found = {
    accounts: withCycles,
    customers,
    products,
    histories,
    grants,
    agreements,
    adjustments,
    standings,
    previous,
  };
  const placed = joinByGroup(groups, found);
  const again = await readBilledAgain(tx, cycle, changedGroups(placed, found));
  return placed.map((group) => ({ ...group, again: again.get(group.groupId) }));
}

/** Whether a row was known when the group was last billed, at `p.billed_at`; and whether it is at $4. */
const known = (row: string): string =>
  `coalesce(${row}.known_from <= p.billed_at and (${row}.known_to is null or ${row}.known_to > p.billed_at), false) as "then",
   ${row}.known_to is null or ${row}.known_to > $4 as now`;

const knownThenOrNow = (row: string): string =>
  `${row}.known_from <= $4 and (${row}.known_to is null or ${row}.known_to > least($4::bigint, coalesce(p.billed_at, $4::bigint)))`;

const everyGroup = 'unnest($1::smallint[], $2::text[]) g (shard, group_id)';
const everyProduct = 'unnest($1::smallint[], $2::text[], $5::bigint[]) p (shard, product_id, billed_at)';
const everyGroupBilled = 'unnest($1::smallint[], $2::text[], $5::bigint[]) p (shard, group_id, billed_at)';

/**
 * The usage that belongs to this cycle, by group, in order of start and key: known at its cut-off and before the end of the group's
 * period,
 * and not yet so at the cut-off and period's end of the cycle in which the group was last billed; and all of the months that are
 * looked at again. No row is ever marked as billed.
 */
export async function readUsage(
  tx: SqlRunner,
  cycle: FrozenCycle,
  groups: readonly PlacedGroup[],
  endOf: (group: PlacedGroup) => CivilDate = () => cycle.periodEnd,
): Promise<Map<string, UsageRow[]>> {
  const rows = await tx.sql<UsageRow>(
    `select u.group_id, u.event_key, u.product_id, u.meter, u.started_at, trim_scale(u.quantity)::text as quantity, u.attributes,
            coalesce(u.known_from <= billed.known_at and u.started_at < billed.period_end, false) as again
     from unnest($1::smallint[], $3::text[], $4::bigint[], $5::date[], $8::date[], $7::date[])
            as billed (shard, group_id, known_at, period_end, again_from, until)
     join usage_record u on u.shard = billed.shard and u.tenant_id = $2 and u.group_id = billed.group_id
     where u.known_from <= $6 and (u.known_to is null or u.known_to > $6) and u.started_at < billed.until
       and (not coalesce(u.known_from <= billed.known_at and u.started_at < billed.period_end, false)
            or u.started_at >= billed.again_from)
     order by u.group_id, u.started_at, u.event_key collate "C"`,
    [
      groups.map(({ shard }) => shard),
      cycle.tenantId,
      groups.map(({ groupId }) => groupId),
      groups.map(({ previous }) => previous?.known_at ?? null),
      groups.map(({ previous }) => previous?.period_end ?? null),
      cycle.knownAt,
      groups.map(endOf),
      groups.map(({ again }) => again?.usageFrom ?? null),
    ],
  );
  return Map.groupBy(rows, ({ group_id }) => group_id);
}

type Found = {
  readonly accounts: readonly AccountRow[];
  readonly customers: readonly CustomerRow[];
  readonly products: readonly ProductRow[];
  readonly histories: readonly (HistoryRow & Known)[];
  readonly grants: readonly (GrantRow & Known)[];
  readonly agreements: readonly (AgreementRow & Known)[];
  readonly adjustments: readonly (AdjustmentRow & Known)[];
  readonly standings: readonly (StandingRow & Known)[];
  readonly previous: readonly PreviousRow[];
};

/** The groups of which a fact has changed that was billed already, with the first day of the change. */
function changedGroups(groups: readonly PlacedGroup[], found: Found): Changed[] {
  const owner = new Map(found.products.map(({ id, group_id }) => [id, group_id]));
  const facts = Map.groupBy(
    [
      ...found.histories.flatMap((row) => factsOfStretch(row, owner.get(row.product_id) ?? '')),
      ...found.grants.map((row) => factOf(row, owner.get(row.product_id) ?? '', row.granted_on, null)),
      ...found.agreements.map((row) => factOf(row, row.group_id, row.valid_from, row.valid_to)),
      ...found.standings.map((row) => factOf(row, row.group_id, row.valid_from, null)),
      ...found.adjustments.map((row) => {
        const { from, to } = dayOf(row.counted_on);
        return factOf(row, row.group_id, from, to);
      }),
    ],
    ({ group }) => group,
  );
  return groups.flatMap(({ shard, groupId, accounts, previous }) => {
    const changedFrom = previous === undefined ? undefined : firstChange(facts.get(groupId) ?? []);
    if (changedFrom === undefined || changedFrom >= previous!.period_end) return [];
    return [{ shard, groupId, changedFrom, accounts: accounts.map(({ id }) => id) }];
  });
}

type FactOfGroup = Fact & { readonly group: string };

/** What holds while the row does, said without the row's own days: a row that was only cut in two says the same. */
function factOf({ then, now, ...row }: object & Known, group: string, from: string, to: string | null): FactOfGroup {
  const { valid_from: _, valid_to: __, ...says } = row as Record<string, unknown>;
  return { group, from, to, then, now, says: JSON.stringify(says) };
}

/** Why a product ends, and when its document was received, matters on its last day, and only there. */
function factsOfStretch(
  { end_reason, document_received_on, ...row }: HistoryRow & Known,
  group: string,
): readonly FactOfGroup[] {
  const held = factOf(row, group, row.valid_from, row.valid_to);
  if (row.valid_to === null || end_reason === null) return [held];
  const ended = {
    ...held,
    from: addDays(row.valid_to, -1),
    says: `${row.product_id} ends: ${end_reason} ${document_received_on ?? ''}`,
  };
  return [held, ended];
}

function joinByGroup(
  groups: readonly { readonly group_id: string; readonly shard: number; readonly payer_hash: number }[],
  found: Found,
): PlacedGroup[] {
  const accounts = Map.groupBy(found.accounts, ({ group_id }) => group_id);
  const standings = Map.groupBy(
    found.standings.filter((row) => row.now),
    ({ customer_id }) => customer_id,
  );
  const customers = new Map(
    found.customers.map((customer) => [customer.id, { ...customer, standings: standings.get(customer.id) ?? [] }]),
  );
  const products = Map.groupBy(found.products, ({ group_id }) => group_id);
  const now = <R extends Known>(rows: readonly R[]): readonly R[] => rows.filter((row) => row.now);
  const histories = Map.groupBy(now(found.histories), ({ product_id }) => product_id);
  const grants = Map.groupBy(now(found.grants), ({ product_id }) => product_id);
  const agreements = Map.groupBy(now(found.agreements), ({ group_id }) => group_id);
  const adjustments = Map.groupBy(now(found.adjustments), ({ group_id }) => group_id);
  const previous = new Map(found.previous.map((row) => [row.group_id, row]));
  return groups.map(({ group_id: groupId, shard, payer_hash: payerHash }) => {
    const ofGroup = accounts.get(groupId) ?? [];
    const held = products.get(groupId) ?? [];
    return {
      shard,
      payerHash,
      groupId,
      accounts: ofGroup,
      customers: [...new Set(ofGroup.map(({ customer_id }) => customer_id))].flatMap((id) => customers.get(id) ?? []),
      products: held.map((product) => ({ ...product, history: histories.get(product.id) ?? [] })),
      grants: held.flatMap(({ id }) => grants.get(id) ?? []),
      agreements: agreements.get(groupId) ?? [],
      adjustments: adjustments.get(groupId) ?? [],
      previous: previous.get(groupId),
      again: undefined,
    };
  });
}
