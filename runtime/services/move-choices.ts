/**
 * To which billing cycles can a customer move, from which month, and which days would the first bill cover?
 * Also called: choices of closing day, 締め日の選択肢, 変更後の最初の請求期間.
 */
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { nextMonth } from '#engine/calendar/billing-cycle.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { firstBill, standingForMove, type Standing } from '#runtime/customers/move.ts';
import { readCustomer } from '#runtime/customers/read-customer.ts';
import { todayOf } from '#runtime/customers/today.ts';
import { withScope } from '#runtime/db/scope.ts';
import type { Release } from '#engine/rulesets/release.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { Localized } from '#schemas/generated/types.ts';

export type MoveChoice = {
  readonly billingCycle: string;
  readonly name: Localized;
  /** The months from which it may hold, the first that is not billed yet and some more, with the days of the bill. */
  readonly months: readonly FirstBill[];
};

export type FirstBill = {
  readonly month: string;
  readonly start: CivilDate;
  readonly lastDay: CivilDate;
  readonly length: 'regular' | 'short' | 'long';
};

const MONTHS_OFFERED = 6;

/** Empty where the customer cannot move: its accounts are billed apart, or there is nowhere to go. */
export async function moveChoices(
  app: App,
  actor: Actor,
  { customerId }: { readonly customerId: string },
): Promise<readonly MoveChoice[]> {
  authorize(actor, 'customer.write');
  return withScope(app, actor, async (tx) => {
    const today = await todayOf(app, tx);
    const { release } = await keptRelease(app, tx, actor.tenantId);
    const customer = await readCustomer(tx, customerId);
    try {
      const standing = await standingForMove(tx, actor.tenantId, customer, release, today);
      return release.allInForce('billingCycle', today).flatMap(({ id, name }) => {
        const months = monthsOf(standing, id, release);
        return months.length === 0 ? [] : [{ billingCycle: id, name, months }];
      });
    } catch (error) {
      if (error instanceof Refusal || error instanceof BillingProblem) return [];
      throw error;
    }
  });
}

function monthsOf(standing: Standing, billingCycle: string, release: Release): readonly FirstBill[] {
  const found: FirstBill[] = [];
  let month = standing.earliest(billingCycle);
  for (let ahead = 0; ahead < MONTHS_OFFERED; ahead += 1, month = nextMonth(month)) {
    try {
      const { period, length } = firstBill(standing, { billingCycle, month }, release);
      found.push({ month, start: period.start, lastDay: addDays(period.end, -1), length });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return found;
}
