/**
 * How do the bills of a chunk get into the database, once and only once?
 * Results and completion in one transaction, which first makes sure that the claim still holds: either all of it is there or nothing.
 * Also called: commit, checkpoint, 書込, コミット.
 */
import type { ClientBase } from 'pg';
import { textToMinor } from '#engine/money/money.ts';
import { LostClaim, type Claim } from '#runtime/cycles/chunk-claim.ts';
import type { ChunkResult } from '#runtime/cycles/compute-chunk.ts';
import type { ComputedBill } from '#runtime/cycles/compute-group.ts';
import { digestOfAll } from '#runtime/cycles/digest.ts';
import { mayFailAt } from '#runtime/cycles/failpoints.ts';
import type { FrozenCycle } from '#runtime/cycles/members.ts';
import { copyRows, type CopyValue } from '#runtime/db/copy.ts';

export async function writeChunk(
  client: ClientBase,
  cycle: FrozenCycle,
  claim: Claim,
  result: ChunkResult,
): Promise<void> {
  await client.query('begin');
  try {
    await completeChunk(client, cycle, claim, result);
    if (claim.hasResults) await removeResultsOfChunk(client, cycle, claim);
    await copyResults(client, cycle, claim, result);
    mayFailAt('after-write');
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  mayFailAt('after-commit');
}

/** Marks the chunk done if the claim still holds. From here to the commit nobody can take it over. */
async function completeChunk(client: ClientBase, cycle: FrozenCycle, claim: Claim, result: ChunkResult): Promise<void> {
  const { bills, quarantined, usageRecords } = result;
  const { rowCount } = await client.query(
    `update chunk set state = 'done', lease_until = null, finished_at = clock_timestamp(),
            bills = $6, lines = $7, quarantined = $8, usage_records = $9, total_minor = $10, digest = $11
     where shard = $1 and tenant_id = $2 and cycle_id = $3 and number = $4 and epoch = $5 and state = 'claimed'`,
    [
      ...[claim.shard, cycle.tenantId, cycle.id, claim.number, claim.epoch],
      bills.length,
      bills.reduce((sum, { bill }) => sum + bill.lines.length, 0),
      quarantined.length,
      usageRecords,
      bills.reduce((sum, { totalMinor }) => sum + totalMinor, 0n).toString(),
      digestOfAll(inAccountOrder(bills).map(({ digest }) => digest)),
    ],
  );
  if (rowCount !== 1) throw new LostClaim(claim);
}

/** By account and period, in the order of code points, as the database's collation "C" has it. */
function inAccountOrder(bills: readonly ComputedBill[]): readonly ComputedBill[] {
  return bills.toSorted((a, b) => Buffer.compare(orderOf(a), orderOf(b)));
}

const orderOf = ({ bill: { account, period } }: ComputedBill): Buffer => Buffer.from(`${account}\0${period.start}`);

/** Removes what an earlier run wrote for the chunk. */
export async function removeResultsOfChunk(
  client: ClientBase,
  cycle: FrozenCycle,
  { shard, number }: Pick<Claim, 'shard' | 'number'>,
): Promise<void> {
  const chunk = [shard, cycle.tenantId, cycle.id, number];
  await client.query(
    `delete from bill_line line using bill
     where bill.shard = $1 and bill.tenant_id = $2 and bill.cycle_id = $3 and bill.chunk_number = $4
       and line.shard = $1 and line.tenant_id = $2 and line.bill_id = bill.id`,
    chunk,
  );
  for (const table of ['bill', 'billing_state', 'quarantine']) {
    await client.query(
      `delete from ${table} where shard = $1 and tenant_id = $2 and cycle_id = $3 and chunk_number = $4`,
      chunk,
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
  { shard, number }: Claim,
  result: ChunkResult,
): Promise<void> {
  const { tenantId, id } = cycle;
  await copyRows(
    client,
    'bill',
    billColumns,
    result.bills.map((bill) => billRow(cycle, shard, number, bill)),
  );
  await copyRows(
    client,
    'bill_line',
    lineColumns,
    result.bills.flatMap((bill) => lineRows(cycle, shard, bill)),
  );
  await copyRows(
    client,
    'billing_state',
    ['tenant_id', 'shard', 'group_id', 'cycle_id', 'chunk_number', 'state'],
    result.states.map(({ groupId, state }) => [tenantId, shard, groupId, id, number, JSON.stringify(state)]),
  );
  await copyRows(
    client,
    'quarantine',
    ['tenant_id', 'shard', 'cycle_id', 'chunk_number', 'group_id', 'code', 'details', 'input'],
    result.quarantined.map(({ groupId, code, details, input }) => [
      ...[tenantId, shard, id, number, groupId, code],
      ...[JSON.stringify(details), input],
    ]),
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
