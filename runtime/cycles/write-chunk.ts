/**
 * How do the bills of some chunks get into the database, once and only once?
 * Results and completion in one transaction, which first makes sure that the claims still hold: either all of it is there or nothing.
 * Also called: commit, checkpoint, 書込, コミット.
 */
import type { ClientBase } from 'pg';
import { textToMinor } from '#engine/money/money.ts';
import { claimParameters, everyClaim, LostClaim, type Claim } from '#runtime/cycles/chunk-claim.ts';
import type { ChunkResult } from '#runtime/cycles/compute-chunk.ts';
import type { ComputedBill } from '#runtime/cycles/compute-group.ts';
import { digestOfAll } from '#runtime/cycles/digest.ts';
import { mayFailAt } from '#runtime/cycles/failpoints.ts';
import type { FrozenCycle } from '#runtime/cycles/members.ts';
import { copyRows, type CopyValue } from '#runtime/db/copy.ts';

export async function writeChunks(
  client: ClientBase,
  cycle: FrozenCycle,
  claims: readonly Claim[],
  results: readonly ChunkResult[],
): Promise<void> {
  await client.query('begin');
  try {
    await completeChunks(client, cycle, claims, results);
    const computedBefore = claims.filter(({ hasResults }) => hasResults);
    if (computedBefore.length > 0) await removeResults(client, cycle, computedBefore);
    await copyResults(client, cycle, claims, results);
    mayFailAt('after-write');
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  mayFailAt('after-commit');
}

/** Marks the chunks done if every claim still holds. From here to the commit nobody can take them over. */
async function completeChunks(
  client: ClientBase,
  cycle: FrozenCycle,
  claims: readonly Claim[],
  results: readonly ChunkResult[],
): Promise<void> {
  const totals = results.map(({ bills, quarantined, usageRecords, counting }, index) => ({
    number: claims[index]!.number,
    bills: bills.length,
    lines: bills.reduce((sum, { bill }) => sum + bill.lines.length, 0),
    quarantined: quarantined.length,
    usage_records: usageRecords,
    counted_ahead: counting.ahead,
    counted_whole: counting.whole,
    counts_in_numbers: counting.inNumbers,
    counts_in_fractions: counting.inFractions,
    total_minor: bills.reduce((sum, { totalMinor }) => sum + totalMinor, 0n).toString(),
    digest: digestOfAll(inAccountOrder(bills).map(({ digest }) => digest)),
  }));
  const { rowCount } = await client.query(
    `update chunk k set state = 'done', lease_until = null, finished_at = clock_timestamp(), bills = total.bills, lines = total.lines,
            quarantined = total.quarantined, usage_records = total.usage_records, total_minor = total.total_minor, digest = total.digest,
            counted_ahead = total.counted_ahead, counted_whole = total.counted_whole,
            counts_in_numbers = total.counts_in_numbers, counts_in_fractions = total.counts_in_fractions
     from ${everyClaim}
     join jsonb_to_recordset($6::jsonb) as total
       (number int, bills int, lines int, quarantined int, usage_records bigint, total_minor numeric, digest text,
        counted_ahead int, counted_whole int, counts_in_numbers bigint, counts_in_fractions bigint) using (number)
     where k.shard = claim.shard and k.tenant_id = $1 and k.cycle_id = $2 and k.number = claim.number and k.epoch = claim.epoch
       and k.state = 'claimed'`,
    [...claimParameters(cycle, claims), JSON.stringify(totals)],
  );
  if (rowCount !== claims.length) throw new LostClaim(claims);
}

/** By account and period, in the order of code points, as the database's collation "C" has it. */
function inAccountOrder(bills: readonly ComputedBill[]): readonly ComputedBill[] {
  return bills.toSorted((a, b) => Buffer.compare(orderOf(a), orderOf(b)));
}

const orderOf = ({ bill: { account, period } }: ComputedBill): Buffer => Buffer.from(`${account}\0${period.start}`);

/** Removes what an earlier run wrote for the chunks. */
export async function removeResults(
  client: ClientBase,
  cycle: Pick<FrozenCycle, 'tenantId' | 'id'>,
  chunks: readonly Pick<Claim, 'shard' | 'number'>[],
): Promise<void> {
  const every = 'unnest($3::smallint[], $4::int[]) chunk (shard, number)';
  const parameters = [cycle.tenantId, cycle.id, chunks.map(({ shard }) => shard), chunks.map(({ number }) => number)];
  await client.query(
    `delete from bill_line line using ${every}
     join bill on bill.shard = chunk.shard and bill.tenant_id = $1 and bill.cycle_id = $2 and bill.chunk_number = chunk.number
     where line.shard = chunk.shard and line.tenant_id = $1 and line.bill_id = bill.id`,
    parameters,
  );
  for (const table of ['bill', 'billing_state', 'quarantine']) {
    await client.query(
      `delete from ${table} result using ${every}
       where result.shard = chunk.shard and result.tenant_id = $1 and result.cycle_id = $2 and result.chunk_number = chunk.number`,
      parameters,
    );
  }
}

const billColumns = [
  ...[
    'tenant_id',
    'shard',
    'id',
    'cycle_id',
    'chunk_number',
    'group_id',
    'account_id',
    'period_start',
    'period_end',
    'kind',
  ],
  ...['currency', 'due_on', 'net_minor', 'tax_minor', 'total_minor', 'line_count', 'body', 'digest'],
];
const lineColumns = [
  ...[
    'tenant_id',
    'shard',
    'bill_id',
    'line_id',
    'cycle_id',
    'product_id',
    'charge',
    'phase',
    'ruleset',
    'version',
    'row',
    'target',
  ],
  ...['service_start', 'service_end', 'quantity', 'unit_price', 'amount_minor', 'tax_category'],
];

async function copyResults(
  client: ClientBase,
  cycle: FrozenCycle,
  claims: readonly Claim[],
  results: readonly ChunkResult[],
): Promise<void> {
  const { tenantId, id } = cycle;
  const everyRow = (rows: (result: ChunkResult, claim: Claim) => readonly CopyValue[][]): CopyValue[][] =>
    results.flatMap((result, index) => rows(result, claims[index]!));
  const bills = everyRow((result, { shard, number }) =>
    result.bills.map((bill) => billRow(cycle, shard, number, bill)),
  );
  await copyRows(client, 'bill', billColumns, bills);
  const lines = everyRow((result, { shard }) => result.bills.flatMap((bill) => lineRows(cycle, shard, bill)));
  await copyRows(client, 'bill_line', lineColumns, lines);
  await copyRows(
    client,
    'billing_state',
    ['tenant_id', 'shard', 'group_id', 'cycle_id', 'chunk_number', 'state'],
    everyRow(({ states }, { shard, number }) =>
      states.map(({ groupId, state }) => [tenantId, shard, groupId, id, number, JSON.stringify(state)]),
    ),
  );
  await copyRows(
    client,
    'quarantine',
    ['tenant_id', 'shard', 'cycle_id', 'chunk_number', 'group_id', 'code', 'details', 'input'],
    everyRow(({ quarantined }, { shard, number }) =>
      quarantined.map(({ groupId, code, details, input }) => [
        ...[tenantId, shard, id, number, groupId, code],
        ...[JSON.stringify(details), input],
      ]),
    ),
  );
}

function billRow(
  { tenantId, id: cycleId }: FrozenCycle,
  shard: number,
  chunk: number,
  made: ComputedBill,
): CopyValue[] {
  const { id, groupId, bill, body, digest, netMinor, taxMinor, totalMinor } = made;
  return [
    ...[tenantId, shard, id, cycleId, chunk, groupId, bill.account, bill.period.start, bill.period.end, bill.kind],
    ...[bill.currency, bill.dueOn, netMinor, taxMinor, totalMinor, bill.lines.length, body, digest],
  ];
}

function lineRows({ tenantId, id: cycleId }: FrozenCycle, shard: number, { id, bill }: ComputedBill): CopyValue[][] {
  return bill.lines.map((line) => [
    ...[
      tenantId,
      shard,
      id,
      line.id,
      cycleId,
      line.product,
      line.charge,
      line.phase,
      line.ruleset,
      line.version,
      line.row,
    ],
    ...[line.target ?? null, line.servicePeriod.start, line.servicePeriod.end, line.quantity, line.unitPrice],
    ...[textToMinor(line.amount, bill.currency), line.taxCategory],
  ]);
}
