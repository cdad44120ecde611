/**
 * What would a customer pay if something changed?
 * Pure, so that a worker thread and a test compute the same. Also called: what-if, price simulation, 料金シミュレーション.
 */
import { bill } from '#engine/billing/bill.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { monthOfDate, monthsLater, type Closing } from '#engine/calendar/billing-cycle.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import { compileRelease } from '#engine/compile/compile-release.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { Said } from '#runtime/customers/lane-changes.ts';
import type { SimulationBase } from '#runtime/simulation/base.ts';
import { changedDocument, type Changed, type Taken } from '#runtime/simulation/changed-document.ts';
import type { Changes } from '#runtime/simulation/changes.ts';
import { compareMonths, type Comparison } from '#runtime/simulation/compare-months.ts';
import { assumptionsOf, monthsFrom, projectedDocument } from '#runtime/simulation/projected.ts';
import { sentencesOf } from '#runtime/simulation/sentences.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import type { AccountDocument, Bill, Diagnostic, Ruleset } from '#schemas/generated/types.ts';

/** Plain values. */
export type SimulationWork = {
  readonly base: SimulationBase;
  readonly given: Changes;
  /** What of it is left out, and why. */
  readonly notGranted?: readonly Said[];
  /** How many months from the one of the change on. */
  readonly months: number;
  readonly release: number;
  readonly rulesets: readonly Ruleset[];
};

export type Simulation = Comparison & {
  readonly currency: string;
  /** What the change does, the most important first. Words under `simulation.…`. */
  readonly sentences: readonly Said[];
  readonly assumptions: readonly Said[];
};

/** The changes are not allowed. Words under `simulation.refused.…`. */
export type SimulationRefused = { readonly refusals: readonly Said[] };

/** One side cannot be billed. Words under `diagnostic.<code>`. */
export type SimulationFailed = { readonly problem: Diagnostic };

export type Simulated = Simulation | SimulationRefused | SimulationFailed;

export function simulate({
  base,
  given,
  notGranted = [],
  months,
  release: number,
  rulesets,
}: SimulationWork): Simulated {
  const release = compileRelease(rulesets, evaluateSource);
  const { document, closing } = base;
  try {
    const changed = changedDocument(document, given, release, closing);
    if ('refusals' in changed) return changed;
    const from = monthOfDate(given.from, closing);
    const last = monthsLater(from, months - 1);
    const before = billsOf(projectedDocument(base, last), release, closing);
    const after = billsOf(
      projectedDocument({ ...base, document: changed.document }, last, changed.successors),
      release,
      closing,
    );
    const { taken, notes } = changed;
    const said = { taken, notes: [...notGranted, ...notes], appliedOn: given.appliedOn, release: number };
    return comparedSides(said, before, after, from, base, release);
  } catch (error) {
    if (error instanceof BillingProblem) return { problem: error.diagnostic };
    throw error;
  }
}

type Stated = Pick<Changed, 'taken' | 'notes'> & { readonly appliedOn: CivilDate; readonly release: number };

/** The comparison of two sides, with what it comes to and what it rests on. */
export function comparedSides(
  { taken, notes, appliedOn, release: number }: Stated,
  before: readonly Bill[],
  after: readonly Bill[],
  from: string,
  base: SimulationBase,
  release: Release,
): Simulation {
  const { currency, document } = base;
  const comparison = compareMonths(before, after, from);
  const [total, ...parts] = sentencesOf(comparison, before, after, currency);
  return {
    ...comparison,
    currency,
    sentences: [...(total === undefined ? [] : [total]), ...notes, ...parts],
    assumptions: [
      { code: 'simulation.assumed.applied', values: { on: appliedOn } },
      ...assumptionsOf(base, number),
      ...withoutUsage(document, taken, release),
    ],
  };
}

/** What `bill` makes of the whole document, month by month: each looks at its own usage only, so that time grows with the months. */
export function billsOf(
  { usage = [], periods, previousState, billed, ...facts }: AccountDocument,
  release: Release,
  closing: Closing,
): Bill[] {
  const { first, last } = periods;
  const byMonth = Map.groupBy(usage, ({ startedAt }) => {
    const month = monthOfDate(startedAt.slice(0, 10), closing);
    // What came in too late for an earlier bill is on the first.
    return month > first ? month : first;
  });
  let state = previousState;
  return monthsFrom(first, last).flatMap((month) => {
    // Closed months that are looked at again are so once, on the first bill.
    const again = month === first && billed !== undefined ? { billed } : {};
    const of = { ...facts, ...again, usage: byMonth.get(month) ?? [], periods: { first: month, last: month } };
    const { bills, nextState } = bill(state === undefined ? of : { ...of, previousState: state }, release);
    state = nextState;
    return bills;
  });
}

/** Nobody knows how much of a new product will be used. */
function withoutUsage({ products }: AccountDocument, taken: readonly Taken[], release: Release): Said[] {
  const isNew = ({ product }: Taken): boolean => !products.some(({ id }) => id === product || `${id}+` === product);
  const isMetered = ({ offering }: Taken): boolean =>
    release
      .versions('ratePlan', offering.body.ratePlan)
      .some(({ body }) => body.charges.some(({ type }) => type === 'usage'));
  return taken
    .filter((each) => isNew(each) && isMetered(each))
    .map(({ offering }) => ({ code: 'simulation.assumed.newWithoutUsage', values: { name: offering.name } }));
}
