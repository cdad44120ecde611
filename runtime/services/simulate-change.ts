/**
 * Try changes on a customer: another plan, something more, something less, a campaign; before and after over two years.
 * Nothing is written. Also called: price simulation, what-if, 料金シミュレーション, プラン変更の試算.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { todayOf } from '#runtime/customers/today.ts';
import { withScope } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import { assertMonths, orProblem } from '#runtime/services/simulation-input.ts';
import { simulationBase } from '#runtime/simulation/base.ts';
import type { Change } from '#runtime/simulation/changes.ts';
import { grantsTried } from '#runtime/simulation/grants-tried.ts';
import { simulateInPool } from '#runtime/simulation/pool.ts';
import type { Simulated, SimulationWork } from '#runtime/simulation/simulate.ts';

export type ChangesToSimulate = {
  readonly customerId: string;
  readonly account?: string;
  readonly changes: readonly Change[];
  /** The first day on which the changes hold; of what ends, the first day without service. */
  readonly from: CivilDate;
  /** When the order is placed; by default today, or `from` where that is earlier. */
  readonly appliedOn?: CivilDate;
  /** How many months from the one of `from` on; by default 24. */
  readonly months?: number;
  readonly signal?: AbortSignal;
};

const USUAL_MONTHS = 24;
const MOST_CHANGES = 10;

/** A comparison, or the reasons why the changes are not allowed, or why the customer cannot be billed. */
export async function simulateChange(app: App, actor: Actor, input: ChangesToSimulate): Promise<Simulated> {
  authorize(actor, 'simulation.run');
  const { changes, from, months = USUAL_MONTHS, signal } = input;
  assertMonths(months);
  if (changes.length < 1 || changes.length > MOST_CHANGES)
    throw new Refusal('simulation-changes', { most: MOST_CHANGES }, 422);
  const work = await withScope(app, actor, async (tx): Promise<SimulationWork | Simulated> => {
    const today = await todayOf(app, tx);
    const { number, release } = await keptRelease(app, tx, actor.tenantId);
    const base = await orProblem(simulationBase(tx, actor.tenantId, input, release, today));
    if ('problem' in base) return base;
    const appliedOn = input.appliedOn ?? (from < today ? from : today);
    const tried = await grantsTried(tx, actor.tenantId, base, { changes, from, appliedOn }, release);
    if ('refusals' in tried) return tried;
    return { base, ...tried, months, release: number, rulesets: release.rulesets };
  });
  return 'base' in work ? simulateInPool(app, work, signal) : work;
}
