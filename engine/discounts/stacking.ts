/**
 * Which of several discounts may a product have at once? Also called: stacking, 併用不可, 最もお得な割引.
 * In a group only one holds: the first by priority, or the one that takes most off.
 */
import type { BillDraft } from '#engine/billing/draft.ts';
import { takerOf, targetsOf } from './apply.ts';
import type { Granted } from './granted.ts';

/** The discounts that hold, in the order given. Discounts without a group add to each other. */
export function withoutExcluded(draft: BillDraft, granted: readonly Granted[]): readonly Granted[] {
  if (granted.every(({ stacking }) => stacking === undefined)) return granted;
  const groups = Map.groupBy(
    granted.filter(({ stacking }) => stacking !== undefined),
    ({ product, stacking }) => `${product} ${stacking?.group}`,
  );
  const chosen = new Map([...groups].map(([key, rivals]) => [key, winnerOf(draft, rivals)]));
  return granted.filter(({ product, stacking, ruleset }) => {
    if (stacking === undefined) return true;
    const isChosen = chosen.get(`${product} ${stacking.group}`) === ruleset.id;
    if (!isChosen) draft.trace.note('trace.discount.excluded', { product, ruleset: ruleset.id, group: stacking.group });
    return isChosen;
  });
}

/** The id of the ruleset that holds. A group whose members disagree on the policy takes the best for the customer. */
function winnerOf(draft: BillDraft, rivals: readonly Granted[]): string | undefined {
  const isExclusive = rivals.every(({ stacking }) => stacking?.policy === 'exclusive');
  if (isExclusive) return rivals[0]?.ruleset.id;
  let best: { readonly id: string; readonly off: bigint } | undefined;
  for (const [id, discounts] of Map.groupBy(rivals, ({ ruleset }) => ruleset.id)) {
    const off = offInAll(draft, discounts);
    if (best === undefined || off > best.off) best = { id, off };
  }
  return best?.id;
}

/** What the discounts of one ruleset would take off, one after another, from what is left now. */
function offInAll(draft: BillDraft, discounts: readonly Granted[]): bigint {
  const left = new Map<string, bigint>();
  let sum = 0n;
  for (const granted of discounts) {
    const lines = targetsOf(draft, granted).map((line) => ({
      id: line.id,
      list: line.list,
      left: left.get(line.id) ?? line.left,
      servicePeriod: line.servicePeriod,
    }));
    const takenOff = takerOf(draft, granted, lines);
    for (const line of lines) {
      const { off } = takenOff(line);
      sum += off;
      left.set(line.id, line.left - off);
    }
  }
  return sum;
}
