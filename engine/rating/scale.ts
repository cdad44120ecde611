/**
 * Which plans and meters can be rated in whole numbers of a machine, and by which scale, without ever losing a digit?
 * Proven from the prices and from the largest quantity and number of uses, before anything is rated.
 * Also called: scaled integers, fixed point, 固定小数点, 桁あふれ.
 */
import type { UsageCharge } from '#schemas/generated/types.ts';
import {
  compare,
  dividedBy,
  exact,
  floorOfSafe,
  isNegative,
  plus,
  times,
  ZERO,
  type Exact,
} from '#engine/money/exact.ts';
import { freeUsesOf } from '#engine/usage/each-use.ts';
import { isDueWithoutUse } from '#engine/usage/prices.ts';
import { spansOf } from '#engine/usage/tiers.ts';
import type { Answer, Slot } from './tariff.ts';

/** A stretch of the price: up to and with so many units it is `base + ⌈(units - above) / step⌉ × unitPrice`. */
export interface Piece {
  readonly step: number;
  readonly upTo: Exact | null;
  readonly above: Exact;
  readonly base: Exact;
  readonly unitPrice: Exact;
}

/** What a charge costs, in terms that all shapes share: by the row of the use, or piece by piece of the total; `unrated` where no row answers. */
export type Price =
  | { readonly by: 'unrated' }
  | { readonly by: 'row'; readonly unitPrice: Exact; readonly connectFee: Exact }
  | { readonly by: 'total'; readonly pieces: readonly Piece[] };

/** The parameters of one plan and meter, before they are scaled. */
export interface Parameters {
  readonly size: number;
  readonly perEvent: boolean;
  readonly free: number;
  readonly included: number;
  readonly cap: Exact | null;
  /** Whether something is owed for a use of which nothing is charged. */
  readonly due: boolean;
  /** For each combination; null where nothing is charged for such a use. */
  readonly prices: readonly (Price | null)[];
}

/** 10 ^ places is the scale: finer prices are left to fractions. */
const MOST_PLACES = 9;
const LIMIT = BigInt(Number.MAX_SAFE_INTEGER);

/** The parameters of a slot, or why it is left to fractions. */
export function parametersOf(slot: Slot): Parameters | string {
  const charges = new Set(slot.answers.flat().map(({ charge }) => charge));
  const [charge] = charges;
  if (charge === undefined) return 'no charge';
  if (charges.size > 1) return 'several charges';
  if (charge.eachUse !== undefined || freeUsesOf(charge) !== null) return 'use by use';
  const sizes = new Set(slot.answers.flat().map((answer) => sizeOf(answer)));
  const [size] = sizes;
  if (size === undefined || sizes.size > 1) return 'several sizes';
  // A unit whose parts count as parts is left to fractions, unless it is one of the meter's own.
  if (charge.unit.rounding === 'exact' && size !== '1') return 'parts of units';
  const [whole, free, included] = [exact(size), exact(charge.freePerEvent ?? '0'), includedBy(slot)].map(wholeOf);
  if (whole === undefined || free === undefined || included === undefined) return 'not whole';
  const perEvent = charge.unit.per === 'event' || charge.unit.rounding === 'exact';
  const prices = slot.answers.map(([answer]) => (answer === undefined ? null : priceOf(answer)));
  if (prices.includes(undefined)) return 'shape';
  if (prices.some((price) => price?.by === 'row') && !perEvent) return 'rows by the period';
  const cap = charge.bounds?.cap === undefined ? null : exact(charge.bounds.cap);
  if (cap !== null && !isRising(prices as readonly (Price | null)[])) return 'cap over a falling price';
  const due = isDueWithoutUse(charge.price);
  return { size: whole, perEvent, free, included, cap, due, prices: prices as readonly (Price | null)[] };
}

function sizeOf({ charge, row }: Answer): string {
  const own = charge.price.model === 'matrix' && typeof row === 'number' ? charge.price.rows[row]?.unitSize : undefined;
  return own ?? charge.unit.size;
}

/** The number where it is a whole one that a machine holds exactly. */
function wholeOf(value: Exact): number | undefined {
  const floor = floorOfSafe(value);
  return value.d === 1n && !Number.isNaN(floor) ? floor : undefined;
}

const includedBy = ({ allowances }: Slot): Exact =>
  allowances.reduce((sum, { amount }) => plus(sum, exact(amount)), ZERO);

/** undefined where the shape is left to fractions. */
function priceOf({ charge, row }: Answer): Price | null | undefined {
  const { price } = charge;
  const connectFee = exact(
    (price.model === 'matrix' && row != null ? price.rows[row]?.connectFee : undefined) ?? charge.connectFee ?? '0',
  );
  switch (price.model) {
    case 'perUnit':
      return { by: 'row', unitPrice: exact(price.unitPrice), connectFee };
    case 'percentage':
      return { by: 'row', unitPrice: dividedBy(exact(price.percent), exact('100')), connectFee };
    case 'matrix':
      return row == null ? { by: 'unrated' } : { by: 'row', unitPrice: exact(price.rows[row]!.unitPrice), connectFee };
    default: {
      const pieces = connectFee.n === 0n ? piecesOf(price) : undefined;
      return pieces === undefined ? undefined : { by: 'total', pieces };
    }
  }
}

