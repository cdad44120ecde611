/**
 * What can be tried on a customer: which contracts, which offerings on sale, which campaigns to grant, from which day on?
 * Also called: simulation form, order options, 試算の選択肢.
 */
import { nextMonth, periodOfMonth } from '#engine/calendar/billing-cycle.ts';
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import { stretchOn, timelineOf } from '#engine/facts/timeline.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { nameOfOffering, offeringOn } from '#runtime/customers/offering-names.ts';
import { todayOf } from '#runtime/customers/today.ts';
import { withScope } from '#runtime/db/scope.ts';
import { orProblem, type NotBillable } from '#runtime/services/simulation-input.ts';
import { simulationBase, type SimulationBase } from '#runtime/simulation/base.ts';
import { simulationPool } from '#runtime/simulation/pool.ts';
import type { Localized } from '#schemas/generated/types.ts';

export type SimulationChoices = {
  readonly customer: { readonly id: string; readonly name: string };
  readonly accounts: readonly string[];
  readonly today: CivilDate;
  /** The first day that is not billed yet. */
  readonly earliest: CivilDate;
  /** The first day on which something can be without service: the day before is not billed yet. */
  readonly earliestEnd: CivilDate;
  /** The first day of the next billing period on which anything can be tried: when a change usually begins. */
  readonly usual: CivilDate;
  /** What has service today or will have. */
  readonly products: readonly {
    readonly id: string;
    readonly account: string;
    readonly offering: string;
    readonly service: string | null;
    readonly name: Localized;
  }[];
  /** On sale today, by service and id. */
  readonly offerings: readonly { readonly id: string; readonly name: Localized; readonly service: string }[];
  /** Open today, and granted one by one. */
  readonly campaigns: readonly { readonly id: string; readonly name: Localized; readonly needsCoupon: boolean }[];
};

export async function simulationChoices(
  app: App,
  actor: Actor,
  input: { readonly customerId: string; readonly account?: string },
): Promise<SimulationChoices | NotBillable> {
  authorize(actor, 'simulation.run');
  // Whoever asks what can be tried is about to try it.
  simulationPool(app);
  return withScope(app, actor, async (tx) => {
    const today = await todayOf(app, tx);
    const { release } = await keptRelease(app, tx, actor.tenantId);
    const base = await orProblem(simulationBase(tx, actor.tenantId, input, release, today));
    return 'problem' in base ? base : choicesOf(base, release);
  });
}

function choicesOf(
  { customer, accounts, today, document, month, closing }: SimulationBase,
  release: Release,
): SimulationChoices {
  const isOpen = ({ from, to }: { from: CivilDate; to: CivilDate | null }): boolean =>
    from <= today && (to === null || today < to);
  const earliest = periodOfMonth(document.periods.first, closing).start;
  const nextPeriod = periodOfMonth(month, closing).end;
  return {
    ...{ customer, accounts, today, earliest },
    earliestEnd: addDays(earliest, 1),
    // When the running month is billed already, nothing can end on the first day after it: its last day was billed.
    usual: nextPeriod > earliest ? nextPeriod : periodOfMonth(nextMonth(month), closing).end,
    products: document.products.flatMap((product) => {
      const { id, account, startsOn, endsOn } = product;
      const held = stretchOn(timelineOf(product), startsOn > today ? startsOn : today);
      const isOver = held === undefined || (endsOn !== null && endsOn <= today);
      if (isOver) return [];
      const { offering } = held;
      const service = offeringOn(release, offering, today)?.body.service ?? null;
      return [{ id, account, offering, service, name: nameOfOffering(release, offering, today) }];
    }),
    offerings: release
      .allInForce('offering', today)
      .filter(({ body }) => isOpen(body.sales))
      .map(({ id, name, body }) => ({ id, name, service: body.service }))
      .toSorted((a, b) => (a.service < b.service ? -1 : a.service > b.service ? 1 : 0)),
    campaigns: release
      .allInForce('campaign', today)
      .filter(({ body }) => body.grant === 'required' && isOpen(body.window))
      .map(({ id, name, body }) => ({ id, name, needsCoupon: body.coupon !== undefined })),
  };
}
