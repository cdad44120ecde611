/**
 * Does a price for all of a set name discounts that may still be taken, and each of them one discount only?
 * Also called: alsoApply, all-in price, コミコミ価格、続けて適用する割引.
 */
import type { Report } from '#engine/diagnostics/catalogue.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import type { BundleDiscountRuleset, DiscountTarget, Ruleset } from '#schemas/generated/types.ts';
import type { Check, Known } from '../known.ts';
import { sharedCharge } from './discounts.ts';
import { discountKinds } from './stacked-discounts.ts';

type AllIn = NonNullable<BundleDiscountRuleset['body']['allIn']>;

/** A discount under the id by which it is named: its own, or for a tenure discount that of its ruleset. */
interface Named {
  readonly ruleset: Ruleset;
  readonly target: DiscountTarget;
}

export const checkAlsoApplied: Check = (ruleset, known, report) => {
  if (ruleset.kind !== 'bundleDiscount' || ruleset.body.allIn === undefined) return;
  if (!known.isWhole(...discountKinds)) return;
  const { allIn } = ruleset.body;
  allIn.alsoApply?.forEach((id, index) =>
    checkName(id, allIn, known, (code, values) =>
      report(code, below('/body/allIn/alsoApply', index), { discount: id, ...values }),
    ),
  );
};

type Tell = (code: Parameters<Report>[0], values?: Readonly<Record<string, string>>) => void;

function checkName(id: string, allIn: AllIn, known: Known, tell: Tell): void {
  const named = discountsCalled(id, known);
  if (named.length === 0) {
    const price = known.ofKind('bundleDiscount').find(({ body }) => body.allIn?.id === id);
    if (price === undefined) tell('unknown-discount');
    else tell('also-applies-price', { ruleset: nameOf(price) });
    return;
  }
  const rulesets = [...new Set(named.map(({ ruleset }) => nameOf(ruleset)))];
  if (rulesets.length > 1) tell('discount-ambiguous', { rulesets: rulesets.join(', ') });
  if (named.every(({ ruleset }) => isTakenBefore(ruleset, known))) tell('discount-before-price');
  else if (!mayReach(named, allIn, known)) tell('discount-beside-price', { charges: allIn.charges.join(', ') });
}

function discountsCalled(id: string, known: Known): readonly Named[] {
  const listed = [...known.ofKind('campaign'), ...known.ofKind('bundleDiscount')].flatMap((ruleset) =>
    ruleset.body.discounts.filter((each) => each.id === id).map(({ target }) => ({ ruleset, target })),
  );
  const tenure = known.ofKind('tenureDiscount').filter((each) => each.id === id);
  return [...listed, ...tenure.map((ruleset) => ({ ruleset, target: ruleset.body.target }))];
}

const nameOf = ({ kind, id }: Ruleset): string => `${kind}/${id}`;

/** Whether every billing cycle takes discounts of the kind before those of sets: then the price is made of what they have left. */
function isTakenBefore({ kind }: Ruleset, known: Known): boolean {
  const cycles = known.ofKind('billingCycle');
  return (
    cycles.length > 0 &&
    known.isWhole('billingCycle') &&
    cycles.every(({ body: { discountOrder = discountKinds } }) => {
      const order: readonly string[] = discountOrder;
      const [own, sets] = [order.indexOf(kind), order.indexOf('bundleDiscount')];
      return own >= 0 && own < sets;
    })
  );
}

/** Whether one of them is taken off a charge that the price is for. */
function mayReach(named: readonly Named[], { charges }: AllIn, known: Known): boolean {
  if (!known.isWhole('offering', 'ratePlan')) return true;
  return named.some(({ target }) => sharedCharge(target, { charges }, known) !== undefined);
}
