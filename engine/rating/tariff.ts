/**
 * Which charge, and which row of its table, answers for each kind of use? Worked out once for all plans and words of the
 * columns, so that no condition and no table is asked use by use. Also called: rating parameters, 料金パラメータ表.
 */
import type { Allowance, RatePlanRuleset, UsageCharge } from '#schemas/generated/types.ts';
import { compileCondition, type FactValue } from '#engine/conditions/evaluate.ts';
import { matrixRowFor } from '#engine/tables/matrix.ts';
import type { UsageColumns } from './columns.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { dimensionsOf, kindsAsked, wordIn, type Dimension } from './kinds.ts';

/** What a charge costs a use that chose a row. */
export interface Answer {
  readonly charge: UsageCharge;
  /** The place of the charge in its plan. */
  readonly chargeIndex: number;
  /** The row of its price table; null where it has none, undefined where no row answers. */
  readonly row: number | null | undefined;
}

/** A plan and a meter: all that is used of one meter by one product. */
export interface Slot {
  readonly plan: RatePlanRuleset;
  readonly meter: string;
  /** For each kind of use, every charge that asks for it; none for a kind that does not occur. */
  readonly answers: readonly (readonly Answer[])[];
  readonly allowances: readonly Allowance[];
}

export interface Tariff {
  readonly dimensions: readonly Dimension[];
  /** How many kinds of use there are. */
  readonly combinations: number;
  /** By plan and meter, in the order of the columns' words; null where the plan does not charge the meter. */
  readonly slots: readonly (Slot | null)[];
  readonly meters: number;
}

/** Slots times combinations beyond which tables would not fit in memory. */
const MOST_CELLS = 20_000_000;

/** What the plans say about the words of the columns. Throws a BillingProblem where a plan cannot be rated use by use. */
export function tariffOf(plans: ReadonlyMap<string, RatePlanRuleset>, columns: UsageColumns): Tariff {
  const meters = columns.meter.words.length;
  const named = columns.plan.words.map((word) => {
    const plan = plans.get(word ?? '');
    if (plan === undefined) throw new BillingProblem('rating-plan-unknown', '', { plan: word ?? '' });
    return plan;
  });
  const dimensions = dimensionsOf(named, columns);
  const combinations = dimensions.reduce((product, { classes }) => product * classes, 1);
  const cells = combinations * named.length * meters;
  if (cells > MOST_CELLS) {
    throw new BillingProblem('rating-too-many-kinds', '', { kinds: String(combinations), plans: String(named.length) });
  }
  const asked = kindsAsked(dimensions, columns, { combinations, cells });
  const kinds = { dimensions, combinations, asked };
  const slots = named.flatMap((plan) => columns.meter.words.map((meter) => slotOf(plan, meter ?? '', kinds)));
  return { dimensions, combinations, slots, meters };
}

interface Kinds {
  readonly dimensions: readonly Dimension[];
  readonly combinations: number;
  readonly asked: readonly number[];
}

const NO_ANSWER: readonly Answer[] = [];

function slotOf(plan: RatePlanRuleset, meter: string, { dimensions, combinations, asked }: Kinds): Slot | null {
  const charges = plan.body.charges.flatMap((charge, chargeIndex) =>
    charge.type === 'usage' && charge.meter === meter ? [{ charge, chargeIndex }] : [],
  );
  const passedOn = plan.body.charges.find((charge) => charge.type === 'passThrough' && charge.meter === meter);
  if (passedOn !== undefined) throw unsupported(plan, `charges/${passedOn.id}`, 'passThrough');
  for (const { charge } of charges) assertUseByUse(plan, charge);
  const allowances = (plan.body.allowances ?? []).filter((allowance) => allowance.meter === meter);
  for (const allowance of allowances) assertOwn(plan, allowance);
  if (charges.length === 0) return null;
  const conditions = charges.map(({ charge }) => (charge.where === undefined ? null : compileCondition(charge.where)));
  const answers = new Array<readonly Answer[]>(combinations).fill(NO_ANSWER);
  for (const kind of asked) {
    const facts = (id: string): FactValue => {
      const word = wordIn(dimensions, kind, id);
      return word === undefined ? factOf(id, plan, meter) : word;
    };
    answers[kind] = charges.flatMap(({ charge, chargeIndex }, index): Answer[] => {
      if (conditions[index]?.(facts) === false) return [];
      const row = charge.price.model === 'matrix' ? matrixRowFor(charge.price, facts) : null;
      return [{ charge, chargeIndex, row }];
    });
  }
  return { plan, meter, answers, allowances };
}

/** A use by use amount is what the month's amount grows by; what only the whole month tells belongs to the bill. */
function assertUseByUse(plan: RatePlanRuleset, charge: UsageCharge): void {
  const what =
    (charge.aggregate ?? 'sum') !== 'sum'
      ? 'aggregate'
      : charge.bounds?.minimum !== undefined
        ? 'minimum'
        : charge.bounds?.cap !== undefined && (charge.bounds.judgedOn === 'net' || charge.bounds.prorated === true)
          ? 'cap'
          : undefined;
  if (what !== undefined) throw unsupported(plan, `charges/${charge.id}`, what);
}

/** Allowances of the product's own, whole, for every use of the meter. */
function assertOwn(plan: RatePlanRuleset, allowance: Allowance): void {
  const { sharedBy, granted, where, increment } = allowance;
  if (sharedBy === 'product' && granted === 'monthly' && where === undefined && increment === undefined) return;
  throw unsupported(plan, `allowances/${allowance.id}`, 'allowance');
}

const unsupported = (plan: RatePlanRuleset, place: string, what: string): BillingProblem =>
  new BillingProblem('rating-not-use-by-use', `/body/${place}`, { plan: plan.id, what });

/** What is not told by the kind of use. */
function factOf(id: string, plan: RatePlanRuleset, meter: string): FactValue {
  if (id === 'product.ratePlan') return plan.id;
  if (id === 'usage.meter') return meter;
  if (id.startsWith('usage.') && id !== 'usage.quantity') return null;
  throw new BillingProblem('rating-fact-unknown', '', { plan: plan.id, fact: id });
}
