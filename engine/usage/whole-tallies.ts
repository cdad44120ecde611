/**
 * What do uses of whole quantities come to? Nearly all are whole, and are counted in numbers, in a column for each figure:
 * the same as `tally.ts` counts in fractions, which is where everything else goes. Also called: 従量の集計, 整数演算.
 */
import type { Usage } from '#schemas/generated/types.ts';
import { wholeNumberIn } from '#engine/conditions/decimal-bound.ts';
import { exact, fromInteger, plus, ZERO, type Exact } from '#engine/money/exact.ts';
import { countOf, LARGEST_WHOLE, record, tallyBy, type Count, type Counting, type Tally } from './tally.ts';

/** The figures of one place. */
const USES = 0;
const CHARGED_USES = 1;
const USED = 2;
const COUNTED = 3;
const WIDTH = 4;

/** How each of several charges or rows is counted, side by side. */
export interface WholeRules {
  readonly countings: readonly Counting[];
  readonly zeros: readonly number[];
  readonly free: Float64Array;
  /** How much is one unit: 1 where the units of a period are cut at its end, NaN where nothing is counted in numbers. */
  readonly block: Float64Array;
}

export const wholeRulesFor = (countings: readonly Counting[]): WholeRules => ({
  countings,
  zeros: zeros(countings.length * WIDTH),
  free: Float64Array.from(countings, ({ whole }) => whole?.free ?? 0),
  block: Float64Array.from(countings, ({ whole, perEvent }) => (whole === null ? NaN : perEvent ? whole.size : 1)),
});

/** Zeros in an array that holds fractions from its beginning, so that it needs no other form when sums become large. */
function zeros(length: number): readonly number[] {
  const figures = Array.from({ length }, () => 0.5);
  return figures.fill(0);
}

export class WholeTallies {
  readonly #rules: WholeRules;
  /** The figures of each place after those of the one before. */
  readonly #figures: number[];
  /** What could not be counted in numbers, by its place. */
  #exact: Map<number, Tally> | undefined;

  constructor(rules: WholeRules) {
    this.#rules = rules;
    this.#figures = rules.zeros.slice();
  }

  /** Counts a use at the places; `covered` of it is free, if anything is. */
  count(places: readonly number[], use: Pick<Usage, 'quantity'>, covered: Exact | undefined): void {
    const quantity = covered === undefined ? wholeNumberIn(use.quantity) : -1;
    const { block: blocks } = this.#rules;
    for (let at = 0; at < places.length; at += 1) {
      const place = places[at]!;
      const block = blocks[place]!;
      // Written so that NaN is no whole block.
      if (quantity >= 0 && block >= 1) this.#add(place, quantity, block);
      else record(this.#exactly(place), exact(use.quantity), covered ?? ZERO);
    }
  }

  #add(place: number, quantity: number, block: number): void {
    const figures = this.#figures;
    const at = place * WIDTH;
    figures[at + USES]! += 1;
    const used = figures[at + USED]! + quantity;
    figures[at + USED] = used;
    const charged = quantity - this.#rules.free[place]!;
    if (charged > 0) {
      figures[at + CHARGED_USES]! += 1;
      figures[at + COUNTED]! += block === 1 ? charged : Math.ceil(charged / block);
    }
    if (used > LARGEST_WHOLE) this.#carry(place);
  }

  /** What has become large goes on in fractions. */
  #carry(place: number): void {
    const tally = this.#exactly(place);
    const figures = this.#figures;
    const at = place * WIDTH;
    tally.uses += figures[at + USES]!;
    tally.chargedUses += figures[at + CHARGED_USES]!;
    tally.used = plus(tally.used, fromInteger(figures[at + USED]!));
    tally.counted = plus(tally.counted, fromInteger(figures[at + COUNTED]!));
    figures.fill(0, at, at + WIDTH);
  }

  #exactly(place: number): Tally {
    this.#exact ??= new Map();
    let tally = this.#exact.get(place);
    if (tally === undefined) this.#exact.set(place, (tally = tallyBy(this.#rules.countings[place]!, null)));
    return tally;
  }

  /** What the place comes to, for a row of a table or for none; undefined where nothing was used. */
  countAt(place: number, row: number | null): Count | undefined {
    if (this.#exact?.has(place) === true) {
      this.#carry(place);
      return { ...countOf(this.#exactly(place)), tableRow: row };
    }
    const figures = this.#figures;
    const at = place * WIDTH;
    const uses = figures[at + USES]!;
    if (uses === 0) return undefined;
    const counting = this.#rules.countings[place]!;
    const counted = figures[at + COUNTED]!;
    const chargedUses = figures[at + CHARGED_USES]!;
    const used = fromInteger(figures[at + USED]!);
    const size = counting.perEvent ? 1 : counting.whole!.size;
    if (size > 1 && !counting.isUp)
      return countOf({ ...tallyBy(counting, row), uses, chargedUses, used, counted: fromInteger(counted) });
    const units = fromInteger(Math.ceil(counted / size));
    return { tableRow: row, uses, chargedUses, used, units, inFractions: 0, covered: null, owed: null, freed: null };
  }
}
