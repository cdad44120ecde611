/**
 * By which billing cycles has an account been billed, and what state was left when its group was billed last?
 * Whichever cycle that was: an account that has moved takes its state along. Also called: previous state, 前回の状態、移る前の請求サイクル.
 */
import { billedUntil } from '#runtime/cycles/billed-again.ts';
import type { FrozenCycle } from '#runtime/cycles/members.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import type { BillingState } from '#schemas/generated/types.ts';

export type AccountRow = {
  readonly group_id: string;
  readonly id: string;
  readonly customer_id: string;
  /** By which billing cycles it has been billed, from which day on; of an account that has never moved, undefined. */
  readonly cycles?: readonly CycleOfAccount[];
};

export type CycleOfAccount = { readonly valid_from: string; readonly billing_cycle: string };

/** The last closed cycle in which the group was billed, and the state that it left. */
export type PreviousRow = {
  readonly group_id: string;
  readonly state: BillingState;
  readonly month: string;
  readonly known_at: string;
  /** Up to where the group was billed in it. */
  readonly period_end: string;
};

/** The billing cycles of those accounts that have moved from one to another, or will, in order of day. */
export async function readMoved(
  tx: SqlRunner,
  { tenantId, legalEntity, billingCycle, knownAt }: FrozenCycle,
  accounts: readonly (AccountRow & { readonly shard: number })[],
): Promise<ReadonlyMap<string, readonly CycleOfAccount[]>> {
  const rows = await tx.sql<CycleOfAccount & { account_id: string }>(
    `select account_id, valid_from, billing_cycle from (
       select h.account_id, h.valid_from, h.billing_cycle, bool_or(h.billing_cycle <> $6) over (partition by h.account_id) as moved
       from unnest($1::smallint[], $2::text[]) a (shard, id)
       join billing_account_history h on h.shard = a.shard and h.tenant_id = $3 and h.account_id = a.id
       where h.legal_entity_id = $5 and h.known_from <= $4 and (h.known_to is null or h.known_to > $4)
     ) setting where moved order by account_id, valid_from`,
    [accounts.map(({ shard }) => shard), accounts.map(({ id }) => id), tenantId, knownAt, legalEntity, billingCycle],
  );
  return Map.groupBy(rows, ({ account_id }) => account_id);
}

/**
 * The state of each group after the last month of this legal entity in which these accounts of it were billed, whichever billing
 * cycle that was: an account that has moved takes its state with it.
 */
export async function readPrevious(
  tx: SqlRunner,
  { tenantId, legalEntity, billingCycle, month }: FrozenCycle,
  accounts: readonly (AccountRow & { readonly shard: number })[],
): Promise<PreviousRow[]> {
  const rows = await tx.sql<PreviousRow>(
    `select distinct on (s.group_id) s.group_id, s.state, c.month, c.known_at, c.period_end
     from unnest($1::smallint[], $2::text[], $3::text[]) a (shard, group_id, id)
     join billing_state s on s.shard = a.shard and s.tenant_id = $4 and s.group_id = a.group_id
     join cycle c on c.tenant_id = $4 and c.id = s.cycle_id
     where c.legal_entity_id = $5 and (c.billing_cycle = $6 or jsonb_exists(s.state -> 'billedThrough', a.id))
       and c.month < $7 and c.state in ('closed', 'issued')
     order by s.group_id, c.month desc, c.billing_cycle = $6 desc`,
    [
      ...[accounts.map(({ shard }) => shard), accounts.map(({ group_id }) => group_id), accounts.map(({ id }) => id)],
      ...[tenantId, legalEntity, billingCycle, month],
    ],
  );
  return rows.map((row) => ({ ...row, period_end: billedUntil(row) }));
}
