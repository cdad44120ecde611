/**
 * Hand a customer to the simulator: the account document of the months to come, and the published rulesets.
 * A browser bills it by itself, with a draft in place of its published version. Also called: simulator dock, シミュレーターの顧客.
 */
import { BillingProblem } from '#engine/billing/problem.ts';
import { monthsLater } from '#engine/calendar/billing-cycle.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import type { Said } from '#runtime/customers/lane-changes.ts';
import { todayOf } from '#runtime/customers/today.ts';
import { withScope } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import { simulationBase } from '#runtime/simulation/base.ts';
import { assumptionsOf, projectedDocument } from '#runtime/simulation/projected.ts';
import { rulesetsThatMatter } from '#runtime/simulation/rulesets-that-matter.ts';
import type { AccountDocument, Diagnostic, Ruleset } from '#schemas/generated/types.ts';

export type SimulationAsked = {
  readonly customerId: string;
  /** Which of the customer's accounts, with those that are billed alike; by default the first. */
  readonly account?: string;
  /** How many months from the current one on; by default three. */
  readonly months?: number;
};

export type SimulationInput = {
  readonly customer: { readonly id: string; readonly name: string };
  readonly today: string;
  readonly currency: string;
  /** The current month. Usage from here on is assumed; whatever the document has before it is not billed yet. */
  readonly month: string;
  /** What `bill(document, prepareRelease(rulesets))` takes. */
  readonly document: AccountDocument;
  readonly release: number;
  readonly rulesets: readonly Ruleset[];
  /** Whether `rulesets` are all there are, or those that this customer's bills can ask for. */
  readonly areAllRulesets: boolean;
  /** In sentences, what is assumed. Words under `simulation.assumed.…`. */
  readonly assumptions: readonly Said[];
};

/** Why a customer cannot be billed at all. Words under `diagnostic.<code>`. */
export type NotBillable = { readonly problem: Diagnostic };

const USUAL_MONTHS = 3;
export const MOST_MONTHS = 36;

export async function simulationInput(
  app: App,
  actor: Actor,
  { months = USUAL_MONTHS, ...asked }: SimulationAsked,
): Promise<SimulationInput | NotBillable> {
  authorize(actor, 'simulation.run');
  assertMonths(months);
  return withScope(app, actor, async (tx) => {
    const today = await todayOf(app, tx);
    const { number, release } = await keptRelease(app, tx, actor.tenantId);
    const base = await orProblem(simulationBase(tx, actor.tenantId, asked, release, today));
    if ('problem' in base) return base;
    const { customer, currency, month, document: known } = base;
    const first = known.periods.first > month ? known.periods.first : month;
    const document = projectedDocument(base, monthsLater(first, months - 1));
    const { rulesets, areAll } = rulesetsThatMatter(release, document);
    const assumptions = assumptionsOf(base, number);
    return {
      customer,
      today,
      currency,
      month,
      document,
      release: number,
      rulesets,
      areAllRulesets: areAll,
      assumptions,
    };
  });
}

export function assertMonths(months: number): void {
  if (!Number.isInteger(months) || months < 1 || months > MOST_MONTHS)
    throw new Refusal('simulation-months', { most: MOST_MONTHS }, 422);
}

export async function orProblem<T>(made: Promise<T>): Promise<T | NotBillable> {
  try {
    return await made;
  } catch (error) {
    if (error instanceof BillingProblem) return { problem: error.diagnostic };
    throw error;
  }
}
