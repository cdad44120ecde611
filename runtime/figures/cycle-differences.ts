/**
 * What differs between a cycle and the one of the month before?
 * By account, the largest first; by charge; and who is new and who is gone. Also called: variance, 前月比較, 差異分析, 増減リスト.
 */
import { minorToText } from '#engine/money/money.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { CycleState } from '#runtime/cycles/moves.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { reasonsOf, type Reason } from '#runtime/figures/account-reasons.ts';
import { chargeNamed } from '#runtime/figures/charge-names.ts';
import { everyShard, sumsOfCycles, type ChargeSum, type CycleSum } from '#runtime/figures/cycle-charges.ts';
import { changeOf } from '#runtime/figures/percent.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { Localized } from '#schemas/generated/types.ts';

/** Amounts are decimal text in the cycle's currency, tax included. */
export type AccountDifference = {
  readonly account: string;
  readonly customer: string;
  readonly customerName: string;
  /** Null in the month in which there was none. */
  readonly billId: string | null;
  readonly billIdBefore: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly difference: string;
  /** Of what it was; null for a new account. */
  readonly percent: string | null;
};

export type Deviation = AccountDifference & {
  /** The charges that make most of the difference, the largest first. */
  readonly reasons: readonly Reason[];
};

export type ChargeDifference = {
  readonly phase: string;
  readonly ruleset: string;
  readonly charge: string;
  readonly name: Localized;
  /** Its plan, where it is of one. */
  readonly of: Localized | null;
  readonly before: string;
  readonly after: string;
  readonly difference: string;
  readonly percent: string | null;
};

export type Whole = {
  readonly before: string | null;
  readonly after: string;
  readonly difference: string | null;
  readonly percent: string | null;
};

export type CycleDifferences = {
  readonly cycleId: string;
  readonly month: string;
  readonly state: CycleState;
  readonly currency: string;
  /** The cycle compared with; null when this is the first. */
  readonly previous: { readonly cycleId: string; readonly month: string } | null;
  readonly bills: { readonly before: number | null; readonly after: number };
  readonly net: Whole;
  readonly total: Whole;
  /** Accounts billed in both months whose amounts differ, and how many there are. */
  readonly accounts: readonly Deviation[];
  readonly accountsDiffering: number;
  readonly newAccounts: readonly AccountDifference[];
  readonly newAccountsCount: number;
  readonly goneAccounts: readonly AccountDifference[];
  readonly goneAccountsCount: number;
  /** Every charge of either month, the largest difference first. */
  readonly charges: readonly ChargeDifference[];
};

type ComparedCycle = {
  readonly id: string;
  readonly month: string;
  readonly state: CycleState;
  readonly currency: string;
  readonly previous: { readonly cycleId: string; readonly month: string } | null;
};

type Row = {
  readonly kind: 'both' | 'new' | 'gone';
  readonly account: string;
  readonly customer: string;
  readonly customerName: string;
  readonly billId: string | null;
  readonly billIdBefore: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly of: number;
};

export type DifferencesAsked = {
  /** How many accounts of each kind; by default twenty. */
  readonly limit?: number;
};

/** Refuses for a cycle that has not been rated through. */
export async function cycleDifferences(
  tx: SqlRunner,
  tenantId: number,
  cycleId: string,
  release: Release,
  { limit = 20 }: DifferencesAsked,
): Promise<CycleDifferences> {
  const cycle = await comparedCycle(tx, cycleId);
  const { id, month, state, currency, previous } = cycle;
  const ids = previous === null ? [id] : [previous.cycleId, id];
  const { totals, charges } = await sumsOfCycles(tx, tenantId, ids);
  const [after, before] = [
    totals.find((sum) => sum.cycleId === id)!,
    totals.find((sum) => sum.cycleId === previous?.cycleId),
  ];
  const rows = previous === null ? [] : await accountsCompared(tx, tenantId, cycle, limit);
  const of = (kind: Row['kind']): Row[] => rows.filter((row) => row.kind === kind);
  const [deviating, fresh, gone] = [of('both'), of('new'), of('gone')];
  const reasons = await reasonsOf(tx, deviating);
  const inText = (row: Row): AccountDifference => differenceOf(row, currency);
  return {
    ...{ cycleId: id, month, state, currency, previous },
    bills: { before: before?.bills ?? null, after: after.bills },
    net: wholeOf(before, after, 'netMinor'),
    total: wholeOf(before, after, 'totalMinor'),
    accounts: deviating.map((row) => ({ ...inText(row), reasons: reasons.get(row.account) ?? [] })),
    accountsDiffering: deviating[0]?.of ?? 0,
    newAccounts: fresh.map(inText),
    newAccountsCount: fresh[0]?.of ?? 0,
    goneAccounts: gone.map(inText),
    goneAccountsCount: gone[0]?.of ?? 0,
    charges: previous === null ? [] : chargesCompared(charges, id, currency, release),
  };
}

