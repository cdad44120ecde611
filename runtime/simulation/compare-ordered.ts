/**
 * What does an order change about the bills to come, and about those that were?
 * Pure, so that a worker thread and a test compute the same. Also called: order preview, 申込みの前後比較.
 */
import { BillingProblem } from '#engine/billing/problem.ts';
import { monthOfDate, monthsLater } from '#engine/calendar/billing-cycle.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import { compileRelease } from '#engine/compile/compile-release.ts';
import type { Said } from '#runtime/customers/lane-changes.ts';
import type { SimulationBase } from '#runtime/simulation/base.ts';
import type { Taken } from '#runtime/simulation/changed-document.ts';
import { projectedDocument } from '#runtime/simulation/projected.ts';
import { billsOf, comparedSides, type Simulated } from '#runtime/simulation/simulate.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import type { Ruleset } from '#schemas/generated/types.ts';

/** Plain values. */
export type OrderedWork = {
  /** As known without the order, and with it. */
  readonly before: SimulationBase;
  readonly after: SimulationBase;
  readonly from: CivilDate;
  readonly appliedOn: CivilDate;
  readonly taken: readonly Taken[];
  readonly notes: readonly Said[];
  readonly successors: readonly (readonly [string, { readonly product: string; readonly from: CivilDate }])[];
  readonly months: number;
  readonly release: number;
  readonly rulesets: readonly Ruleset[];
};

/** From the month of the order on; what it changes about closed months is on the first bill that is open. */
export function compareOrdered(work: OrderedWork): Simulated {
  const { before, after, from, months, successors } = work;
  const release = compileRelease(work.rulesets, evaluateSource);
  const month = monthOfDate(from, before.closing);
  const [first, second] = [before.document.periods.first, after.document.periods.first];
  const opens = [first, second].reduce((a, b) => (a < b ? a : b));
  const shown = month > opens ? month : opens;
  const last = monthsLater(shown, months - 1);
  try {
    const was = billsOf(projectedDocument(before, last), release, before.closing);
    const is = billsOf(projectedDocument(after, last, new Map(successors)), release, after.closing);
    return comparedSides(work, was, is, shown, before, release);
  } catch (error) {
    if (error instanceof BillingProblem) return { problem: error.diagnostic };
    throw error;
  }
}
