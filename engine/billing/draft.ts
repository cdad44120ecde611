/**
 * What does a bill look like while it is being worked out? Its frozen inputs, and the lines the phases add.
 * Also called: bill run work area, 請求計算の作業領域.
 */
import type {
  AccountDocument,
  AccountFacts,
  AllowanceLeft,
  BillLine,
  ClawbackBase,
  Localized,
  OfferingRuleset,
  PassThroughCharge,
  Product,
  RatePlanRuleset,
  Rounding,
  Ruleset,
  Sentence,
  TaxCategory,
  Usage,
  UsageCharge,
  WaitingLines,
} from '#schemas/generated/types.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Closing, Section } from '#engine/calendar/billing-cycle.ts';
import type { Period } from '#engine/calendar/period.ts';
import type { MonthUsed } from '#engine/charges/month-used.ts';
import type { ChargePlace } from '#engine/charges/place.ts';
import type { JoinedCampaign } from '#engine/discounts/joined-campaigns.ts';
import type { Stretch } from '#engine/facts/timeline.ts';
import type { Freed } from '#engine/usage/tally.ts';
import { exact, type Exact } from '#engine/money/exact.ts';
import { minorToExact, toMinor } from '#engine/money/money.ts';
import { roundToStep } from '#engine/money/rounding.ts';
import { preparedOnce } from '#engine/rulesets/prepared.ts';
import type { Release, RulesetOf } from '#engine/rulesets/release.ts';
import type { Correction } from './corrections.ts';
import type { Trace } from '#engine/explain/trace.ts';
import type { CountedUsage } from '#engine/usage/count-ahead.ts';
import type { TaxTotal } from '#engine/tax/consumption-tax.ts';

/** The billing group (請求単位): the document, with what every period needs laid out once. */
export interface Group {
  readonly document: AccountDocument;
  readonly release: Release;
  /** All products, by id. */
  readonly products: readonly { readonly product: Product; readonly timeline: readonly Stretch[] }[];
  /** Usage by product, in canonical order: start, then key. */
  readonly usage: ReadonlyMap<string, readonly Usage[]>;
  /** What the uses of products come to that were counted while they were read: of those the document holds none. */
  readonly counted: CountedUsage;
  /** The closed months that are worked out again: usage of theirs is part of them, and late for no other month. */
  readonly lookedAtAgain: ReadonlySet<string>;
}

/** A stretch of a product within one period, with the offering and the version of the rate plan in force in it. */
export interface Part {
  readonly period: Period;
  readonly stretch: Stretch;
  readonly offering: OfferingRuleset;
  readonly plan: RatePlanRuleset;
}

/** A product of the account as it is in the period: `parts` in order, without a gap while there is service. */
export interface ProductInPeriod {
  readonly product: Product;
  readonly timeline: readonly Stretch[];
  readonly parts: readonly Part[];
  /** Where service ended before the period: its last part, for what still falls due. */
  readonly endedOn: Part | null;
  /** What it used, as phase `quantities` has counted it. */
  quantities: readonly UsageQuantity[];
  /** The campaigns it has joined, once somebody has asked. */
  joined: readonly JoinedCampaign[] | null;
}

/** Charges whose amount follows from a meter. */
export type MeteredCharge = UsageCharge | PassThroughCharge;

/** Units of one usage charge, counted in phase `quantities` and priced in phase `listCharges`. */
export interface UsageQuantity {
  readonly place: ChargePlace<MeteredCharge>;
  readonly servicePeriod: Period;
  /** The row of the charge's price table that these uses chose; null where there is no table. */
  readonly tableRow: number | null;
  readonly uses: number;
  /** How many of the uses are charged for: each owes the connect fee. */
  readonly chargedUses: number;
  readonly used: Exact;
  readonly units: Exact;
  /** How many of the uses were counted in fractions; the others were in whole numbers. */
  readonly inFractions: number;
  /** How much of what was used an allowance covers; null where none covers anything. */
  readonly covered: Exact | null;
  /** What the uses come to where each is priced by itself, and what was free among the first of the month: `Count`. */
  readonly owed: Exact | null;
  readonly freed: Freed | null;
  /** Usage of an earlier period that arrived after that period was billed. */
  readonly late: boolean;
}

export type PhaseName = BillLine['phase'];

/** Which version of which ruleset a line comes from; `name` is kind and id, as bills write it. */
export interface RulesetIdentity {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly name: string;
}

