/**
 * Which of several discounts may a product have at once? Also called: stacking, 併用不可, 最もお得な割引.
 * In a group only one holds: the first by priority, or the one that takes most off.
 */
import type { BillDraft } from '#engine/billing/draft.ts';
import { takerOf, targetsOf } from './apply.ts';
import type { Granted } from './granted.ts';

/** Which ruleset of a group holds for a product, by product and group; once it has been decided it stays. */
export type Chosen = Map<string, string | undefined>;

/**
 * Of the discounts of one kind those that hold, in the order given. Discounts without a group add to each other. `all` are those of
 * every kind: a set and a campaign of one group are rivals, too, and which of them holds is decided where the first of them is taken.
 */
export function withoutExcluded(
  draft: BillDraft,
  granted: readonly Granted[],
  all: readonly Granted[],
  chosen: Chosen,
): readonly Granted[] {
  if (granted.every(({ stacking }) => stacking === undefined)) return granted;
  return granted.filter((one) => {
    const { product, stacking, ruleset } = one;
    const key = keyOf(one);
    if (stacking === undefined || key === undefined) return true;
    if (!chosen.has(key)) {
      const rivals = all.filter((other) => keyOf(other) === key);
      chosen.set(key, winnerOf(draft, rivals));
    }
    const isChosen = chosen.get(key) === ruleset.name;
    if (!isChosen) draft.trace.note('trace.discount.excluded', { product, ruleset: ruleset.id, group: stacking.group });
    return isChosen;
  });
}

const keyOf = ({ product, stacking }: Granted): string | undefined =>
  stacking === undefined ? undefined : `${product} ${stacking.group}`;

/** 'kind/id' of the ruleset that holds. A group whose members disagree on the policy takes the best for the customer. */
function winnerOf(draft: BillDraft, rivals: readonly Granted[]): string | undefined {
  const isExclusive = rivals.every(({ stacking }) => stacking?.policy === 'exclusive');
  // Of equal priority the one of the kind that is taken first: rivals stand in that order.
  if (isExclusive) return rivals.toSorted((a, b) => a.priority - b.priority)[0]?.ruleset.name;
  let best: { readonly name: string; readonly off: bigint } | undefined;
  for (const [name, discounts] of Map.groupBy(rivals, ({ ruleset }) => ruleset.name)) {
    const off = offInAll(draft, discounts);
    if (best === undefined || off > best.off) best = { name, off };
  }
  return best?.name;
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
