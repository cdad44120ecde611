/**
 * What did a cycle freeze when it was opened?
 * Also called: cycle parameters, as-of, 凍結条件, 基準時点.
 */
import type { CycleState } from '#runtime/cycles/moves.ts';
import type { FrozenCycle } from '#runtime/cycles/members.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';

export type CycleRow = FrozenCycle & {
  readonly state: CycleState;
  readonly openedBy: string;
  readonly digest: string | null;
};

/** The cycle; with `lock` nobody else moves it until the transaction ends. Refuses when the tenant has none of that id. */
export async function readCycle(
  tx: SqlRunner,
  tenantId: number,
  cycleId: string,
  lock: '' | 'for update' = '',
): Promise<CycleRow> {
  const [found] = await tx.sql<CycleRow>(
    `select c.tenant_id as "tenantId", c.id, c.legal_entity_id as "legalEntity", c.billing_cycle as "billingCycle", c.month,
            c.period_start as "periodStart", c.period_end as "periodEnd", c.known_at as "knownAt", c.release_number as "releaseNumber",
            c.build, c.state, c.opened_by as "openedBy", c.digest,
            (select min(month) from cycle f where f.tenant_id = c.tenant_id and f.legal_entity_id = c.legal_entity_id
               and f.billing_cycle = c.billing_cycle) as "firstMonth"
     from cycle c where c.tenant_id = $1 and c.id::text = $2 ${lock}`,
    [tenantId, cycleId],
  );
  if (found === undefined) throw new Refusal('cycle-unknown', {}, 404);
  return found;
}
