/**
 * Do discounts do what their author expects: a ladder that rises, an effect that is felt, an order where two meet?
 * Also called: stacking, conflict, 割引の競合, 併用, 段階の順序.
 */
import type { Report } from '#engine/diagnostics/catalogue.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import { compare, exact, isZero } from '#engine/money/exact.ts';
import type {
  DiscountTarget,
  Effect,
  OpenPeriod,
  Ruleset,
  TenureDiscountBody,
  TenureStep,
} from '#schemas/generated/types.ts';
import type { Check, Known } from '../known.ts';
import { targetsOf } from './references.ts';

export const checkDiscounts: Check = (ruleset, known, report) => {
  for (const { effect, path } of effectsOf(ruleset)) checkEffect(effect, path, report);
  if (ruleset.kind === 'tenureDiscount') checkLadder(ruleset.body, report);
  for (const other of known.ofKind(ruleset.kind)) {
    // Of two, the one that comes second by id is told.
    if (other.id < ruleset.id) checkOrder(other, ruleset, known, report);
  }
};

function effectsOf(ruleset: Ruleset): { effect: Effect; path: string }[] {
  switch (ruleset.kind) {
    case 'campaign':
    case 'bundleDiscount':
      return ruleset.body.discounts.map(({ effect }, index) => ({ effect, path: `/body/discounts/${index}/effect` }));
    case 'tenureDiscount':
      return ruleset.body.steps.map(({ effect }, index) => ({ effect, path: `/body/steps/${index}/effect` }));
    default:
      return [];
  }
}

function checkEffect(effect: Effect, path: string, report: Report): void {
  const takenOff = sizeOf(effect);
  if (takenOff !== undefined && isZero(exact(takenOff))) report('discount-without-effect', path, { value: takenOff });
}

/** What is taken off, where the effect says it outright. */
function sizeOf(effect: Effect): string | undefined {
  if (effect.op === 'percentOff') return effect.percent;
  return effect.op === 'amountOff' ? effect.amount : undefined;
}

function checkLadder({ steps }: TenureDiscountBody, report: Report): void {
  steps.slice(1).forEach((step, index) => {
    const before = steps[index] as (typeof steps)[number];
    const path = `/body/steps/${index + 1}`;
    if (step.fromYear <= before.fromYear) {
      report('steps-not-rising', below(path, 'fromYear'), {
        fromYear: `${step.fromYear}`,
        previous: `${before.fromYear}`,
      });
      return;
    }
    checkFall(before.effect, step, below(path, 'effect'), report);
  });
}

/** A later step that certainly takes less off; of two fixed prices the higher does. */
function checkFall(before: Effect, { fromYear, effect }: TenureStep, path: string, report: Report): void {
  if (before.op === 'fixedPrice' && effect.op === 'fixedPrice') {
    if (compare(exact(effect.price), exact(before.price)) > 0)
      report('fixed-price-rises', path, { fromYear: `${fromYear}`, price: effect.price, previous: before.price });
    return;
  }
  const [discount, previous] = [effect, before].map((each) => (each.op === 'free' ? '100' : sizeOf(each)));
  if (discount === undefined || previous === undefined || unitOf(before) !== unitOf(effect)) return;
  if (compare(exact(discount), exact(previous)) < 0)
    report('discount-falls', path, { fromYear: `${fromYear}`, discount, previous });
}

/** Free of charge is all of it in percent. */
const unitOf = ({ op }: Effect): Effect['op'] => (op === 'free' ? 'percentOff' : op);

/** Two discounts of one kind that may take from the same line need priorities that differ: the order changes the amount. */
function checkOrder(first: Ruleset, second: Ruleset, known: Known, report: Report): void {
  if (priorityOf(first) !== priorityOf(second) || areRivals(first, second) || !mayMeet(first, second, known)) return;
  for (const { target, path } of targetsOf(second)) {
    const charge = targetsOf(first)
      .map((other) => sharedCharge(other.target, target, known))
      .find((shared) => shared !== undefined);
    if (charge !== undefined) {
      report('discounts-without-order', path, { other: `${first.kind}/${first.id}`, charge });
      return;
    }
  }
}

function priorityOf(ruleset: Ruleset): number {
  return ruleset.kind === 'campaign' || ruleset.kind === 'bundleDiscount' ? (ruleset.body.priority ?? 100) : 0;
}

/** Whether only the better of the two holds: then their order changes nothing. */
export function areRivals(first: Ruleset, second: Ruleset): boolean {
  const [a, b] = [first, second].map((ruleset) =>
    ruleset.kind === 'campaign' || ruleset.kind === 'bundleDiscount' ? ruleset.body.stacking : undefined,
  );
  return a !== undefined && b?.group === a.group && a.policy === 'bestForCustomer' && b.policy === 'bestForCustomer';
}

/** Whether one product may have both: on some day both answer and, of campaigns, some order is taken by both. */
export function mayMeet(first: Ruleset, second: Ruleset, known: Known): boolean {
  const spanOf = (ruleset: Ruleset): OpenPeriod | undefined =>
    known.spans(ruleset.kind, ruleset.id).find((span) => span.ruleset === ruleset);
  const [a, b] = [spanOf(first), spanOf(second)];
  if (a === undefined || b === undefined || !overlapping(a, b)) return false;
  if (first.kind !== 'campaign' || second.kind !== 'campaign') return true;
  const { triggers } = second.body;
  return (
    overlapping(first.body.window, second.body.window) && first.body.triggers.some((one) => triggers.includes(one))
  );
}

export function overlapping(a: OpenPeriod, b: OpenPeriod): boolean {
  return (a.to === null || b.from < a.to) && (b.to === null || a.from < b.to);
}

/** A charge that both targets name, of an offering that both reach. */
export function sharedCharge(a: DiscountTarget, b: DiscountTarget, known: Known): string | undefined {
  const shared = a.charges.filter((charge) => b.charges.includes(charge));
  if (shared.length === 0) return undefined;
  const offerings = [...known.reachedBy(a).intersection(known.reachedBy(b))];
  return shared.find((charge) => offerings.some(({ body }) => known.chargesOf(body.ratePlan).has(charge)));
}
