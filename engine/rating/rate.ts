/**
 * What does each of these uses cost? Whole numbers where they are proven exact, fractions where they are not.
 * Also called: usage rating, 従量料金の計算, レーティング.
 */
import type { EvaluateSource } from '#engine/compile/evaluate-source.ts';
import { fromInteger, plus, times, ZERO, type Exact } from '#engine/money/exact.ts';
import type { RatePlanRuleset } from '#schemas/generated/types.ts';
import type { Codes, Slice, UsageColumns } from './columns.ts';
import { featuresOf, kernelSource } from './kernel.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { rateExactly } from './rate-exactly.ts';
import { BATCH } from './scale.ts';
import { tablesOf, type KernelTables } from './tables.ts';
import { tariffOf, type Tariff } from './tariff.ts';

/** Plans made ready for uses of these columns: plain values, so that threads can be handed them. */
export interface PreparedRating {
  readonly tables: KernelTables;
  readonly facts: readonly string[];
  readonly source: string;
}

export interface Rating extends PreparedRating {
  readonly tariff: Tariff;
  /** undefined where source may not be evaluated: all uses go by fractions then. */
  readonly kernel: Kernel | undefined;
  /** Why uses of a slot are left to fractions. */
  readonly left: ReadonlyMap<number, string>;
}

export interface Rated {
  /** By use, whole numbers at the scale of 10 ^ places; 0 for those in `exactly`. */
  readonly amounts: Float64Array;
  readonly places: number;
  /** The amounts of uses that were rated by fractions, by their place. */
  readonly exactly: ReadonlyMap<number, Exact>;
  readonly total: Exact;
  readonly scaledUses: number;
  readonly exactUses: number;
}

/** Works out the tables of the plans, and the loop that they need, for uses like these. */
export function ratingOf(
  plans: ReadonlyMap<string, RatePlanRuleset>,
  columns: UsageColumns,
  evaluateSource?: EvaluateSource,
): Rating {
  const tariff = tariffOf(plans, columns);
  const { tables, left } = tablesOf(tariff, columns);
  const facts = tariff.dimensions.map(({ fact }) => fact);
  const source = kernelSource(featuresOf(tables));
  const kernel = evaluateSource === undefined ? undefined : kernelOf(source, evaluateSource);
  return { tariff, tables, left, facts, source, kernel };
}

/** Rates all uses, into `amounts` where it is given. */
export function rateColumns(
  rating: Rating,
  columns: UsageColumns,
  amounts: Float64Array = new Float64Array(columns.count),
): Rated {
  const all: Slice = { from: 0, to: columns.count };
  const { total, rest } =
    rating.kernel === undefined
      ? { total: 0n, rest: Array.from({ length: columns.count }, (_, use) => use) }
      : rateSlice(rating, rating.kernel, columns, all, amounts);
  return rated(rating, columns, amounts, { total, rest });
}

/** The uses that were left to fractions rated too, and all of them summed. */
export function rated(
  { tariff, tables: { places } }: Rating,
  columns: UsageColumns,
  amounts: Float64Array,
  { total, rest }: { readonly total: bigint; readonly rest: readonly number[] },
): Rated {
  const exactly = rest.length === 0 ? new Map<number, Exact>() : rateExactly(tariff, columns, rest);
  const scaled = times(fromInteger(total), { n: 1n, d: 10n ** BigInt(places) });
  return {
    amounts,
    places,
    exactly,
    total: plus(scaled, [...exactly.values()].reduce(plus, ZERO)),
    scaledUses: columns.count - rest.length,
    exactUses: rest.length,
  };
}

export type Kernel = (
  tables: KernelTables,
  columns: UsageColumns,
  state: State,
  amounts: Float64Array,
  rest: number[],
  from: number,
  to: number,
) => number;

/** What each product has used, counted and spent so far of each meter. */
interface State {
  readonly used: Float64Array;
  readonly units: Float64Array;
  readonly spent: Float64Array;
  readonly firstProduct: number;
  readonly dimensions: readonly Codes[];
}

export const kernelOf = (source: string, evaluateSource: EvaluateSource): Kernel => evaluateSource(source) as Kernel;

/**
 * Rates the uses of whole products into `amounts`, a cache's fill at a time. Gives their total at the scale, and the uses
 * that are left to fractions. A use that no row of its table answers for throws a BillingProblem.
 */
export function rateSlice(
  { tables, facts }: PreparedRating,
  kernel: Kernel,
  columns: UsageColumns,
  { from, to }: Slice,
  amounts: Float64Array,
): { readonly total: bigint; readonly rest: number[] } {
  const rest: number[] = [];
  const dimensions = facts.map((fact) => columns.facts[fact]!.codes);
  let total = 0n;
  let state: State | undefined;
  // What products have come to is kept for some at a time: a cache holds it, however many uses there are.
  for (let first = from; first < to;) {
    const last = endOfProduct(columns, Math.min(first + USES_AT_A_TIME, to), to);
    state = stateFor(columns, tables, dimensions, { from: first, to: last }, state);
    for (let start = first; start < last; start += BATCH) {
      const sum = kernel(tables, columns, state, amounts, rest, start, Math.min(start + BATCH, last));
      if (Number.isNaN(sum)) throw unrated(columns, amounts, start);
      total += BigInt(sum);
    }
    first = last;
  }
  return { total, rest };
}

const USES_AT_A_TIME = 16 * BATCH;

/** Where the product ends to which the use before `place` belongs. */
function endOfProduct({ product }: UsageColumns, place: number, to: number): number {
  let end = place;
  while (end < to && product[end] === product[end - 1]) end += 1;
  return end;
}

/** An empty state for the products of a slice, in the memory of one that is no longer needed where that is enough. */
function stateFor(
  columns: UsageColumns,
  { meters, keys }: KernelTables,
  dimensions: readonly Codes[],
  { from, to }: Slice,
  old: State | undefined,
): State {
  const firstProduct = columns.product[from]!;
  const products = columns.product[to - 1]! - firstProduct + 1;
  const places = products * Math.max(keys, meters);
  return {
    used: emptied(old?.used, products * meters),
    units: emptied(old?.units, places),
    spent: emptied(old?.spent, places),
    firstProduct,
    dimensions,
  };
}

const emptied = (figures: Float64Array | undefined, length: number): Float64Array =>
  figures !== undefined && figures.length >= length ? figures.fill(0, 0, length) : new Float64Array(length);

function unrated({ plan, meter }: UsageColumns, amounts: Float64Array, from: number): BillingProblem {
  const use = amounts.findIndex((amount, index) => index >= from && Number.isNaN(amount));
  return new BillingProblem('usage-unrated', `/usage/${use}`, {
    usage: String(use),
    charge: `${plan.words[plan.codes[use]!]} ${meter.words[meter.codes[use]!]}`,
  });
}
