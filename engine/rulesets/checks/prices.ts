/**
 * Do the figures of a rate plan make sense: tiers that rise, bounds the right way round, no more that costs less?
 * Also called: tier check, 段階の検査, 単価の逆転, 下限・上限の検査.
 */
import type { Report } from '#engine/diagnostics/catalogue.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import { compare, exact, fromInteger, ONE, plus, times, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import { roundToInteger } from '#engine/money/rounding.ts';
import type { Tier, UsagePrice, UsageUnit } from '#schemas/generated/types.ts';
import type { Check } from '../known.ts';

export const checkPrices: Check = (ruleset, _known, report) => {
  if (ruleset.kind === 'billingCycle') {
    return checkBounds(ruleset.body.bounds, '/body/bounds', report);
  }
  if (ruleset.kind !== 'ratePlan') return;
  ruleset.body.charges.forEach((charge, index) => {
    const path = `/body/charges/${index}`;
    if ('bounds' in charge) checkBounds(charge.bounds, below(path, 'bounds'), report);
    if (charge.type === 'usage') checkUsagePrice(charge.price, charge.unit, below(path, 'price'), report);
  });
  ruleset.body.bounds?.forEach((bounds, index) => checkBounds(bounds, `/body/bounds/${index}`, report));
};

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

function checkUsagePrice(price: UsagePrice, unit: UsageUnit, path: string, report: Report): void {
  switch (price.model) {
    case 'perUnit':
      return;
    case 'doubleFlat':
      if (compare(exact(price.floor), exact(price.ceiling)) > 0) {
        report('floor-above-ceiling', path, { floor: price.floor, ceiling: price.ceiling });
      }
      return;
    case 'graduated':
      checkTiers(price.tiers, below(path, 'tiers'), report);
      return;
    case 'volume':
      if (checkTiers(price.tiers, below(path, 'tiers'), report)) {
        checkInversions(price.tiers, unit, below(path, 'tiers'), report);
      }
  }
}

/** Every upper end above the one before, and the last tier open. True when nothing was found. */
function checkTiers(tiers: readonly Tier[], path: string, report: Report): boolean {
  const open = tiers.findIndex(({ upTo }) => upTo === null);
  const reachable = open < 0 ? tiers : tiers.slice(0, open + 1);
  let sound = open === tiers.length - 1;
  reachable.forEach(({ upTo }, index) => {
    const previous = tiers[index - 1]?.upTo;
    if (upTo === null || previous === undefined || previous === null) return;
    if (compare(exact(previous), exact(upTo)) < 0) return;
    report('tier-not-rising', below(path, index, 'upTo'), { upTo, previous });
    sound = false;
  });
  tiers.slice(reachable.length).forEach((_, index) => {
    const at = reachable.length + index;
    report('tier-unreachable', below(path, at), { tier: `${at + 1}`, earlier: `${open + 1}` });
  });
  const last = tiers.at(-1)?.upTo;
  if (open < 0 && typeof last === 'string') {
    report('last-tier-bounded', below(path, tiers.length - 1, 'upTo'), { upTo: last });
  }
  return sound;
}

/** Where one price applies to all units, the first quantity of a tier may cost less than the last of the tier before. */
function checkInversions(tiers: readonly Tier[], unit: UsageUnit, path: string, report: Report): void {
  tiers.slice(1).forEach((tier, index) => {
    const before = tiers[index] as Tier;
    const end = exact(before.upTo as string);
    // Whole units go from 20 to 21; exact quantities from 20 to the least bit more.
    const quantity = unit.rounding === 'up' ? fromInteger(roundToInteger(end, 'floor')) : end;
    const more = unit.rounding === 'up' ? plus(quantity, ONE) : end;
    const amount = volumeAmount(before, quantity);
    const moreAmount = volumeAmount(tier, more);
    if (compare(quantity, ZERO) <= 0 || compare(moreAmount, amount) >= 0) return;
    report('price-inversion', below(path, index + 1), {
      counted: unit.rounding,
      quantity: toText(quantity),
      amount: toText(amount),
      more: toText(more),
      moreAmount: toText(moreAmount),
    });
  });
}

function volumeAmount(tier: Tier, quantity: Exact): Exact {
  return plus(exact(tier.flat ?? '0'), times(exact(tier.unitPrice), quantity));
}
