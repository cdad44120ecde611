/**
 * What does a set cost at one price for all of it? Also called: bundle price, コミコミ価格, セット価格, 按分.
 * Internet 4,000, TV 3,000 and telephone 500 at 6,000 together are 3,200, 2,400 and 400 (largest remainder where it
 * does not come out even; of equal remainders the earlier line first).
 */
import type { BundleDiscountRuleset } from '#schemas/generated/types.ts';
import { allocate } from '#engine/money/allocate.ts';
import { compare, dividedBy, exact, ONE, plus, times, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import { addLine, amountOf, identityOf, roundAmount, type BillDraft, type Line } from '#engine/billing/draft.ts';
import { preparedOnce } from '#engine/rulesets/prepared.ts';
import { isComplete, setsInForce } from './bundle.ts';

export function applyAllInPrices(draft: BillDraft): void {
  const asked = withPrice(setsInForce(draft));
  for (const ruleset of asked) {
    const { allIn } = ruleset.body;
    if (allIn === undefined || !isComplete(draft, ruleset)) continue;
    const targets = draft.lines.filter(
      (line) => line.target === null && line.openTo === null && line.left > 0n && allIn.charges.includes(line.charge),
    );
    if (targets.length > 0) closeAtPrice(draft, ruleset, allIn, targets);
  }
}

/** Few sets have one. */
const withPrice = preparedOnce((sets: readonly BundleDiscountRuleset[]) =>
  sets.filter(({ body }) => body.allIn !== undefined),
);

type AllIn = NonNullable<BundleDiscountRuleset['body']['allIn']>;

function closeAtPrice(draft: BillDraft, ruleset: BundleDiscountRuleset, allIn: AllIn, targets: readonly Line[]): void {
  const price = priceFor(draft, allIn, targets);
  const before = targets.reduce((sum, line) => sum + line.left, 0n);
  const parts =
    price < before
      ? allocate(
          price,
          targets.map((line) => line.left),
        )
      : targets.map((line) => line.left);
  targets.forEach((line, index) => {
    const off = line.left - (parts[index] ?? 0n);
    line.openTo = new Set(allIn.alsoApply ?? []);
    if (off > 0n) takeOff(draft, ruleset, allIn, { line, off, price });
  });
}

/** The price of the set; in a part month the same part of it as of the prices of its members. */
function priceFor(draft: BillDraft, allIn: AllIn, targets: readonly Line[]): bigint {
  const whole = targets.map((line) => line.base).reduce(plus, ZERO);
  const asked = targets.map((line) => line.exact).reduce(plus, ZERO);
  const isPart = compare(asked, whole) < 0 && compare(whole, ZERO) > 0;
  const price: Exact = isPart ? dividedBy(times(exact(allIn.price), asked), whole) : exact(allIn.price);
  return roundAmount(draft, price, draft.rounding.body.line);
}

function takeOff(
  draft: BillDraft,
  ruleset: BundleDiscountRuleset,
  allIn: AllIn,
  { line, off, price }: { readonly line: Line; readonly off: bigint; readonly price: bigint },
): void {
  const added = addLine(draft, {
    product: line.product,
    charge: allIn.id,
    name: allIn.name,
    phase: 'discounts',
    ruleset: identityOf(ruleset),
    row: '/body/allIn/price',
    target: line,
    servicePeriod: line.servicePeriod,
    quantity: ONE,
    unitPrice: null,
    base: amountOf(draft, line.left),
    exact: amountOf(draft, -off),
    amount: -off,
    taxCategory: line.taxCategory,
    taxIncluded: line.taxIncluded,
    why: { code: 'line.discount.allIn', values: { price: toText(amountOf(draft, price)) } },
  });
  draft.trace.line(added.id, added.why);
}