/** A line while later phases may still change what is left of it. Amounts in minor units. */
export interface Line {
  readonly id: string;
  readonly product: string | null;
  readonly charge: string;
  readonly name: Localized;
  readonly phase: PhaseName;
  readonly ruleset: RulesetIdentity;
  readonly row: string;
  readonly target: Line | null;
  readonly servicePeriod: Period;
  readonly quantity: Exact;
  readonly unitPrice: Exact | null;
  readonly base: Exact;
  readonly exact: Exact;
  readonly amount: bigint;
  readonly taxCategory: TaxCategory;
  readonly taxIncluded: boolean;
  readonly why: Sentence;
  /** The amount after bounds on list: what discounts with base `list` are taken from. */
  list: bigint;
  /** The amount after everything that targets this line so far. Never negative on a list line. */
  left: bigint;
  /** After an all-in price: the ids of the discounts that still apply. null: all do. */
  openTo: ReadonlySet<string> | null;
  tax: bigint;
}

export interface BillDraft {
  readonly group: Group;
  readonly account: AccountFacts;
  readonly month: string;
  readonly period: Period;
  /** The regular period for which a month's price is meant: the period itself, unless the closing day has changed. */
  readonly base: Period;
  /** The period cut where regular periods meet. */
  readonly sections: readonly Section[];
  readonly closing: Closing;
  readonly dueOn: CivilDate;
  /** Differences of closed months, billed in the first period. */
  readonly corrections: readonly Correction[];
  /** True in the first period billed: usage that came too late for an earlier bill is billed here. */
  readonly takesLateUsage: boolean;
  readonly cycle: RulesetOf<'billingCycle'>;
  readonly rounding: RulesetOf<'rounding'>;
  readonly taxRules: RulesetOf<'tax'>;
  readonly trace: Trace;
  products: readonly ProductInPeriod[];
  /** The parts in the period of every product of the group, in their order; none of one that is not served in it. */
  partsHeld: readonly (readonly Part[])[];
  services: readonly string[];
  offerings: readonly string[];
  /** Allowances as the period finds them, and as it leaves them. */
  readonly allowancesBefore: readonly AllowanceLeft[];
  allowancesAfter: readonly AllowanceLeft[];
  /** Discounts that may be claimed back, as the period finds them and as it leaves them. */
  readonly clawbacksBefore: readonly ClawbackBase[];
  clawbacksAfter: readonly ClawbackBase[];
  /** Lines of the bill before that have waited for this one, and the lines they have become. */
  readonly waitingBefore: WaitingLines | null;
  waited: ReadonlySet<Line> | null;
  /** Lines that wait for the next bill, and what they are when they leave this one. */
  waiting: Set<Line> | null;
  waitingAfter: WaitingLines | null;
  /** Of the charges of which a part of the month has been charged: how much. */
  monthUsed: Map<string, MonthUsed> | null;
  /** How much of each use, by its id, an allowance covers. */
  covered: ReadonlyMap<string, Exact>;
  lines: Line[];
  /** How many lines have left the bill again: the ids of the others stay what they are. */
  linesLeft: number;
  tax: readonly TaxTotal[];
}

export type NewLine = Omit<Line, 'id' | 'amount' | 'list' | 'left' | 'openTo' | 'tax'> & { readonly amount: bigint };

/** Adds a line; a line with a target changes what is left of it. */
export function addLine(draft: BillDraft, line: NewLine): Line {
  const added: Line = {
    id: lineId(draft.lines.length + draft.linesLeft + 1),
    product: line.product,
    charge: line.charge,
    name: line.name,
    phase: line.phase,
    ruleset: line.ruleset,
    row: line.row,
    target: line.target,
    servicePeriod: line.servicePeriod,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    base: line.base,
    exact: line.exact,
    amount: line.amount,
    taxCategory: line.taxCategory,
    taxIncluded: line.taxIncluded,
    why: line.why,
    list: line.amount,
    left: line.target === null ? line.amount : 0n,
    openTo: null,
    tax: 0n,
  };
  draft.lines.push(added);
  if (line.target !== null) line.target.left += line.amount;
  return added;
}

/** L1, L2…: the numbers of most bills' lines are written once. */
const lineId = (number: number): string => lineIds[number] ?? `L${number}`;
const lineIds: readonly string[] = Array.from({ length: 100 }, (_, number) => `L${number}`);

/** Rounds an amount being worked out to minor units of the bill's currency, by the ruleset's mode and step. */
export function roundAmount(draft: BillDraft, amount: Exact, rounding: Rounding): bigint {
  const currency = draft.cycle.body.currency;
  if (rounding.step === undefined) return toMinor(amount, currency, rounding.mode);
  return toMinor(roundToStep(amount, rounding.mode, exact(rounding.step)), currency, rounding.mode);
}

/** A paper amount of the bill as an amount to work with. */
export const amountOf = (draft: BillDraft, minor: bigint): Exact => minorToExact(minor, draft.cycle.body.currency);

/** The identity of a ruleset as lines store it. */
export const identityOf = preparedOnce(({ kind, id, version }: Ruleset): RulesetIdentity => ({
  kind,
  id,
  version,
  name: `${kind}/${id}`,
}));
