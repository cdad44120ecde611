/**
 * How does a change come into a product's history, and what becomes of the changes after it?
 * Pure. Also called: contract history, 異動履歴への追記.
 */
import type { Product, ProductChange } from '#schemas/generated/types.ts';

/**
 * The product with `change` from its day on. What a later change says of the same thing is overtaken; the rest of it stays:
 * after a new plan from 1 October, a suspension planned for November still comes, another plan planned for November does not.
 */
export function changedFrom(product: Product, change: ProductChange): Product {
  const history = product.history ?? [];
  const onTheDay = history.filter(({ from }) => from === change.from);
  return {
    ...product,
    history: [
      ...history.filter(({ from }) => from < change.from),
      onTheDay.reduceRight((merged, earlier) => ({ ...without(earlier, merged), ...merged }), change),
      ...history.filter(({ from }) => from > change.from).flatMap((later) => leftOf(without(later, change))),
    ],
  };
}

/** A change without what the other one says; a version and the order behind it belong to the offering. */
function without(change: ProductChange, other: ProductChange): ProductChange {
  const overtaken = new Set<keyof ProductChange>(
    (['offering', 'quantity', 'status'] as const).filter((key) => other[key] !== undefined),
  );
  if (overtaken.has('offering'))
    for (const key of ['ratePlanVersion', 'boundBy', 'event', 'appliedOn'] as const) overtaken.add(key);
  return Object.fromEntries(
    Object.entries(change).filter(([key]) => !overtaken.has(key as keyof ProductChange)),
  ) as ProductChange;
}

const leftOf = (change: ProductChange): ProductChange[] => (Object.keys(change).length > 1 ? [change] : []);
