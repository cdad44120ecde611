/**
 * Of which rows does a ruleset consist that something on a bill names: charges, tiers, rows of a table, steps, rates?
 * Also called: row lists, coverage items, 行の一覧.
 */
import { below } from '#engine/diagnostics/pointer.ts';
import { compare, exact, isZero } from '#engine/money/exact.ts';
import type { Charge, PenaltyRuleset, RatePlanRuleset, Ruleset, TaxRuleset } from '#schemas/generated/types.ts';

export interface RowList {
  readonly path: string;
  /** The same in every version: the charge by its id, not by its place. */
  readonly key: string;
  /** The id of each row, or its number from 1; null for a row that no bill can name. */
  readonly rows: readonly (string | null)[];
  /** A use of a higher tier has been through those below it. */
  readonly isClimbed: boolean;
  /** The charge that the rows are of. */
  readonly within?: string;
}

const numbered = (rows: readonly unknown[]): string[] => rows.map((_, index) => `${index + 1}`);
const list = (path: string, key: string, rows: readonly (string | null)[]): RowList => ({
  ...{ path, key, rows },
  isClimbed: false,
});

/** Outer rows before those within them. */
export function rowListsOf(ruleset: Ruleset): readonly RowList[] {
  switch (ruleset.kind) {
    case 'ratePlan':
      return ofPlan(ruleset);
    case 'tenureDiscount':
      return [list('/body/steps', 'steps', numbered(ruleset.body.steps))];
    case 'campaign':
    case 'bundleDiscount':
      return [
        list(
          '/body/discounts',
          'discounts',
          ruleset.body.discounts.map(({ id }) => id),
        ),
      ];
    case 'statutoryFee':
      return [
        list(
          '/body/rates',
          'rates',
          ruleset.body.rates.map(({ from, amount }) => (isZero(exact(amount)) ? null : from)),
        ),
      ];
    case 'penalty':
      return ofPenalty(ruleset);
    case 'tax':
      return ofTax(ruleset);
    default:
      return [];
  }
}

/** A statutory charge is on the bill as the fee that it collects. */
function ofPlan({ body: { charges, bounds = [] } }: RatePlanRuleset): readonly RowList[] {
  return [
    list(
      '/body/charges',
      'charges',
      charges.map(({ id, type }) => (type === 'statutory' ? null : id)),
    ),
    list(
      '/body/bounds',
      'bounds',
      bounds.map(({ id }) => id),
    ),
    ...charges.flatMap(ofPrice),
  ];
}

function ofPrice(charge: Charge, index: number): readonly RowList[] {
  if (charge.type !== 'usage' && charge.type !== 'quantity') return [];
  const { price, id } = charge;
  const rows = (field: string, ids: readonly string[], isClimbed = false): readonly RowList[] => [
    { ...list(below('/body/charges', index, 'price', field), id, ids), isClimbed, within: id },
  ];
  switch (price.model) {
    case 'matrix':
      return rows(
        'rows',
        price.rows.map((row) => row.id),
      );
    case 'volume':
    case 'graduated':
      return rows('tiers', numbered(price.tiers), price.model === 'graduated');
    case 'steppedFlat':
      return rows('steps', numbered(price.steps));
    default:
      return [];
  }
}

/** What lies above the cap is owed as the cap, and what is nothing is not owed. */
function ofPenalty({ body: { fee, cap } }: PenaltyRuleset): readonly RowList[] {
  if (fee.model !== 'table') return [];
  const isOwed = (amount: string): boolean =>
    !isZero(exact(amount)) && (cap === undefined || compare(exact(amount), exact(cap)) <= 0);
  return [
    list(
      '/body/fee/rows',
      'fee',
      fee.rows.map(({ amount }, index) => (isOwed(amount) ? `${index + 1}` : null)),
    ),
  ];
}

/** Rates that were over before this version began are history. */
function ofTax({ body: { rates }, effective }: TaxRuleset): readonly RowList[] {
  const isOwed = (rate: string, to: string | null): boolean =>
    !isZero(exact(rate)) && (to === null || to > effective.from);
  return [
    list(
      '/body/rates',
      'rates',
      rates.map(({ category, from, to, rate }) => (isOwed(rate, to) ? `${category} ${from}` : null)),
    ),
  ];
}
