/**
 * What is the least and the most a line, a product, an account pays? Also called: minimum charge, ミニマムチャージ,
 * cap, キャップ制, 上限, 下限. Top-ups and reliefs are lines of their own; the line goes first, then product, then account.
 */
import type { BillDraft } from '#engine/billing/draft.ts';
import { boundAccount } from './account-bounds.ts';
import { boundLines } from './line-bounds.ts';
import { boundProducts } from './product-bounds.ts';

/** Phase 4: bounds judged on the list amount. What is left after them is the list that discounts speak of. */
export function boundsOnList(draft: BillDraft): void {
  bound(draft, 'list');
  for (const line of draft.lines) line.list = line.left;
}

/** Phase 6: bounds judged on what discounts have left. */
export function boundsOnNet(draft: BillDraft): void {
  bound(draft, 'net');
}

function bound(draft: BillDraft, judgedOn: 'list' | 'net'): void {
  boundLines(draft, judgedOn);
  boundProducts(draft, judgedOn);
  boundAccount(draft, judgedOn);
}
