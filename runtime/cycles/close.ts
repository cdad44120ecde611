/**
 * How does a trial become final?
 * By another person than opened or ran it: results are verified, printed numbers given by rank, and from then on nothing changes.
 * Also called: final close, 本締め, 確定, 請求確定, four eyes, 職務分掌.
 */
import assert from 'node:assert/strict';
import { readCycle, type CycleRow } from '#runtime/cycles/frozen-cycle.ts';
import { mayMove } from '#runtime/cycles/moves.ts';
import { resultsOf, type CycleResults } from '#runtime/cycles/results.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { putDownFigures } from '#runtime/figures/cycle-charges.ts';
import { Refusal } from '#runtime/services/refusal.ts';

export type ClosedCycle = CycleResults & { readonly firstNumber: string | null; readonly lastNumber: string | null };

/** Closes the cycle as `closedBy`; invoices carry the day `issuedOn`. */
export async function closeCycle(
  tx: SqlRunner,
  tenantId: number,
  cycleId: string,
  closedBy: string,
  issuedOn: string,
): Promise<ClosedCycle> {
  const cycle = await readCycle(tx, tenantId, cycleId, 'for update');
  if (!mayMove(cycle.state, 'closed')) throw new Refusal('cycle-not-closable', { state: cycle.state });
  await refuseSamePerson(tx, cycle, closedBy);
  const results = await resultsOf(tx, tenantId, cycleId);
  assert.equal(results.digest, cycle.digest, 'the bills are those of the trial that was looked at');
  const numbers = await numberBills(tx, cycle, results.bills, issuedOn);
  await putDownFigures(tx, tenantId, cycleId);
  await tx.sql(
    `update cycle set state = 'closed', closed_by = $3, closed_at = clock_timestamp() where tenant_id = $1 and id = $2`,
    [tenantId, cycleId, closedBy],
  );
  return { ...results, ...numbers };
}

async function refuseSamePerson(tx: SqlRunner, { tenantId, id, openedBy }: CycleRow, closedBy: string): Promise<void> {
  const ran = await tx.sql(`select from cycle_run where tenant_id = $1 and cycle_id = $2 and run_by = $3 limit 1`, [
    tenantId,
    id,
    closedBy,
  ]);
  if (openedBy === closedBy || ran.length > 0) throw new Refusal('closer-ran-cycle', {}, 403);
}

/**
 * Gives every bill its printed number, by shard and account: '202611-000001' is the first of the legal entity's series of the month.
 * The series goes on from cycle to cycle of the month without a gap. Name and address are those known to the cycle on its last day.
 */
async function numberBills(
  tx: SqlRunner,
  cycle: CycleRow,
  bills: number,
  issuedOn: string,
): Promise<Pick<ClosedCycle, 'firstNumber' | 'lastNumber'>> {
  const series = cycle.month.replace('-', '');
  const [taken] = await tx.sql<{ last: string }>(
    `insert into number_series (tenant_id, legal_entity_id, series, last) values ($1, $2, $3, $4)
     on conflict (tenant_id, legal_entity_id, series) do update set last = number_series.last + excluded.last
     returning last`,
    [cycle.tenantId, cycle.legalEntity, series, bills],
  );
  const last = Number(taken!.last);
  const given = await giveNumbers(tx, cycle, `${series}-`, last - bills, issuedOn);
  assert.equal(given, bills, 'every bill has its number');
  const numberAt = (rank: number): string => `${series}-${String(rank).padStart(6, '0')}`;
  return bills === 0
    ? { firstNumber: null, lastNumber: null }
    : { firstNumber: numberAt(last - bills + 1), lastNumber: numberAt(last) };
}

/** Gives the numbers after `given`, and says how many. */
async function giveNumbers(
  tx: SqlRunner,
  { tenantId, id, legalEntity, periodEnd, knownAt }: CycleRow,
  prefix: string,
  given: number,
  issuedOn: string,
): Promise<number> {
  const shards = await tx.sql<{ shard: number }>(
    'select distinct shard from chunk where tenant_id = $1 and cycle_id = $2',
    [tenantId, id],
  );
  const [{ count } = { count: 0 }] = await tx.sql<{ count: number }>(
    `with numbered as (
       insert into bill_document (tenant_id, shard, bill_id, cycle_id, legal_entity_id, number, bill_to_name, bill_to_address, issued_on)
       select $2, ranked.shard, ranked.id, $3, $4, $5 || case when rank < 1000000 then lpad(rank::text, 6, '0') else rank::text end,
              setting.bill_to_name, setting.bill_to_address, $6
       from (
         select bill.shard, bill.id, bill.account_id,
                $7 + row_number() over (order by bill.shard, bill.account_id collate "C", bill.period_start) as rank
         from unnest($1::smallint[]) asked (shard)
         join bill on bill.shard = asked.shard and bill.tenant_id = $2 and bill.cycle_id = $3
       ) ranked
       join lateral (
         select bill_to_name, bill_to_address from billing_account_history
         where shard = ranked.shard and tenant_id = $2 and account_id = ranked.account_id and valid_from < $8
           and known_from <= $9 and (known_to is null or known_to > $9)
         order by valid_from desc limit 1
       ) setting on true
       returning 1
     )
     select count(*)::int as count from numbered`,
    [shards.map(({ shard }) => shard), tenantId, id, legalEntity, prefix, issuedOn, given, periodEnd, knownAt],
  );
  return count;
}