async function comparedCycle(tx: SqlRunner, cycleId: string): Promise<ComparedCycle> {
  const [found] = await tx.sql<ComparedCycle>(
    `select c.id, c.month, c.state, e.currency,
            case when p.id is null then null else jsonb_build_object('cycleId', p.id, 'month', p.month) end as previous
     from cycle c
     join legal_entity e on e.tenant_id = c.tenant_id and e.id = c.legal_entity_id
     left join cycle p on p.tenant_id = c.tenant_id and p.id = c.previous_cycle_id
     where c.id::text = $1`,
    [cycleId],
  );
  if (found === undefined) throw new Refusal('cycle-unknown', {}, 404);
  if (!['trial', 'reviewed', 'closed', 'issued'].includes(found.state))
    throw new Refusal('cycle-not-comparable', { state: found.state });
  return found;
}

/**
 * The accounts with the largest differences, so many of each kind, and how many there are of it. A month in which an account was
 * billed for several periods counts as one bill.
 */
function accountsCompared(
  tx: SqlRunner,
  tenantId: number,
  { id, previous }: ComparedCycle,
  limit: number,
): Promise<Row[]> {
  // Bills are found by shard: an index leads with it.
  const bills = (cycle: string): string =>
    `select shard, account_id as account, sum(total_minor) as minor, max(id) as bill_id from bill
     where shard = any($1::smallint[]) and tenant_id = $2 and cycle_id = ${cycle} group by shard, account_id`;
  return tx.sql<Row>(
    `with compared as (
       select coalesce(b.shard, p.shard) as shard, coalesce(b.account, p.account) as account, b.bill_id, p.bill_id as bill_before,
              p.minor as before, b.minor as after, abs(coalesce(b.minor, 0) - coalesce(p.minor, 0)) as size,
              case when p.account is null then 'new' when b.account is null then 'gone' else 'both' end as kind
       from (${bills('$3')}) b full join (${bills('$4')}) p on p.shard = b.shard and p.account = b.account
     ), ranked as (
       select *, row_number() over (partition by kind order by size desc, account) as rank, count(*) over (partition by kind)::int as of
       from compared where kind <> 'both' or size <> 0
     )
     select d.kind, d.account, c.id as customer, c.name as "customerName", d.bill_id as "billId", d.bill_before as "billIdBefore",
            d.before::text as before, d.after::text as after, d.of
     from ranked d
     join billing_account a on a.shard = d.shard and a.id = d.account
     join customer c on c.shard = a.shard and c.id = a.customer_id
     where d.rank <= $5
     order by d.rank`,
    [everyShard, tenantId, id, previous!.cycleId, limit],
  );
}

function differenceOf({ of: _all, kind: _kind, before, after, ...row }: Row, currency: string): AccountDifference {
  const text = (minor: string | null): string | null => (minor === null ? null : minorToText(BigInt(minor), currency));
  const [was, is] = [BigInt(before ?? '0'), BigInt(after ?? '0')];
  return {
    ...row,
    before: text(before),
    after: text(after),
    difference: minorToText(is - was, currency),
    percent: changeOf(is, was),
  };
}

function wholeOf(before: CycleSum | undefined, after: CycleSum, of: 'netMinor' | 'totalMinor'): Whole {
  const { currency } = after;
  const is = BigInt(after[of]);
  if (before === undefined) return { before: null, after: minorToText(is, currency), difference: null, percent: null };
  const was = BigInt(before[of]);
  return {
    before: minorToText(was, currency),
    after: minorToText(is, currency),
    difference: minorToText(is - was, currency),
    percent: changeOf(is, was),
  };
}

/** Versions of a ruleset count as one: a price that was revised is the same charge, dearer. */
function chargesCompared(
  charges: readonly ChargeSum[],
  cycleId: string,
  currency: string,
  release: Release,
): ChargeDifference[] {
  const groups = Map.groupBy(charges, ({ phase, ruleset, charge }) => JSON.stringify([phase, ruleset, charge]));
  const sum = (rows: readonly ChargeSum[]): bigint => rows.reduce((total, { minor }) => total + BigInt(minor), 0n);
  const compared = [...groups.values()].map((rows) => {
    const latest = rows.reduce((a, b) => (a.version >= b.version ? a : b));
    const { phase, ruleset, charge } = latest;
    const is = sum(rows.filter((row) => row.cycleId === cycleId));
    const was = sum(rows.filter((row) => row.cycleId !== cycleId));
    const { name, of } = chargeNamed(release, latest);
    return { was, is, row: { phase, ruleset, charge, name, of } };
  });
  const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount);
  return compared
    .toSorted((a, b) => Number(size(b.is - b.was) - size(a.is - a.was)))
    .map(({ was, is, row }) => ({
      ...row,
      before: minorToText(was, currency),
      after: minorToText(is, currency),
      difference: minorToText(is - was, currency),
      percent: changeOf(is, was),
    }));
}
