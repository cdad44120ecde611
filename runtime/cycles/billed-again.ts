/**
 * What was billed in the closed months of a group whose facts have changed since?
 * Only where a fact has changed that lies before the end of the last closed month. Also called: re-rating, 遡及、請求の見直し.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { FrozenCycle } from '#runtime/cycles/members.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import type { Bill, BillingState } from '#schemas/generated/types.ts';

/** A group of which facts have changed that were billed already, from `changedFrom` on. */
export type Changed = {
  readonly shard: number;
  readonly groupId: string;
  /** Those of its accounts that are billed together. */
  readonly accounts: readonly string[];
  readonly changedFrom: CivilDate;
};

export type ClosedMonth = {
  readonly cycle_id: string;
  readonly billing_cycle: string;
  readonly month: string;
  readonly period_start: string;
  /** Up to where the group was billed in it. */
  readonly period_end: string;
  readonly state: BillingState;
};

export type AccountSetting = {
  readonly account_id: string;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  /** null where it names another legal entity than the cycle. */
  readonly billingCycle: string | null;
};

export type BilledAgain = {
  readonly changedFrom: CivilDate;
  /** The closed cycles that billed what has changed, and the one before them: `before` is undefined when they are the first ever. */
  readonly closed: readonly ClosedMonth[];
  readonly before: ClosedMonth | undefined;
  /** The bills of these cycles, in order of period and account. */
  readonly bills: readonly Bill[];
  readonly settings: readonly AccountSetting[];
  /** Usage from this day on is part of the months that are looked at again. */
  readonly usageFrom: CivilDate;
};

type Of<T> = T & { readonly group_id: string };

/** What to look at again, by group; nothing of a group whose change lies after all that was billed. */
export async function readBilledAgain(
  tx: SqlRunner,
  { tenantId, legalEntity, billingCycle, month, knownAt }: FrozenCycle,
  changed: readonly Changed[],
): Promise<ReadonlyMap<string, BilledAgain>> {
  if (changed.length === 0) return new Map();
  const groups = [changed.map(({ shard }) => shard), changed.map(({ groupId }) => groupId), tenantId] as const;
  const closed = await tx.sql<Of<ClosedMonth>>(
    `select distinct on (s.group_id, c.month) s.group_id, c.id as cycle_id, c.billing_cycle, c.month, c.period_start, c.period_end, s.state
     from ${everyGroup} join billing_state s on s.shard = g.shard and s.tenant_id = $3 and s.group_id = g.group_id
     join cycle c on c.tenant_id = $3 and c.id = s.cycle_id
     where c.legal_entity_id = $4 and (c.billing_cycle = $5 or jsonb_exists_any(s.state -> 'billedThrough', $7::text[]))
       and c.month < $6 and c.state in ('closed', 'issued')
     order by s.group_id, c.month, c.billing_cycle = $5 desc`,
    [...groups, legalEntity, billingCycle, month, changed.flatMap(({ accounts }) => accounts)],
  );
  const bills = await tx.sql<Of<{ cycle_id: string; body: string }>>(
    `select b.group_id, b.cycle_id, b.body
     from ${everyGroup} join bill b on b.shard = g.shard and b.tenant_id = $3 and b.group_id = g.group_id
     where b.cycle_id = any($4::uuid[]) order by b.group_id, b.period_start, b.account_id collate "C"`,
    [...groups, [...new Set(closed.map((row) => row.cycle_id))]],
  );
  const settings = await tx.sql<Of<AccountSetting>>(
    `select g.group_id, h.account_id, h.valid_from as from, h.valid_to as to,
            case when h.legal_entity_id = $4 then h.billing_cycle end as "billingCycle"
     from ${everyGroup} join billing_account a on a.shard = g.shard and a.tenant_id = $3 and a.group_id = g.group_id
     join billing_account_history h on h.shard = a.shard and h.tenant_id = $3 and h.account_id = a.id
     where h.known_from <= $5 and (h.known_to is null or h.known_to > $5)
     order by h.account_id, h.valid_from`,
    [...groups, legalEntity, knownAt],
  );
  const byGroup = <T>(rows: readonly Of<T>[]): Map<string, Of<T>[]> => Map.groupBy(rows, (row) => row.group_id);
  const found = { closed: byGroup(closed), bills: byGroup(bills), settings: byGroup(settings) };
  return new Map(
    changed.flatMap(({ groupId, changedFrom }) => {
      const again = againOf(
        changedFrom,
        (found.closed.get(groupId) ?? []).map((row) => ({ ...row, period_end: billedUntil(row) })),
        found.bills.get(groupId) ?? [],
        found.settings.get(groupId) ?? [],
      );
      return again === undefined ? [] : [[groupId, again] as const];
    }),
  );
}

/** The end of what a group was billed in a cycle: its own, where each account closes on a day of its own. */
export const billedUntil = ({ state, period_end }: Pick<ClosedMonth, 'state' | 'period_end'>): CivilDate =>
  Object.values(state.billedThrough).reduce((a, b) => (a > b ? a : b), '') || period_end;

const everyGroup = 'unnest($1::smallint[], $2::text[]) g (shard, group_id)';

function againOf(
  changedFrom: CivilDate,
  months: readonly ClosedMonth[],
  billed: readonly { readonly cycle_id: string; readonly body: string }[],
  settings: readonly AccountSetting[],
): BilledAgain | undefined {
  const at = months.findIndex(({ period_end: end }) => changedFrom < end);
  if (at === -1) return undefined;
  const closed = months.slice(at);
  const before = months[at - 1];
  const cycles = new Set(closed.map((row) => row.cycle_id));
  const bills = billed.filter((row) => cycles.has(row.cycle_id)).map(({ body }) => JSON.parse(body) as Bill);
  const starts = [closed[0]!.period_start, changedFrom, ...bills.map(({ period }) => period.start)];
  const usageFrom = before?.period_end ?? starts.reduce((a, b) => (a < b ? a : b));
  return { changedFrom, closed, before, bills, settings, usageFrom };
}
