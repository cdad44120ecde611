/**
 * How is a month's cycle opened, and what is frozen?
 * As-of, knowledge number, release and build, and the chunks to be computed: whatever happens afterwards, the bills come out the same.
 * Also called: open billing period, freeze, 締め開始, サイクルの開始, 請求期間.
 */
import { randomUUID } from 'node:crypto';
import { nextMonth, periodOfMonth } from '#engine/calendar/billing-cycle.ts';
import type { Release } from '#engine/rulesets/release.ts';
import { buildHash } from '#runtime/cycles/build.ts';
import { SHARDS } from '#runtime/cycles/cut-off.ts';
import { memberParameters, members, type FrozenCycle } from '#runtime/cycles/members.ts';
import { planChunks, type PlannedChunk } from '#runtime/cycles/plan.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { BillingCycleBody } from '#schemas/generated/types.ts';

export type CycleToOpen = {
  readonly tenantId: number;
  readonly legalEntity: string;
  /** The currency of the legal entity. */
  readonly currency: string;
  readonly billingCycle: string;
  readonly month: string;
  readonly openedBy: string;
  /** Drawn by `drawCutOff` in a transaction of its own. */
  readonly knownAt: string;
  readonly releaseNumber: number;
  readonly release: Release;
  /** How many groups a chunk has; by default what suits a worker. */
  readonly groupsAChunk?: number;
};

export type OpenedCycle = { readonly cycleId: string; readonly chunks: number; readonly groups: number };

type Previous = { readonly id: string; readonly month: string; readonly state: string; readonly known_at: string; readonly period_end: string };

const EVERY_HASH = { fromHash: -2_147_483_648, toHash: 2_147_483_647 };

export async function openCycle(tx: SqlRunner, order: CycleToOpen): Promise<OpenedCycle> {
  const previous = await latestCycle(tx, order);
  refuseOutOfTurn(order, previous);
  const { closingDay, currency } = billingCycleOf(order);
  if (currency !== order.currency) {
    throw new Refusal('currency-differs', { legalEntity: order.legalEntity, currency: order.currency, billingCycle: order.billingCycle, other: currency }, 422);
  }
  const { start, end } = periodOfMonth(order.month, closingDay);
  const cycleId = randomUUID();
  const opened = await tx.sql(
    `insert into cycle (tenant_id, id, legal_entity_id, billing_cycle, month, period_start, period_end, state, known_at, release_number,
                        build, previous_cycle_id, previous_known_at, previous_period_end, opened_by, opened_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'planned', $8, $9, $10, $11, $12, $13, $14, clock_timestamp())
     on conflict (tenant_id, legal_entity_id, billing_cycle, month) do nothing
     returning id`,
    [
      ...[order.tenantId, cycleId, order.legalEntity, order.billingCycle, order.month, start, end, order.knownAt, order.releaseNumber],
      ...[buildHash(), previous?.id ?? null, previous?.known_at ?? null, previous?.period_end ?? null, order.openedBy],
    ],
  );
  if (opened.length === 0) throw new Refusal('cycle-exists', nameOf(order));
  const chunks = planChunks(await hashesByShard(tx, { ...order, periodEnd: end }), order.groupsAChunk);
  await insertChunks(tx, order.tenantId, cycleId, chunks);
  return { cycleId, chunks: chunks.length, groups: chunks.reduce((sum, { groups }) => sum + groups, 0) };
}

const nameOf = ({ legalEntity, billingCycle, month }: CycleToOpen) => ({ legalEntity, billingCycle, month });

async function latestCycle(tx: SqlRunner, { tenantId, legalEntity, billingCycle }: CycleToOpen): Promise<Previous | undefined> {
  const [latest] = await tx.sql<Previous>(
    `select id, month, state, known_at, period_end from cycle
     where tenant_id = $1 and legal_entity_id = $2 and billing_cycle = $3
     order by month desc limit 1`,
    [tenantId, legalEntity, billingCycle],
  );
  return latest;
}

/** Months are billed one after the other, and each is closed before the next is opened. */
function refuseOutOfTurn(order: CycleToOpen, previous: Previous | undefined): void {
  if (previous === undefined) return;
  if (order.month === previous.month) throw new Refusal('cycle-exists', nameOf(order));
  if (order.month < previous.month) throw new Refusal('cycle-month-passed', { ...nameOf(order), latest: previous.month });
  if (previous.state !== 'closed' && previous.state !== 'issued') {
    throw new Refusal('previous-cycle-not-closed', { ...nameOf(order), previous: previous.month });
  }
  const expected = nextMonth(previous.month);
  if (order.month !== expected) throw new Refusal('cycle-month-skipped', { ...nameOf(order), expected });
}

function billingCycleOf({ release, billingCycle, month }: CycleToOpen): BillingCycleBody {
  const ruleset = release.inForce('billingCycle', billingCycle, `${month}-01`);
  if (ruleset === undefined) throw new Refusal('billing-cycle-unknown', { billingCycle, month }, 422);
  return ruleset.body;
}

type Population = Pick<FrozenCycle, 'tenantId' | 'periodEnd' | 'knownAt' | 'legalEntity' | 'billingCycle'>;

async function hashesByShard(tx: SqlRunner, population: Population): Promise<Map<number, readonly number[]>> {
  const hashes = new Map<number, readonly number[]>();
  for (let shard = 0; shard < SHARDS; shard += 1) {
    const rows = await tx.sql<{ payer_hash: number }>(
      `select min(g.payer_hash) as payer_hash from ${members} group by g.id order by 1`,
      memberParameters(population, { shard, ...EVERY_HASH }),
    );
    if (rows.length > 0) hashes.set(shard, rows.map(({ payer_hash }) => payer_hash));
  }
  return hashes;
}

async function insertChunks(tx: SqlRunner, tenantId: number, cycleId: string, chunks: readonly PlannedChunk[]): Promise<void> {
  await tx.sql(
    `insert into chunk (tenant_id, cycle_id, number, shard, from_hash, to_hash, groups)
     select $1, $2, * from unnest($3::int[], $4::smallint[], $5::int[], $6::int[], $7::int[])`,
    [
      tenantId,
      cycleId,
      chunks.map(({ number }) => number),
      chunks.map(({ shard }) => shard),
      chunks.map(({ fromHash }) => fromHash),
      chunks.map(({ toHash }) => toHash),
      chunks.map(({ groups }) => groups),
    ],
  );
}
