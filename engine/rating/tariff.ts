/**
 * Which charge, and which row of its table, answers for each kind of use? Worked out once for all plans and words of the
 * columns, so that no condition and no table is asked use by use. Also called: rating parameters, 料金パラメータ表.
 */
import type {
  Allowance,
  Condition,
  ConditionNode,
  MatrixPrice,
  RatePlanRuleset,
  UsageCharge,
} from '#schemas/generated/types.ts';
import { compileCondition, type FactValue } from '#engine/conditions/evaluate.ts';
import { operators } from '#engine/conditions/operators.ts';
import { cellAnswers, matrixRowFor } from '#engine/tables/matrix.ts';
import type { UsageColumns, Words } from './columns.ts';
import { BillingProblem } from '#engine/billing/problem.ts';

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
  /** For each combination of classes, every charge that asks for such a use. */
  readonly answers: readonly (readonly Answer[])[];
  readonly allowances: readonly Allowance[];
}

/** A fact that charges ask about: its words fall into classes that no condition and no cell tells apart. */
export interface Dimension {
  readonly fact: string;
  readonly classOf: Uint16Array;
  readonly classes: number;
  readonly stride: number;
}

export interface Tariff {
  readonly dimensions: readonly Dimension[];
  /** How many combinations of classes there are. */
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
  if (combinations * named.length * meters > MOST_CELLS) {
    throw new BillingProblem('rating-too-many-kinds', '', { kinds: String(combinations), plans: String(named.length) });
  }
  const kinds = representatives(dimensions, columns, combinations);
  const slots = named.flatMap((plan) => columns.meter.words.map((meter) => slotOf(plan, meter ?? '', kinds)));
  return { dimensions, combinations, slots, meters };
}

function slotOf(plan: RatePlanRuleset, meter: string, kinds: readonly Kind[]): Slot | null {
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
  const answers = kinds.map((kind) => {
    const facts = (id: string): FactValue => factOf(id, kind, plan, meter);
    return charges.flatMap(({ charge, chargeIndex }, index): Answer[] => {
      if (conditions[index]?.(facts) === false) return [];
      const row = charge.price.model === 'matrix' ? matrixRowFor(charge.price, facts) : null;
      return [{ charge, chargeIndex, row }];
    });
  });
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

/** One word of each dimension: a kind of use that stands for all of its class. */
type Kind = ReadonlyMap<string, string | null>;

function factOf(id: string, kind: Kind, plan: RatePlanRuleset, meter: string): FactValue {
  const word = kind.get(id);
  if (word !== undefined) return word;
  if (id === 'product.ratePlan') return plan.id;
  if (id === 'usage.meter') return meter;
  if (id.startsWith('usage.') && id !== 'usage.quantity') return null;
  throw new BillingProblem('rating-fact-unknown', '', { plan: plan.id, fact: id });
}

/** The facts that the plans ask about and that the columns know, each with the classes of its words. */
function dimensionsOf(plans: readonly RatePlanRuleset[], columns: UsageColumns): readonly Dimension[] {
  const tests = new Map<string, Map<string, (value: FactValue) => boolean>>();
  const note = (fact: string, key: string, test: () => (value: FactValue) => boolean): void => {
    const known = tests.get(fact) ?? new Map<string, (value: FactValue) => boolean>();
    if (!known.has(key)) known.set(key, test());
    tests.set(fact, known);
  };
  for (const plan of plans) {
    for (const charge of plan.body.charges) {
      if (charge.type !== 'usage') continue;
      if (charge.where !== undefined) noteComparisons(charge.where, note);
      if (charge.price.model === 'matrix') noteCells(charge.price, note);
    }
  }
  let stride = 1;
  return [...tests].flatMap(([fact, ofFact]) => {
    const column = columns.facts[fact];
    if (column === undefined) return [];
    const { classOf, classes } = classesOf(column, [...ofFact.values()]);
    const dimension = { fact, classOf, classes, stride };
    stride *= classes;
    return [dimension];
  });
}

type Note = (fact: string, key: string, test: () => (value: FactValue) => boolean) => void;

function noteComparisons(node: Condition | ConditionNode, note: Note): void {
  if ('all' in node) for (const part of node.all) noteComparisons(part, note);
  else if ('any' in node) for (const part of node.any) noteComparisons(part, note);
  else if ('not' in node) noteComparisons(node.not, note);
  else
    note(node.fact, `${node.operator} ${JSON.stringify(node.value)}`, () =>
      operators[node.operator].prepare(node.value),
    );
}

/** Of prefixes every start that a row names counts, since the longest one decides. */
function noteCells({ columns, rows }: MatrixPrice, note: Note): void {
  columns.forEach(({ fact, match }, index) => {
    for (const { when } of rows) {
      const cell = when[index] ?? null;
      if (cell === null) continue;
      for (const each of match === 'prefix' ? [cell].flat() : [cell])
        note(fact, `${match} ${JSON.stringify(each)}`, () => (value) => cellAnswers(each, match, value));
    }
  });
}

function classesOf(
  { words }: Words,
  tests: readonly ((value: FactValue) => boolean)[],
): Pick<Dimension, 'classOf' | 'classes'> {
  const known = new Map<string, number>();
  const classOf = Uint16Array.from(words, (word) => {
    const answers = tests.map((test) => (test(word) ? '1' : '0')).join('');
    const number = known.get(answers) ?? known.size;
    known.set(answers, number);
    return number;
  });
  return { classOf, classes: known.size };
}

function representatives(
  dimensions: readonly Dimension[],
  { facts }: UsageColumns,
  combinations: number,
): readonly Kind[] {
  return Array.from({ length: combinations }, (_, combination) => {
    const words = dimensions.map(({ fact, classOf, classes, stride }) => {
      const wanted = Math.floor(combination / stride) % classes;
      return [fact, facts[fact]!.words[classOf.indexOf(wanted)]!] as const;
    });
    return new Map(words);
  });
}
