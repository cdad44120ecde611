/**
 * What would a draft change, in words and in amounts, on its cases and on real customers?
 * Also called: diff, price impact, 差分, 影響額, 比較.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { compareDraft as compare, type DraftCompared, type ToCompareDraft } from '#runtime/changes/compare.ts';

/** Amounts are computed in a thread of their own; `signal` gives it up, `told` hears how far it is. Refused with `draft-unknown` and `ruleset-unknown`. */
export async function compareDraft(app: App, actor: Actor, input: ToCompareDraft): Promise<DraftCompared> {
  authorize(actor, 'ruleset.readDrafts');
  return compare(app, actor, input);
}
