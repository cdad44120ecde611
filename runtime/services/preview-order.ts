/**
 * Show what an order will cost before it is placed: the bills before and after, month by month.
 * The order is written as it would be, read as a cycle would read it, and taken back before anybody sees it: so a backdated one
 * shows its differences to closed months, too. Also called: order preview, 申込内容の確認、料金の事前確認.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import { assertForm } from '#runtime/agreements/terms.ts';
import type { App } from '#runtime/app.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { todayOf } from '#runtime/customers/today.ts';
import { withScope } from '#runtime/db/scope.ts';
import { placeIn } from '#runtime/orders/place.ts';
import { assertMonths, orProblem } from '#runtime/services/simulation-input.ts';
import { simulationBase } from '#runtime/simulation/base.ts';
import type { OrderedWork } from '#runtime/simulation/compare-ordered.ts';
import { simulateInPool } from '#runtime/simulation/pool.ts';
import type { Simulated } from '#runtime/simulation/simulate.ts';
import type { ProductOrder } from '#schemas/generated/types.ts';

export type OrderToPreview = {
  readonly customerId: string;
  readonly account?: string;
  readonly order: ProductOrder;
  /** How many months from the one of the order on; by default twelve. */
  readonly months?: number;
  readonly signal?: AbortSignal;
};

const USUAL_MONTHS = 12;

/** A comparison, every reason why the order is not allowed, or why the customer cannot be billed. Refused as `placeOrder`. */
export async function previewOrder(app: App, actor: Actor, input: OrderToPreview): Promise<Simulated> {
  authorize(actor, 'order.place');
  const { months = USUAL_MONTHS, signal } = input;
  assertMonths(months);
  assertForm('ProductOrder', input.order);
  const work = await withScope(app, actor, async (tx): Promise<OrderedWork | Simulated> => {
    const today = await todayOf(app, tx);
    const { number, release } = await keptRelease(app, tx, actor.tenantId);
    const base = (): ReturnType<typeof simulationBase> => simulationBase(tx, actor.tenantId, input, release, today);
    const before = await orProblem(base());
    if ('problem' in before) return before;
    await tx.sql('savepoint preview');
    const placed = await placeIn(tx, actor, input, release, today);
    if ('refusals' in placed) return placed;
    const after = await orProblem(base());
    await tx.sql('rollback to savepoint preview');
    if ('problem' in after) return after;
    const { from, appliedOn, taken, notes, successors } = placed;
    return {
      ...{ before, after, from, appliedOn, taken, notes, months, release: number, rulesets: release.rulesets },
      successors: [...successors],
    };
  });
  return 'after' in work ? simulateInPool(app, work, signal) : work;
}
