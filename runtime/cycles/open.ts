/**
 * How is a month's cycle opened, and what is frozen?
 * As-of, knowledge number, release and build, and the chunks to be computed: whatever happens afterwards, the bills come out the same.
 * Also called: open billing period, 締め開始, サイクルの開始, 請求期間.
 */
import { randomUUID } from 'node:crypto';
import { nextMonth, periodOfMonth } from '#engine/calendar/billing-cycle.ts';
import { buildHash } from '#runtime/cycles/build.ts';
import { billingCycleIn, planCycle, type Freeze, type Planned } from '#runtime/cycles/freeze.ts';
import { assertMovesSettled } from '#runtime/cycles/moved-accounts.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';

export type CycleToOpen = Freeze & {
  readonly tenantId: number;
  readonly legalEntity: string;
  /** The currency of the legal entity. */
  readonly currency: string;
  readonly billingCycle: string;
  readonly month: string;
  readonly openedBy: string;
  /** How many groups a chunk has; by default what suits a worker. */
  readonly groupsAChunk?: number;
};

export type OpenedCycle = Planned & { readonly cycleId: string };

type Previous = {
  readonly id: string;
  readonly month: string;
  readonly state: string;
  readonly known_at: string;
  readonly period_end: string;
};

export async function openCycle(tx: SqlRunner, order: CycleToOpen): Promise<OpenedCycle> {
  const { tenantId, legalEntity, billingCycle, month, currency, knownAt } = order;
  const previous = await latestCycle(tx, order);
  refuseOutOfTurn(order, previous);
  const rules = billingCycleIn(order.release, billingCycle, month);
  if (rules.currency !== currency) {
    throw new Refusal('currency-differs', { legalEntity, currency, billingCycle, other: rules.currency }, 422);
  }
  await assertMovesSettled(tx, { tenantId, legalEntity, billingCycle, month, knownAt });
  const { start, end } = periodOfMonth(month, rules.closingDay);
  const cycleId = randomUUID();
  const opened = await tx.sql(
    `insert into cycle (tenant_id, id, legal_entity_id, billing_cycle, month, period_start, period_end, state, known_at, release_number,
                        build, previous_cycle_id, previous_known_at, previous_period_end, opened_by, opened_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'planned', $8, $9, $10, $11, $12, $13, $14, clock_timestamp())
     on conflict (tenant_id, legal_entity_id, billing_cycle, month) do nothing
     returning id`,
    [
      ...[tenantId, cycleId, legalEntity, billingCycle, month, start, end, knownAt, order.releaseNumber],
      ...[buildHash(), previous?.id ?? null, previous?.known_at ?? null, previous?.period_end ?? null, order.openedBy],
    ],
  );
  if (opened.length === 0) throw new Refusal('cycle-exists', nameOf(order));
  const planned = await planCycle(
    tx,
    { tenantId, id: cycleId, legalEntity, billingCycle, month, periodEnd: end, knownAt },
    order.groupsAChunk,
  );
  return { cycleId, ...planned };
}

const nameOf = ({ legalEntity, billingCycle, month }: CycleToOpen) => ({ legalEntity, billingCycle, month });

async function latestCycle(
  tx: SqlRunner,
  { tenantId, legalEntity, billingCycle }: CycleToOpen,
): Promise<Previous | undefined> {
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
  if (order.month < previous.month)
    throw new Refusal('cycle-month-passed', { ...nameOf(order), latest: previous.month });
  if (previous.state !== 'closed' && previous.state !== 'issued') {
    throw new Refusal('previous-cycle-not-closed', { ...nameOf(order), previous: previous.month });
  }
  const expected = nextMonth(previous.month);
  if (order.month !== expected) throw new Refusal('cycle-month-skipped', { ...nameOf(order), expected });
}
