/**
 * From which day on can a change still begin?
 * Not on a day that is billed without it: a closed cycle is never computed again, and one that is open has frozen its release.
 * Also called: back-dating, retroactive change, 遡及適用, 締め済み期間.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import type { RulesetKind } from '#schemas/generated/types.ts';

/**
 * The first day that no cycle of the tenant has billed or is billing, or undefined when there is no cycle.
 * A billing cycle (締め日) concerns its own cycles alone; every other ruleset may concern them all.
 */
export async function firstUnbilledDay(
  tx: SqlRunner,
  { kind, rulesetId }: { readonly kind: RulesetKind; readonly rulesetId: string },
): Promise<CivilDate | undefined> {
  const [row] = await tx.sql<{ day: CivilDate | null }>(
    'select max(period_end) as day from cycle where $1::text is null or billing_cycle = $1',
    [kind === 'billingCycle' ? rulesetId : null],
  );
  return row?.day ?? undefined;
}
