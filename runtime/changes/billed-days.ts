/**
 * From which day on can a change still begin?
 * Not on a day that is billed: a closed cycle is never computed again. One that is open is computed with the release that it froze,
 * until it is frozen anew. Also called: back-dating, retroactive change, 遡及適用, 締め済み期間.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import type { RulesetKind } from '#schemas/generated/types.ts';

export type BilledDays = {
  /** The first day that no closed cycle has billed; undefined when none is closed. */
  readonly unbilledFrom: CivilDate | undefined;
  /** The cycles that are open, and the first day after each. */
  readonly underWay: readonly { readonly billingCycle: string; readonly month: string; readonly end: CivilDate }[];
};

/** A billing cycle (締め日) concerns its own cycles alone; every other ruleset may concern them all. */
export async function billedDays(
  tx: SqlRunner,
  { kind, rulesetId }: { readonly kind: RulesetKind; readonly rulesetId: string },
): Promise<BilledDays> {
  const cycles = await tx.sql<{ billingCycle: string; month: string; end: CivilDate; closed: boolean }>(
    `select billing_cycle as "billingCycle", month, period_end as end, state in ('closed', 'issued') as closed
     from cycle where $1::text is null or billing_cycle = $1 order by period_end desc`,
    [kind === 'billingCycle' ? rulesetId : null],
  );
  return {
    unbilledFrom: cycles.find(({ closed }) => closed)?.end,
    underWay: cycles.flatMap(({ billingCycle, month, end, closed }) => (closed ? [] : [{ billingCycle, month, end }])),
  };
}