function piecesOf(
  price: Exclude<UsageCharge['price'], { model: 'perUnit' | 'percentage' | 'matrix' }>,
): readonly Piece[] | undefined {
  switch (price.model) {
    case 'graduated': {
      let base = ZERO;
      return spansOf(price.tiers).map(({ tier, above, upTo }) => {
        const unitPrice = exact(tier.unitPrice);
        const start = tier.flat === undefined ? base : plus(base, exact(tier.flat));
        if (upTo !== null) base = plus(start, times(unitPrice, plus(upTo, { n: -above.n, d: above.d })));
        return { step: 1, upTo, above, base: start, unitPrice };
      });
    }
    case 'volume':
      if (price.bestOf === true) return undefined;
      return spansOf(price.tiers).map(({ tier, upTo }) => ({
        step: 1,
        upTo,
        above: ZERO,
        base: tier.flat === undefined ? ZERO : exact(tier.flat),
        unitPrice: exact(tier.unitPrice),
      }));
    case 'steppedFlat':
      return price.steps.map((step) => ({
        step: 1,
        upTo: step.upTo === null ? null : exact(step.upTo),
        above: ZERO,
        base: exact(step.price),
        unitPrice: ZERO,
      }));
    case 'doubleFlat': {
      const [floor, unitPrice, ceiling] = [exact(price.floor), exact(price.unitPrice), exact(price.ceiling)];
      if (unitPrice.n <= 0n || compare(floor, ceiling) > 0) return undefined;
      return [
        { step: 1, upTo: dividedBy(floor, unitPrice), above: ZERO, base: floor, unitPrice: ZERO },
        { step: 1, upTo: dividedBy(ceiling, unitPrice), above: ZERO, base: ZERO, unitPrice },
        { step: 1, upTo: null, above: ZERO, base: ceiling, unitPrice: ZERO },
      ];
    }
    case 'package': {
      const step = wholeOf(exact(price.size));
      return step === undefined
        ? undefined
        : [{ step, upTo: null, above: ZERO, base: ZERO, unitPrice: exact(price.price) }];
    }
  }
}

/** Whether an amount never falls as more is used. */
function isRising(prices: readonly (Price | null)[]): boolean {
  return prices.every((price) => {
    if (price === null || price.by === 'unrated') return true;
    if (price.by === 'row') return !isNegative(price.unitPrice);
    return price.pieces.every(
      (piece, index) =>
        !isNegative(piece.unitPrice) &&
        (index === 0 || compare(startOf(piece, price.pieces[index - 1]!), endOf(price.pieces[index - 1]!)) >= 0),
    );
  });
}

const worth = ({ above, base, unitPrice }: Piece, units: Exact): Exact =>
  plus(base, times(plus(units, { n: -above.n, d: above.d }), unitPrice));
const endOf = (piece: Piece): Exact => worth(piece, piece.upTo ?? ZERO);
const startOf = (piece: Piece, before: Piece): Exact => worth(piece, before.upTo ?? ZERO);

/** How many decimals the amounts of the slot need, as far as they come out even. */
export function placesOf({ cap, prices }: Parameters): number | undefined {
  const pieces = prices.flatMap((price) => (price?.by === 'total' ? price.pieces : []));
  // A stretch that begins within a unit charges a part of that unit.
  if (pieces.some(({ above }) => above.d !== 1n)) return undefined;
  const amounts = [
    ...prices.flatMap((price) => (price?.by === 'row' ? [price.unitPrice, price.connectFee] : [])),
    ...pieces.flatMap(({ base, unitPrice }) => [base, unitPrice]),
  ];
  if (cap !== null) amounts.push(cap);
  for (let places = 0; places <= MOST_PLACES; places += 1) {
    if (amounts.every(({ d }) => 10n ** BigInt(places) % d === 0n)) return places;
  }
  return undefined;
}

/** Whether no number of the slot can grow past what a machine holds exactly, at the scale and with these uses. */
export function staysExact(
  { size, prices, cap, included, free }: Parameters,
  places: number,
  { largest, mostUses }: { readonly largest: number; readonly mostUses: number },
): boolean {
  const uses = BigInt(Math.max(1, mostUses));
  const unitsAUse = BigInt(Math.ceil(largest / size));
  const scaled = (amount: Exact): bigint => {
    const n = (amount.n < 0n ? -amount.n : amount.n) * 10n ** BigInt(places);
    return n / amount.d + 1n;
  };
  // Either a use's own amount, summed over the product's uses, or the worth of all its units; and either over a batch.
  const most = (price: Price | null): bigint => {
    if (price === null || price.by === 'unrated') return 0n;
    if (price.by === 'row')
      return (unitsAUse * scaled(price.unitPrice) + scaled(price.connectFee)) * larger(uses, BigInt(BATCH));
    const worth = price.pieces.reduce(
      (sum, piece) => sum + scaled(piece.base) + scaled(piece.unitPrice) * unitsAUse * uses,
      0n,
    );
    return worth * BigInt(BATCH);
  };
  const amounts = prices.map(most).reduce(larger, 0n) + (cap === null ? 0n : scaled(cap));
  // A quotient is rounded up right as long as its dividend leaves a bit to spare.
  const quantities = BigInt(largest) * uses * 2n;
  return [amounts, quantities, BigInt(included), BigInt(free)].every((number) => number <= LIMIT);
}

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** Uses whose amounts are added up in machine numbers before the sum goes to one without limit. */
export const BATCH = 2048;
