/**
 * Which rules hold for a customer now, and what would leaving today cost?
 * The standing is the engine's, and so is the price of leaving: the bill of this month is computed as if today were the last day.
 * Pure. Also called: applied conditions, penalty simulation, 適用中のルール, 解約時の費用.
 */
import { bill } from '#engine/billing/bill.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import { exact, plus, toText, ZERO } from '#engine/money/exact.ts';
import type { GroupStanding, ProductStanding, TermStanding } from '#engine/explain/standing.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { KnownGroup } from '#runtime/customers/known-now.ts';
import type { AccountDocument, BillLine, Effect, Localized, Sentence } from '#schemas/generated/types.ts';

/** A version of a ruleset, as pages link to it. */
export type RuleNamed = {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly name: Localized;
};

export type RulesNow = {
  readonly plans: readonly { readonly product: string; readonly rule: RuleNamed; readonly offering: RuleNamed }[];
  /** Those that still take something off. */
  readonly campaigns: readonly {
    readonly product: string;
    readonly rule: RuleNamed;
    readonly from: CivilDate;
    readonly to: CivilDate | null;
    readonly monthsLeft: number | null;
  }[];
  readonly tenure: readonly {
    readonly product: string;
    readonly rule: RuleNamed;
    readonly year: number;
    readonly effect: Effect;
    /** The contract year of the next step; null on the last. */
    readonly nextYear: number | null;
  }[];
  readonly sets: readonly {
    readonly rule: RuleNamed;
    readonly complete: boolean;
    readonly missing: { readonly services: readonly string[]; readonly offerings: readonly string[] };
  }[];
  readonly terms: readonly {
    readonly product: string;
    readonly rule: RuleNamed;
    readonly startedOn: CivilDate;
    readonly in: 'term' | 'grace' | 'free';
    /** The last day of the term, and of the days after it on which leaving is free. */
    readonly lastDay: CivilDate;
    readonly graceLastDay: CivilDate | null;
    readonly renewals: number;
  }[];
  /** For whatever has service: what would be charged for ending it with today. */
  readonly leaving: readonly Leaving[];
};

export type Leaving = {
  readonly product: string;
  readonly lastDay: CivilDate;
  /** Penalty and claw-back, before tax, as decimal text; null where it cannot be computed. */
  readonly amount: string | null;
  readonly currency: string;
  /** Why, one sentence a line of the bill. */
  readonly lines: readonly {
    readonly name: Localized;
    readonly amount: string;
    readonly why: Sentence;
    readonly rule: string;
  }[];
};

export function rulesNow(known: KnownGroup, standing: GroupStanding, release: Release, today: CivilDate): RulesNow {
  const { products } = standing;
  const each = <T>(of: (product: ProductStanding) => readonly T[]): T[] => products.flatMap(of);
  return {
    plans: each(({ product, held }) =>
      held === null ? [] : [{ product, rule: named(held.plan), offering: named(held.offering) }],
    ),
    campaigns: each(({ product, campaigns }) =>
      campaigns.flatMap(({ ruleset, from, to, monthsLeft }) =>
        monthsLeft === 0 ? [] : [{ product, rule: named(ruleset), from, to, monthsLeft }],
      ),
    ),
    tenure: each(({ product, tenure }) =>
      tenure.map(({ ruleset, year, step }) => {
        const { steps } = ruleset.body;
        return {
          product,
          rule: named(ruleset),
          year,
          effect: steps[step]!.effect,
          nextYear: steps[step + 1]?.fromYear ?? null,
        };
      }),
    ),
    sets: standing.sets.map(({ ruleset, complete, missing }) => ({ rule: named(ruleset), complete, missing })),
    terms: each(({ product, terms }) => terms.map((term) => ({ product, rule: named(term.ruleset), ...termOf(term) }))),
    leaving: products
      .map((product) => leavingToday(known, product, release, today))
      .filter((left) => left !== undefined),
  };
}

const named = ({ kind, id, version, name }: RuleNamed): RuleNamed => ({ kind, id, version, name });

function termOf({ startedOn, status }: TermStanding): Omit<RulesNow['terms'][number], 'product' | 'rule'> {
  return {
    startedOn,
    in: status.in,
    lastDay: addDays(status.termEnd, -1),
    graceLastDay: status.in === 'grace' ? addDays(status.graceEnd, -1) : null,
    renewals: status.in === 'term' ? status.renewals : 0,
  };
}

/** What ending the product with today would be charged; undefined where it has no service today. */
function leavingToday(
  known: KnownGroup,
  standing: ProductStanding,
  release: Release,
  today: CivilDate,
): Leaving | undefined {
  const { document, month, currency, period } = known;
  const { product } = standing;
  const held = document?.products.find(({ id }) => id === product);
  const endsOn = addDays(today, 1);
  if (
    document === null ||
    held === undefined ||
    held.startsOn > today ||
    (held.endsOn !== null && held.endsOn <= today)
  )
    return undefined;
  const products = document.products.map((each) => (each.id === product ? { ...each, endsOn } : each));
  const said = (lines: readonly BillLine[] | null): Leaving => ({
    product,
    lastDay: today,
    amount: lines === null ? null : toText(lines.map(({ amount }) => exact(amount)).reduce(plus, ZERO)),
    currency,
    lines: (lines ?? []).map(({ name, amount, why, ruleset }) => ({ name, amount, why, rule: ruleset })),
  });
  if (!mayCost(standing)) return said([]);
  try {
    const { bills } = bill({ ...upToNow(document, month), products }, release);
    const now = bills.filter((made) => made.period.start === period.start).flatMap(({ lines }) => lines);
    return said(now.filter((line) => line.phase === 'terminationCharges' && line.product === product));
  } catch (error) {
    if (error instanceof BillingProblem) return said(null);
    throw error;
  }
}

/** Only a term that is not over and a discount that may be claimed back make leaving cost anything. */
const mayCost = ({ terms, campaigns }: ProductStanding): boolean =>
  terms.some(({ status }) => status.in === 'term') ||
  campaigns.some(({ ruleset }) => ruleset.body.clawback !== undefined);

/** The document up to `month`; where that month is closed already, for that month alone. */
function upToNow(document: AccountDocument, month: string): AccountDocument {
  if (document.periods.first <= month) return { ...document, periods: { ...document.periods, last: month } };
  const { previousState: _closed, ...facts } = document;
  return { ...facts, periods: { first: month, last: month } };
}
