/**
 * Which lines does a discount change, and by how much? Never below zero on any line.
 */
import type { DiscountRounding, DiscountTarget, OfferingRuleset, Sentence } from '#schemas/generated/types.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import { stretchOn } from '#engine/facts/timeline.ts';
import type { Period } from '#engine/calendar/period.ts';
import { allocate } from '#engine/money/allocate.ts';
import { isNegative, negated, ONE, toText, type Exact } from '#engine/money/exact.ts';
import {
  addLine,
  amountOf,
  roundAmount,
  type BillDraft,
  type Line,
  type Part,
  type ProductInPeriod,
} from '#engine/billing/draft.ts';
import { offByDay, whyByDay } from './by-day.ts';
import { amountInAll, isByDay, percentOff } from './effect.ts';
import type { Granted } from './granted.ts';

export function applyDiscount(draft: BillDraft, granted: Granted): void {
  const targets = targetsOf(draft, granted);
  if (targets.length === 0) return;
  const takenOff = takerOf(draft, granted, targets);
  const why = isByDay(granted.discount.effect) ? whyByDay(draft, granted, targets) : granted.why;
  for (const line of targets) {
    const { off, exact } = takenOff(line);
    if (off === 0n) continue;
    const base = baseOf(line, granted);
    const added = addLine(draft, {
      product: line.product,
      charge: granted.discount.id,
      name: granted.discount.name,
      phase: 'discounts',
      ruleset: granted.ruleset,
      row: granted.row,
      target: line,
      servicePeriod: line.servicePeriod,
      quantity: ONE,
      unitPrice: null,
      base: amountOf(draft, base),
      exact: negated(exact),
      amount: -off,
      taxCategory: line.taxCategory,
      taxIncluded: line.taxIncluded,
      why,
    });
    if (draft.trace.on) draft.trace.line(added.id, added.why, [stepOf(draft, line, granted, base, off, exact)]);
  }
}

/** A line as discounts see it: what was asked before any of them, what is left, and for which days; a whole month where it names none. */
export interface Discountable {
  readonly list: bigint;
  readonly left: bigint;
  readonly servicePeriod?: Period;
}

interface TakenOff {
  readonly off: bigint;
  readonly exact: Exact;
}

/**
 * Says what `granted` takes off each of `targets`, asked for one after another: amounts in all go to them in that order, or
 * are shared out by what is left of each.
 */
export function takerOf(
  draft: BillDraft,
  granted: Granted,
  targets: readonly Discountable[],
): (line: Discountable) => TakenOff {
  const { effect } = granted.discount;
  const rounding = granted.discount.rounding ?? draft.rounding.body.discount;
  const round = (amount: Exact, by: DiscountRounding): bigint => roundAmount(draft, amount, by);
  if (effect.op === 'percentOff') {
    return (line) => {
      const base = baseOf(line, granted);
      const taken = percentOff(amountOf(draft, base), base, effect, rounding, round);
      return { off: floorAtZero(taken.off, line), exact: taken.exact };
    };
  }
  const sum = targets.reduce((all, line) => all + baseOf(line, granted), 0n);
  const inAll = isByDay(effect) ? offByDay(draft, granted, targets).amount : amountInAll(effect, amountOf(draft, sum));
  let rest = isNegative(inAll) ? 0n : round(inAll, rounding);
  if (effect.op === 'amountOff' && effect.spread === 'proRata') return sharedOut(draft, rest, targets);
  return (line) => {
    const off = floorAtZero(rest, line);
    rest -= off;
    return { off, exact: amountOf(draft, off) };
  };
}

/** By largest remainder; no more than all that is left. */
function sharedOut(
  draft: BillDraft,
  amount: bigint,
  targets: readonly Discountable[],
): (line: Discountable) => TakenOff {
  const left = targets.map((line) => line.left);
  const all = left.reduce((sum, each) => sum + each, 0n);
  const shares = all === 0n ? left : allocate(amount < all ? amount : all, left);
  const byLine = new Map(targets.map((line, at) => [line, shares[at]!]));
  return (line) => {
    const off = byLine.get(line) ?? 0n;
    return { off, exact: amountOf(draft, off) };
  };
}

const floorAtZero = (off: bigint, line: Discountable): bigint => (off < 0n ? 0n : off > line.left ? line.left : off);

const baseOf = (line: Discountable, granted: Granted): bigint =>
  granted.discount.base === 'list' ? line.list : line.left;

/** The lines a discount may still change. */
export function targetsOf(draft: BillDraft, granted: Granted): readonly Line[] {
  const { charges } = granted.discount.target;
  let targets: Line[] | undefined;
  for (const line of draft.lines) {
    // Most lines are of other charges, and most discounts change one line.
    if (!isAmong(charges, line.charge) || !isTarget(draft, line, granted)) continue;
    if (targets === undefined) targets = [line];
    else targets.push(line);
  }
  return targets ?? none;
}

const none: readonly Line[] = [];

function isAmong(few: readonly string[], text: string): boolean {
  for (const each of few) if (each === text) return true;
  return false;
}

function isTarget(draft: BillDraft, line: Line, granted: Granted): boolean {
  if (line.target !== null || line.left <= 0n || line.product !== granted.product) return false;
  if (line.openTo !== null && !line.openTo.has(granted.discount.id)) return false;
  const { target } = granted.discount;
  const start = line.servicePeriod.start;
  const product = draft.products.find((candidate) => candidate.product.id === line.product);
  const part = product?.parts.find((candidate) => candidate.period.start <= start && start < candidate.period.end);
  return isHeldAsMeant(target, part?.offering ?? offeringBefore(draft, product, start));
}

/** What was held on a day before the period, for what is billed late. */
function offeringBefore(
  { group }: BillDraft,
  product: ProductInPeriod | undefined,
  day: CivilDate,
): OfferingRuleset | undefined {
  const held = product === undefined ? undefined : stretchOn(product.timeline, day);
  return held === undefined ? undefined : group.release.inForce('offering', held.offering, day);
}

/** Whether a discount is meant for a charge of a product as it is held in `part`. */
export function isMeantFor(target: DiscountTarget, charge: string, part: Part | undefined): boolean {
  return isAmong(target.charges, charge) && isHeldAsMeant(target, part?.offering);
}

function isHeldAsMeant({ offerings, services }: DiscountTarget, held: OfferingRuleset | undefined): boolean {
  if (offerings === undefined && services === undefined) return true;
  if (held === undefined || (offerings !== undefined && !isAmong(offerings, held.id))) return false;
  return services === undefined || isAmong(services, held.body.service);
}

function stepOf(draft: BillDraft, line: Line, granted: Granted, base: bigint, off: bigint, exact: Exact): Sentence {
  const rounding = granted.discount.rounding ?? draft.rounding.body.discount;
  return {
    code: 'trace.discount.step',
    values: {
      charge: line.charge,
      base: toText(amountOf(draft, base)),
      exact: toText(exact),
      off: toText(amountOf(draft, off)),
      left: toText(amountOf(draft, line.left)),
      mode: rounding.mode,
      on: rounding.on,
    },
  };
}
