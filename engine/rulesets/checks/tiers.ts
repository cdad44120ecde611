/**
 * Do tiers follow one another to the end, and does more never cost less?
 * Also called: tier check, 段階の検査, 単価の逆転.
 */
import type { Report } from '#engine/diagnostics/catalogue.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import { compare, exact, fromInteger, ONE, plus, times, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import { roundToInteger } from '#engine/money/rounding.ts';
import type { FlatStep, Tier } from '#schemas/generated/types.ts';

/** The upper end of each tier in order, null where there is none; `field` is what the author calls it. */
export interface Ends {
  readonly ends: readonly (string | null)[];
  readonly field: string;
}

/** Every upper end above the one before, and the last tier open. True when nothing was found. */
export function checkEnds({ ends, field }: Ends, path: string, report: Report): boolean {
  const open = ends.indexOf(null);
  const reachable = open < 0 ? ends : ends.slice(0, open + 1);
  let sound = open === ends.length - 1;
  reachable.forEach((upTo, index) => {
    const previous = ends[index - 1] ?? null;
    if (upTo === null || previous === null || compare(exact(previous), exact(upTo)) < 0) return;
    report('tier-not-rising', below(path, index, field), { upTo, previous });
    sound = false;
  });
  ends.slice(reachable.length).forEach((_, index) => {
    const at = reachable.length + index;
    report('tier-unreachable', below(path, at), { tier: `${at + 1}`, earlier: `${open + 1}` });
  });
  const last = ends.at(-1);
  if (open < 0 && typeof last === 'string') {
    report('last-tier-bounded', below(path, ends.length - 1, field), { upTo: last });
  }
  return sound;
}

export function checkTiers(tiers: readonly { readonly upTo: string | null }[], path: string, report: Report): boolean {
  return checkEnds({ ends: tiers.map(({ upTo }) => upTo), field: 'upTo' }, path, report);
}

/**
 * Where the total chooses the price, the first quantity of a tier may cost less than the last of the tier before.
 * Whole units (`counted` up) go from 20 to 21; exact quantities from 20 to the least bit more.
 */
export function checkInversions(tiers: readonly Tier[], counted: 'up' | 'exact', path: string, report: Report): void {
  checkFalls(tiers, volumeAmount, counted, path, report);
}

/** The same where each tier is one flat price: 2 GB at 1,980 and 5 GB at 980. */
export function checkFlatInversions(
  steps: readonly FlatStep[],
  counted: 'up' | 'exact',
  path: string,
  report: Report,
): void {
  checkFalls(steps, ({ price }) => exact(price), counted, path, report);
}

function checkFalls<T extends { readonly upTo: string | null }>(
  tiers: readonly T[],
  amountOf: (tier: T, quantity: Exact) => Exact,
  counted: 'up' | 'exact',
  path: string,
  report: Report,
): void {
  tiers.slice(1).forEach((tier, index) => {
    const before = tiers[index]!;
    const end = exact(before.upTo as string);
    const quantity = counted === 'up' ? fromInteger(roundToInteger(end, 'floor')) : end;
    const more = counted === 'up' ? plus(quantity, ONE) : end;
    const amount = amountOf(before, quantity);
    const moreAmount = amountOf(tier, more);
    if (compare(quantity, ZERO) <= 0 || compare(moreAmount, amount) >= 0) return;
    report('price-inversion', below(path, index + 1), {
      counted,
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
