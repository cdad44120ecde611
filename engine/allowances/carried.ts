/**
 * Which allowances go on into the next period, over all accounts of a group? Each account has settled the pools of its
 * own; what spans the group has come out the same for each of them.
 */
import type { AllowanceLeft } from '#schemas/generated/types.ts';
import type { BillDraft } from '#engine/billing/draft.ts';

export function allowancesAfter(
  before: readonly AllowanceLeft[],
  drafts: readonly BillDraft[],
): readonly AllowanceLeft[] {
  if (before.length === 0 && drafts.every((draft) => draft.allowancesAfter.length === 0)) return before;
  const untouched = new Set(before.map(keyOf));
  const settled = new Map<string, AllowanceLeft>();
  const kept = new Map<string, number>();
  for (const draft of drafts) {
    for (const left of draft.allowancesAfter) {
      const key = keyOf(left);
      kept.set(key, (kept.get(key) ?? 0) + 1);
      if (!untouched.has(key)) settled.set(key, left);
    }
  }
  // A bucket stays as it was only where every account has left it alone.
  for (const left of before) if (kept.get(keyOf(left)) === drafts.length) settled.set(keyOf(left), left);
  return [...settled.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const keyOf = (left: AllowanceLeft): string =>
  [left.pool, left.grantedBy, left.allowance, left.kind, left.grantedOn, left.expiresOn ?? '', left.left].join(' ');
