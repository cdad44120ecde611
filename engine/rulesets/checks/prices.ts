/**
 * Do the figures of a price make sense: bounds the right way round, tiers that rise, tables that can be read?
 * Also called: price check, 料金の検査, 下限・上限の検査.
 */
import type { Report } from '#engine/diagnostics/catalogue.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import { compare, exact, isZero } from '#engine/money/exact.ts';
import type { GraduatedPrice, UsageCharge, UsagePrice, VolumePrice } from '#schemas/generated/types.ts';
import type { Check } from '../known.ts';
import { checkPriceTable } from './price-tables.ts';
import { checkEnds, checkFlatInversions, checkInversions, checkTiers } from './tiers.ts';

export const checkPrices: Check = (ruleset, _known, report) => {
  if (ruleset.kind === 'billingCycle') {
    const { bounds, closing, closingDay } = ruleset.body;
    if (closing === 'own' && closingDay !== 31)
      report('own-closing-not-at-month-end', '/body/closingDay', { day: `${closingDay}` });
    return checkBounds(bounds, '/body/bounds', report);
  }
  if (ruleset.kind === 'penalty' && ruleset.body.fee.model === 'table') {
    const ends = ruleset.body.fee.rows.map(({ beforeMonth }) => (beforeMonth === null ? null : `${beforeMonth}`));
    const isSound = checkEnds({ ends, field: 'beforeMonth' }, '/body/fee/rows', report);
    if (isSound) checkFeeFalls(ruleset.body.fee.rows, report);
  }
  if (ruleset.kind !== 'ratePlan') return;
  ruleset.body.charges.forEach((charge, index) => {
    const path = `/body/charges/${index}`;
    if ('bounds' in charge) checkBounds(charge.bounds, below(path, 'bounds'), report);
    if (charge.type === 'usage') {
      checkEachUse(charge, path, report);
      checkUsagePrice(charge.price, { counted: charge.unit.rounding, ofUsage: true }, below(path, 'price'), report);
    } else if (charge.type === 'quantity') {
      checkUsagePrice(charge.price, { counted: 'exact', ofUsage: false }, below(path, 'price'), report);
    }
  });
  ruleset.body.bounds?.forEach((bounds, index) => checkBounds(bounds, `/body/bounds/${index}`, report));
};

/** Leaving later costs no more than leaving earlier: less of the term is left. */
function checkFeeFalls(
  rows: readonly { readonly beforeMonth: number | null; readonly amount: string }[],
  report: Report,
): void {
  rows.slice(1).forEach(({ amount }, index) => {
    const before = rows[index]!;
    if (compare(exact(amount), exact(before.amount)) <= 0) return;
    const values = { month: `${before.beforeMonth ?? ''}`, amount, previous: before.amount };
    report('penalty-rises', below('/body/fee/rows', index + 1, 'amount'), values);
  });
}

interface Bounds {
  readonly minimum?: string;
  readonly cap?: string;
}

function checkBounds(bounds: Bounds | undefined, path: string, report: Report): void {
  if (bounds === undefined) return;
  const { minimum, cap } = bounds;
  if (minimum === undefined && cap === undefined) report('bound-without-amount', path);
  else if (minimum !== undefined && cap !== undefined && compare(exact(minimum), exact(cap)) > 0) {
    report('minimum-above-cap', path, { minimum, cap });
  }
}

const pricedByThemselves: readonly UsagePrice['model'][] = ['perUnit', 'percentage', 'matrix'];

/** A use has a price of its own where its units are its own, and each of them costs the same. */
function checkEachUse({ eachUse, unit, aggregate = 'sum', price }: UsageCharge, path: string, report: Report): void {
  if (eachUse === undefined) return;
  const at = below(path, 'eachUse');
  const needs = (what: string): void => report('setting-without-effect', at, { setting: 'eachUse', needs: what });
  if (unit.per !== 'event') needs('unit.per: event');
  else if (aggregate !== 'sum') needs('aggregate: sum');
  else if (!pricedByThemselves.includes(price.model)) needs(`price.model: ${pricedByThemselves.join(', ')}`);
  const { minimum, maximum } = eachUse;
  if (minimum !== undefined && maximum !== undefined && compare(exact(minimum), exact(maximum)) > 0)
    report('minimum-above-cap', at, { minimum, cap: maximum });
}

/** A quantity is counted in whole units or in parts of them; only usage has facts of usage. */
interface Counted {
  readonly counted: 'up' | 'exact';
  readonly ofUsage: boolean;
}

function checkUsagePrice(price: UsagePrice, { counted, ofUsage }: Counted, path: string, report: Report): void {
  switch (price.model) {
    case 'perUnit':
    case 'package':
    case 'percentage':
      return;
    case 'doubleFlat': {
      const { floor, ceiling } = price;
      if (compare(exact(floor), exact(ceiling)) > 0) report('floor-above-ceiling', path, { floor, ceiling });
      else if (isZero(exact(price.unitPrice)) && compare(exact(floor), exact(ceiling)) < 0)
        report('setting-without-effect', below(path, 'ceiling'), { setting: 'ceiling', needs: 'unitPrice > 0' });
      return;
    }
    case 'graduated':
      checkTiers(price.tiers, below(path, 'tiers'), report);
      checkWithoutUse(price, path, report);
      return;
    case 'steppedFlat':
      if (checkTiers(price.steps, below(path, 'steps'), report))
        checkFlatInversions(price.steps, counted, below(path, 'steps'), report);
      return;
    case 'volume': {
      const sound = checkTiers(price.tiers, below(path, 'tiers'), report);
      if (sound && price.bestOf !== true) checkInversions(price.tiers, counted, below(path, 'tiers'), report);
      checkWithoutUse(price, path, report);
      return;
    }
    case 'matrix':
      checkPriceTable(price, ofUsage, path, report);
  }
}

/** Nothing is due without use where the first tier has no flat part. */
function checkWithoutUse({ withoutUse, tiers }: GraduatedPrice | VolumePrice, path: string, report: Report): void {
  if (withoutUse === 'due' && tiers[0]?.flat === undefined)
    report('setting-without-effect', below(path, 'withoutUse'), { setting: 'withoutUse', needs: 'tiers/0/flat' });
}
